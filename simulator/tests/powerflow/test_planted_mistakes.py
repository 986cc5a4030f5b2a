"""The checks of this directory would notice: each mistake, planted in the model, makes them disagree.

Each plants one mistake where the product translates a feeder for its engines, or reads their answer, and
compares with the same oracle and tolerance as the tests that must pass.
"""

import dataclasses
from collections.abc import Callable
from functools import cache
from typing import Any
from zlib import crc32

import numpy as np
import pandapower
import pytest

from simulator.grid.schema import Feeder
from simulator.powerflow import compiled, reference
from simulator.powerflow.batch import solve
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.network import build_network
from simulator.powerflow.reference import solve_reference
from simulator.tests.engines import Solver, solve_batch
from simulator.tests.feeders import (
    all_feeders,
    changed,
    meshed,
    operating_points,
    plain,
    tapped,
    with_three_transformers,
)
from simulator.tests.oracles.comparison import SWEEP, TIGHT, Tolerance, disagreements
from simulator.tests.oracles.newton import solve_newton

Mistake = Callable[[Any], object]


def ignore_the_tap(net: Any) -> None:
    net.trafo["tap_changer_type"] = None


def tap_at_the_wrong_side(net: Any) -> None:
    net.trafo["tap_side"] = net.trafo["tap_side"].map({"hv": "lv", "lv": "hv"})


def tap_the_wrong_way(net: Any) -> None:
    net.trafo["tap_pos"] = -net.trafo["tap_pos"]


def forget_line_capacitance(net: Any) -> None:
    net.line["c_nf_per_km"] = 0.0


def ignore_parallel_lines(net: Any) -> None:
    net.line["parallel"] = 1


def swap_resistance_and_reactance(net: Any) -> None:
    net.line[["r_ohm_per_km", "x_ohm_per_km"]] = net.line[["x_ohm_per_km", "r_ohm_per_km"]].to_numpy()


def forget_iron_losses(net: Any) -> None:
    net.trafo["pfe_kw"] = 0.0


def forget_the_magnetising_current(net: Any) -> None:
    net.trafo["i0_percent"] = 0.0


def take_one_vector_group_for_all(net: Any) -> None:
    net.trafo["shift_degree"] = 150.0


def take_short_circuit_voltage_as_reactance(net: Any) -> None:
    net.trafo["vkr_percent"] = 0.0


IN_THE_NETWORK: list[Mistake] = [
    ignore_the_tap,
    tap_at_the_wrong_side,
    tap_the_wrong_way,
    forget_line_capacitance,
    ignore_parallel_lines,
    swap_resistance_and_reactance,
    forget_iron_losses,
    forget_the_magnetising_current,
    take_short_circuit_voltage_as_reactance,
]
ENGINES: list[tuple[Solver, Tolerance]] = [(solve_batch, TIGHT), (solve_reference, SWEEP)]
EACH_ENGINE = pytest.mark.parametrize(("solver", "tolerance"), ENGINES, ids=["batch", "reference"])


@cache
def right_feeder() -> Feeder:
    """Return a feeder in which every parameter counts."""
    tied = meshed(tapped(all_feeders()["feeder30"], "hv", 2))
    return changed(with_three_transformers(tied), source={"vn_kv": 10.0, "vm_pu": 1.03})


@cache
def expectation() -> tuple[np.ndarray, np.ndarray, PowerFlow]:
    """Return five operating points of it, and what Newton-Raphson finds there."""
    p_kw, q_kvar = operating_points(right_feeder(), 5)
    return p_kw, q_kvar, solve_newton(right_feeder(), p_kw, q_kvar)


@pytest.fixture
def feeder(request: pytest.FixtureRequest) -> Feeder:
    """The same feeder under an id of its own, so that no network kept from elsewhere serves it."""
    return changed(right_feeder(), feeder_id=f"mistake-{crc32(request.node.name.encode()):08x}")


