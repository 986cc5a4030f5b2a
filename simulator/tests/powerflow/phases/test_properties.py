"""What holds by phase for every feeder, whatever it is made of."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.grid.schema import Feeder
from simulator.powerflow.admittances import read_admittances
from simulator.powerflow.compiled import BASE_KVA, compile_feeder
from simulator.powerflow.network import build_network
from simulator.powerflow.ports import phase_ports_of
from simulator.powerflow.wires.assembly import _earths
from simulator.powerflow.wires.blocks import Blocks, line_blocks, source_block, transformer_blocks
from simulator.powerflow.wires.nodes import BALANCED, GROUND, nodes_of
from simulator.tests.engines import solve_batch, solve_by_phase
from simulator.tests.feeders import changed, operating_points, plain
from simulator.tests.powerflow.phases.networks import FOLDED, FOUR_BARE, ZERO, customer_powers
from simulator.tests.powerflow.phases.random_streets import streets
from simulator.tests.powerflow.phases.streets import street
from simulator.tests.powerflow.random_feeders import feeders

NEXT = {"a": "b", "b": "c", "c": "a", "ab": "bc", "bc": "ca", "ca": "ab", "abc": "abc"}


@given(streets())
def test_rotating_the_phases_rotates_the_answer(feeder: Feeder) -> None:
    p_kw, q_kvar = customer_powers(feeder, 3)
    before, after = (solve_by_phase(each, p_kw, q_kvar) for each in (feeder, rotated(feeder)))
    assert before.phases is not None
    assert after.phases is not None
    np.testing.assert_allclose(after.phases.each, np.roll(before.phases.each, 1, axis=2), atol=1e-9, rtol=0)
    np.testing.assert_allclose(after.line_loading, before.line_loading, atol=1e-9, rtol=0)
    np.testing.assert_allclose(after.loss_kw, before.loss_kw, atol=1e-6, rtol=0)


def rotated(feeder: Feeder) -> Feeder:
    """Return a feeder in which b is what a was, c what b was, and a what c was."""
    data = plain(feeder)
    for line in data["lines"]:
        line["phases"] = NEXT[line.get("phases", "abc")]
        if isinstance(line.get("wires", {}).get("r_ohm_per_km"), list):
            line["wires"] = {name: _turned(rows) for name, rows in line["wires"].items() if rows}
    for customer in data["customers"]:
        customer["phases"] = NEXT[customer.get("phases", "abc")]
        if customer.get("supplies"):
            customer["supplies"] = [customer["supplies"][i] for i in (2, 0, 1)]
    return changed(feeder, lines=data["lines"], customers=data["customers"])


def _turned(rows: list[list[float]]) -> list[list[float]]:
    order = [2, 0, 1, 3][: len(rows)]
    return [[rows[i][j] for j in order] for i in order]


@given(feeders(), st.data())
def test_three_equal_customers_are_one_balanced_customer(feeder: Feeder, data: st.DataObject) -> None:
    """The other engine takes each feeder as one phase; zero sequence counts for nothing then."""
    lines = [
        {**line, "wires": data.draw(st.sampled_from((None, ZERO, FOLDED)))} for line in plain(feeder)["lines"]
    ]
    singles = [
        {**customer, "id": f"{customer['id']}{phase}", "phases": phase}
        for customer in plain(feeder)["customers"]
        for phase in "abc"
    ]
    by_phase = changed(feeder, lines=lines, customers=singles)
    p_kw, q_kvar = operating_points(feeder, 5)
    thirds = [np.repeat(each / 3, 3, axis=1) for each in (p_kw, q_kvar)]
    expected, found = solve_batch(feeder, p_kw, q_kvar), solve_by_phase(by_phase, *thirds)
    assert found.phases is not None
    every = np.repeat(expected.vm_pu[:, :, None], 3, axis=2)
    np.testing.assert_allclose(found.phases.each, every, atol=1e-9, rtol=0)
    for name in ("line_loading", "transformer_loading"):
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), atol=1e-8, rtol=0)
    for name in ("source_kw", "source_kvar", "loss_kw"):
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), atol=1e-6, rtol=0)


@given(streets())
def test_the_source_gives_what_loads_take_and_what_each_element_loses(feeder: Feeder) -> None:
    """Losses by V* Y V of each element, every conductor of it; of earths as well. None is negative."""
    p_kw, q_kvar = customer_powers(feeder, 3)
    flow, nodes = solve_by_phase(feeder, p_kw, q_kvar), nodes_of(feeder)
    voltage = node_voltages(feeder, p_kw, q_kvar)
    transformers = transformer_blocks(feeder, nodes, read_admittances(build_network(feeder)))
    source = source_block(feeder, nodes)
    elements = [line_blocks(feeder, nodes), transformers, *([] if source is None else [source])]
    lost = np.concatenate([losses_kw(each, voltage) for each in elements], axis=1)
    earths = BASE_KVA * _earths(feeder, nodes).diagonal().real * abs(voltage) ** 2
    assert min(lost.min(), earths.min()) > -1e-9
    np.testing.assert_allclose(flow.loss_kw, lost.sum(axis=1) + earths.sum(axis=1), atol=1e-6, rtol=0)


def node_voltages(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> np.ndarray:
    """Return all nodes' complex voltages (cases, nodes): settled anew, in complex numbers, without hurry."""
    ports = phase_ports_of(feeder)
    equations = compile_feeder(feeder, ports).equations
    power = (ports.sum(p_kw) + 1j * ports.sum(q_kvar)) / BASE_KVA
    injection, base = equations.quantities["injection"]
    free = np.tile(equations.no_load, (len(p_kw), 1))
    for _ in range(60):
        current = np.conj(power / (base + free @ injection.T))
        free = equations.no_load + equations.factors.solve((equations.ports @ current.T).astype(complex)).T
    given_pu = np.tile(BALANCED * feeder.source.vm_pu, (len(p_kw), 1))
    whole: np.ndarray = np.concatenate([given_pu, free], axis=1)
    return whole


