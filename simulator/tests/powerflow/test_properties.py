"""What holds for every feeder: power balances, losses are Joule's, equal networks have equal solutions."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.grid.schema import Feeder
from simulator.powerflow.flow import PowerFlow
from simulator.tests.engines import solve_batch
from simulator.tests.feeders import changed, operating_points, plain
from simulator.tests.oracles.comparison import disagreements
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.powerflow.random_feeders import feeders


@given(feeders())
def test_the_source_gives_loads_less_pv_plus_losses(feeder: Feeder) -> None:
    """Slack power = loads - PV + losses within 1e-6 kW; losses of each element by another engine."""
    p_kw, q_kvar = operating_points(feeder, 20)
    flow = solve_batch(feeder, p_kw, q_kvar)
    losses_kw = solve_newton(feeder, p_kw, q_kvar).loss_kw
    assert flow.converged.all()
    assert flow.source_kw == pytest.approx(-p_kw.sum(axis=1) + losses_kw, abs=1e-6, rel=0)
    assert flow.loss_kw == pytest.approx(losses_kw, abs=1e-6, rel=0)


@given(feeders(shunts=False, taps=False))
def test_losses_are_those_of_the_currents(feeder: Feeder) -> None:
    """Without shunts all losses are 3 R I^2, so they follow from the loadings alone."""
    flow = solve_batch(feeder, *operating_points(feeder, 20))
    line_ka = flow.line_loading * [line.max_i_ka * line.parallel for line in feeder.lines]
    line_ohm = np.array([line.r_ohm_per_km * line.length_km / line.parallel for line in feeder.lines])
    transformers = feeder.transformers
    lv_ka = flow.transformer_loading * [t.sn_kva / 1000 / np.sqrt(3) / t.vn_lv_kv for t in transformers]
    lv_ohm = np.array([t.vkr_percent / 100 * t.vn_lv_kv**2 / (t.sn_kva / 1000) for t in transformers])
    joule_kw = 3000 * ((line_ka**2) @ line_ohm + (lv_ka**2) @ lv_ohm)
    assert flow.loss_kw == pytest.approx(joule_kw, abs=1e-6, rel=0)


@given(feeders(), st.randoms(use_true_random=False))
def test_renumbering_changes_nothing(feeder: Feeder, random: Any) -> None:
    """Buses, lines and transformers in another order, under other names: each has the values it had."""
    data = plain(feeder)
    order = {
        kind: random.sample(range(len(data[kind])), len(data[kind]))
        for kind in ("buses", "lines", "transformers")
    }
    shuffled = {kind: [data[kind][i] for i in rows] for kind, rows in order.items()}
    names = {bus["id"]: f"node-{i}" for i, bus in enumerate(shuffled["buses"])}
    renumbered = changed(
        feeder,
        buses=[{**bus, "id": names[bus["id"]]} for bus in shuffled["buses"]],
        lines=[{**line, "from": names[line["from"]], "to": names[line["to"]]} for line in shuffled["lines"]],
        transformers=[{**t, "lv_bus": names[t["lv_bus"]]} for t in shuffled["transformers"]],
        customers=[{**c, "bus": names[c["bus"]]} for c in data["customers"]],
    )
    p_kw, q_kvar = operating_points(feeder, 10)
    columns = _columns(feeder, renumbered, names)
    before, after = (
        solve_batch(feeder, p_kw, q_kvar),
        solve_batch(renumbered, p_kw[:, columns], q_kvar[:, columns]),
    )
    expected = PowerFlow(
        vm_pu=before.vm_pu[:, order["buses"]],
        line_loading=before.line_loading[:, order["lines"]],
        transformer_loading=before.transformer_loading[:, order["transformers"]],
        loss_kw=before.loss_kw,
        source_kw=before.source_kw,
        source_kvar=before.source_kvar,
        converged=before.converged,
        iterations=before.iterations,
        algorithm=before.algorithm,
    )
    assert disagreements(after, expected) == {}


def _columns(feeder: Feeder, renumbered: Feeder, names: dict[str, str]) -> list[int]:
    """Return, for each injection column of the renumbered feeder, the column it had."""
    had = [names[bus.id] for bus in feeder.buses if bus.id in {c.bus for c in feeder.customers}]
    return [had.index(bus.id) for bus in renumbered.buses if bus.id in had]


@pytest.mark.parametrize("kind", ["half as long", "parallel", "two rows"])
@settings(max_examples=8)
@given(feeder=feeders(), data=st.data())
def test_one_line_and_its_equivalents_are_the_same(kind: str, feeder: Feeder, data: st.DataObject) -> None:
    """Half as long and double the type; two conductors of half the type in parallel; as one row or as two.

    Each has the impedance, the capacitance and the rating that the line had.
    """
    lines = plain(feeder)["lines"]
    at = data.draw(st.integers(0, len(lines) - 1))
    line = {key: value for key, value in lines[at].items() if key not in ("r_ohm", "x_ohm")}
    r, x, c, rating = (line[key] for key in ("r_ohm_per_km", "x_ohm_per_km", "c_nf_per_km", "max_i_ka"))
    doubled = {"r_ohm_per_km": 2 * r, "x_ohm_per_km": 2 * x, "c_nf_per_km": 2 * c}
    thinner = {"r_ohm_per_km": 2 * r, "x_ohm_per_km": 2 * x, "c_nf_per_km": c / 2, "max_i_ka": rating / 2}
    instead = {
        "half as long": [{**line, "length_km": line["length_km"] / 2, **doubled}],
        "parallel": [{**line, **thinner, "parallel": 2 * line["parallel"]}],
        "two rows": [{**line, **thinner}, {**line, **thinner, "id": "twin"}],
    }[kind]
    same = changed(feeder, lines=[*lines[:at], *instead[:1], *lines[at + 1 :], *instead[1:]])
    p_kw, q_kvar = operating_points(feeder, 10)
    expected, found = solve_batch(feeder, p_kw, q_kvar), solve_batch(same, p_kw, q_kvar)
    if kind == "two rows":
        assert found.line_loading[:, -1] == pytest.approx(expected.line_loading[:, at], abs=1e-9)
        found = _without_last_line(found)
    assert disagreements(found, expected) == {}


def _without_last_line(flow: PowerFlow) -> PowerFlow:
    return PowerFlow(**{**vars(flow), "line_loading": flow.line_loading[:, :-1]})


@given(feeders(shunts=False), st.data())
def test_a_bus_in_the_middle_of_a_line_changes_nothing(feeder: Feeder, data: st.DataObject) -> None:
    """A line cut in two halves at a new bus; with capacitance, cutting would change the pi model itself."""
    content = plain(feeder)
    at = data.draw(st.integers(0, len(feeder.lines) - 1))
    line = {key: value for key, value in content["lines"][at].items() if key not in ("r_ohm", "x_ohm")}
    first = {**line, "length_km": line["length_km"] / 2, "to": "middle"}
    second = {**line, "id": "second_half", "length_km": line["length_km"] / 2, "from": "middle"}
    cut = changed(
        feeder,
        buses=[*content["buses"], {**content["buses"][0], "id": "middle"}],
        lines=[*content["lines"][:at], first, *content["lines"][at + 1 :], second],
    )
    p_kw, q_kvar = operating_points(feeder, 10)
    expected, found = solve_batch(feeder, p_kw, q_kvar), solve_batch(cut, p_kw, q_kvar)
    assert found.vm_pu[:, :-1] == pytest.approx(expected.vm_pu, abs=1e-9, rel=0)
    assert found.line_loading[:, [at, -1]] == pytest.approx(expected.line_loading[:, [at, at]], abs=1e-9)
    assert found.source_kw == pytest.approx(expected.source_kw, abs=1e-6, rel=0)