def plant(mistake: Mistake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make both engines build their networks with a mistake."""

    def build_wrongly(feeder: Feeder) -> Any:
        net = build_network(feeder)
        mistake(net)
        return net

    monkeypatch.setattr(compiled, "build_network", build_wrongly)
    monkeypatch.setattr(reference, "build_network", build_wrongly)


@EACH_ENGINE
def test_without_a_mistake_the_check_is_silent(feeder: Feeder, solver: Solver, tolerance: Tolerance) -> None:
    p_kw, q_kvar, expected = expectation()
    assert disagreements(solver(feeder, p_kw, q_kvar), expected, tolerance) == {}


@EACH_ENGINE
@pytest.mark.parametrize("mistake", IN_THE_NETWORK)
def test_a_mistake_in_the_network_is_noticed(
    feeder: Feeder, solver: Solver, tolerance: Tolerance, mistake: Mistake, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(mistake, monkeypatch)
    p_kw, q_kvar, expected = expectation()
    assert disagreements(solver(feeder, p_kw, q_kvar), expected, tolerance) != {}


@EACH_ENGINE
def test_one_vector_group_for_all_transformers_is_noticed(
    feeder: Feeder, solver: Solver, tolerance: Tolerance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Transformers of unlike groups drive a current around: nobody builds that, a model must show it."""
    first, *others, last = plain(feeder)["transformers"]
    unlike = changed(feeder, transformers=[first, *others, {**last, "shift_degree": 155}])
    p_kw, q_kvar, expected = expectation()
    assert disagreements(solver(unlike, p_kw, q_kvar), expected, tolerance) != {}
    assert disagreements(solver(unlike, p_kw, q_kvar), solve_newton(unlike, p_kw, q_kvar), tolerance) == {}
    plant(take_one_vector_group_for_all, monkeypatch)
    again = changed(unlike)
    assert disagreements(solver(again, p_kw, q_kvar), solve_newton(unlike, p_kw, q_kvar), tolerance) != {}


@pytest.mark.parametrize(("side", "tap"), [("transformer_hv", 2), ("transformer_lv", -2)])
def test_loading_of_the_wrong_transformer_side_is_noticed(feeder: Feeder, side: str, tap: int) -> None:
    """The loading is the higher of both sides: a tap up makes that the low side, a tap down the high side."""
    tried = tapped(feeder, "hv", tap)
    p_kw, q_kvar = operating_points(tried, 5)
    right = compiled.compile_feeder(tried)
    assert right.grid is not None
    expected, asked = solve_newton(tried, p_kw, q_kvar), right.equations.quantities
    one_sided = {**asked, "transformer_hv": asked[side], "transformer_lv": asked[side]}
    equations = dataclasses.replace(right.equations, quantities=one_sided)
    dense = dataclasses.replace(right, equations=equations, grid=None)
    hv, lv = np.hsplit(right.grid.transformer, 2)
    columns = np.hstack([hv if side == "transformer_hv" else lv] * 2)
    swept = dataclasses.replace(right, grid=right.grid._replace(transformer=columns))
    for wrong in (dense, swept):
        found = disagreements(solve(wrong, p_kw, q_kvar), expected)
        assert found.keys() == {"transformer_loading"}


def test_loading_by_power_is_noticed(feeder: Feeder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading is by current: by apparent power it is another figure wherever voltage is not rated voltage."""
    p_kw, q_kvar, expected = expectation()
    runpp = pandapower.runpp
    monkeypatch.setattr(pandapower, "runpp", lambda net, **kw: runpp(net, trafo_loading="power", **kw))
    found = disagreements(solve_reference(feeder, p_kw, q_kvar), expected, SWEEP)
    assert found.keys() == {"transformer_loading"}


@EACH_ENGINE
def test_ignoring_the_source_voltage_is_noticed(feeder: Feeder, solver: Solver, tolerance: Tolerance) -> None:
    nominal = changed(feeder, source={"vn_kv": 10.0, "vm_pu": 1.0})
    p_kw, q_kvar, expected = expectation()
    assert disagreements(solver(nominal, p_kw, q_kvar), expected, tolerance) != {}


@EACH_ENGINE
def test_pv_clamped_at_the_load_is_noticed(feeder: Feeder, solver: Solver, tolerance: Tolerance) -> None:
    """Whoever cuts PV down to the load sees no export."""
    p_kw, q_kvar, expected = expectation()
    assert expected.source_kw.min() < 0
    found = disagreements(solver(feeder, np.minimum(p_kw, 0), q_kvar), expected, tolerance)
    assert {"vm_pu", "transformer_loading", "source_kw"} <= found.keys()


@EACH_ENGINE
def test_reactive_power_with_the_wrong_sign_is_noticed(
    feeder: Feeder, solver: Solver, tolerance: Tolerance
) -> None:
    p_kw, q_kvar, expected = expectation()
    assert disagreements(solver(feeder, p_kw, -q_kvar), expected, tolerance) != {}