def losses_kw(blocks: Blocks, voltage: np.ndarray) -> np.ndarray:
    """Return what each element loses, (cases, elements)."""
    at = np.concatenate([blocks.near, blocks.far], axis=1)
    ends = np.where(at == GROUND, 0, voltage[:, at])
    admittance = blocks.admittance.reshape(len(at), at.shape[1], at.shape[1])
    power: Any = np.einsum("cei,eij,cej->ce", ends.conj(), admittance, ends)
    lost: np.ndarray = BASE_KVA * power.real
    return lost


def test_a_street_that_nothing_earths_has_the_voltages_of_one_that_is() -> None:
    """Where one point at most is earthed no current flows there; to the neutral all voltages are the same."""
    isolated = {"star_point_ohm": "isolated"}
    earthed = street("bare", FOUR_BARE)
    others = [
        street("bare", FOUR_BARE, trafo=isolated),
        street("bare", FOUR_BARE, trafo=isolated, earths={"5": 1000.0}),
    ]
    powers = customer_powers(earthed, 3)
    expected = solve_by_phase(earthed, *powers)
    for flow in (solve_by_phase(other, *powers) for other in others):
        assert expected.phases is not None
        assert flow.phases is not None
        np.testing.assert_allclose(flow.phases.each, expected.phases.each, atol=1e-9, rtol=0)


def test_current_without_a_way_back_is_no_solution() -> None:
    """Three wires behind an isolated star point: whoever is on one phase finds no return."""
    three = {name: [row[:3] for row in rows[:3]] for name, rows in FOUR_BARE.items()}
    feeder = street("no-return", three, trafo={"star_point_ohm": "isolated"})
    flow = solve_by_phase(feeder, *customer_powers(feeder, 3))
    assert not flow.converged.any()
    assert np.isnan(flow.source_kw).all()
