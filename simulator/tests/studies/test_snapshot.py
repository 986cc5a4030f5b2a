"""Snapshots: both engines agree, and the figures are another engine's."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.grid.limits import LIMIT_SETS
from simulator.grid.profiles import read_profiles
from simulator.grid.schema import Feeder
from simulator.powerflow.batch import solve
from simulator.powerflow.flow import PowerFlow
from simulator.studies.run.snapshot import Snapshot
from simulator.studies.scenario import Scenario
from simulator.tests.feeders import all_feeders
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.studies import slow
from simulator.tests.studies.asking import simulate
from simulator.tests.studies.small import flat_day, scenario, small_feeder
from simulator.web.pages.presets import PRESETS

presets = pytest.mark.parametrize("preset", PRESETS)


def _snapshot(name: str, preset: str, limits: str = "twin") -> tuple[Feeder, Snapshot]:
    hour, pv, battery = PRESETS[preset]
    feeder = all_feeders()[name]
    asked = Scenario(name, {"pv": pv, "battery": battery}, hour, LIMIT_SETS[limits])
    return feeder, simulate(feeder, read_profiles(), asked)


def test_the_presets_are_the_four_that_planners_were_promised() -> None:
    assert PRESETS == {
        "Morning": (28, 0.2, 0.1),
        "Noon": (48, 0.6, 0.1),
        "Evening": (74, 0.1, 0.2),
        "High PV": (48, 0.9, 0.0),
    }


@presets
@pytest.mark.parametrize("name", ["feeder_00", "feeder_05", "feeder_11"])
def test_key_figures_are_those_of_newton_raphson_on_a_network_built_anew(name: str, preset: str) -> None:
    feeder, snapshot = _snapshot(name, preset)
    hour, pv, battery = PRESETS[preset]
    flow = solve_newton(feeder, *slow.injections(feeder, read_profiles(), pv, battery, [hour]))
    kpis = snapshot.kpis
    assert kpis.min_voltage_pu == pytest.approx(flow.vm_pu.min(), abs=1e-5)
    assert kpis.max_voltage_pu == pytest.approx(flow.vm_pu.max(), abs=1e-5)
    assert kpis.min_voltage_bus == feeder.buses[int(flow.vm_pu[0].argmin())].id
    assert kpis.max_voltage_bus == feeder.buses[int(flow.vm_pu[0].argmax())].id
    assert kpis.transformer_loading == pytest.approx(flow.transformer_loading.max(), abs=1e-4)
    assert kpis.line_loading == pytest.approx(flow.line_loading.max(), abs=1e-4)
    assert kpis.line == feeder.lines[int(flow.line_loading[0].argmax())].id
    assert kpis.loss_kw == pytest.approx(flow.loss_kw[0], abs=0.01)
    assert kpis.source_kw == pytest.approx(flow.source_kw[0], abs=0.01)
    assert kpis.import_kw == pytest.approx(max(0, flow.source_kw[0]), abs=0.01)
    assert kpis.reverse_power_kw == pytest.approx(max(0, -flow.source_kw[0]), abs=0.01)
    out = slow.excesses(feeder, flow, LIMIT_SETS["twin"], None) > 0
    assert len(snapshot.violations) == out.sum()


@presets
@pytest.mark.parametrize("name", [name for name in all_feeders() if name != "feeder30"])
def test_the_batch_engine_agrees_with_the_reference(name: str, preset: str) -> None:
    _, snapshot = _snapshot(name, preset)
    assert snapshot.agreement_pu is not None
    assert snapshot.agreement_pu < 1e-5
    assert snapshot.engines_agree
    assert snapshot.flow.algorithm == "pandapower bfsw"


def test_a_disagreement_of_the_engines_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*arguments: object) -> PowerFlow:
        flow = solve(*arguments)  # type: ignore[arg-type]
        return replace(flow, vm_pu=flow.vm_pu + 2e-5)

    monkeypatch.setattr("simulator.studies.run.snapshot.solve", wrong)
    _, snapshot = _snapshot("feeder_00", "Noon")
    assert snapshot.agreement_pu == pytest.approx(2e-5, rel=0.01)
    assert not snapshot.engines_agree


def test_an_engine_alone_with_its_solution_is_a_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*arguments: object) -> PowerFlow:
        flow = solve(*arguments)  # type: ignore[arg-type]
        return replace(flow, converged=np.array([False]))

    monkeypatch.setattr("simulator.studies.run.snapshot.solve", none)
    _, snapshot = _snapshot("feeder_00", "Noon")
    assert snapshot.agreement_pu is None
    assert not snapshot.engines_agree


def test_without_a_solution_every_figure_is_unknown_and_the_engines_agree_on_that() -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 170.0}, length_km=0.6)
    snapshot = simulate(feeder, flat_day(), scenario(feeder, 0.0))
    assert not snapshot.kpis.converged
    assert {value for key, value in vars(snapshot.kpis).items() if key != "converged"} == {None}
    assert (snapshot.kpis.import_kw, snapshot.kpis.reverse_power_kw) == (None, None)
    assert [v.kind for v in snapshot.violations] == ["no_solution"]
    assert np.isnan(snapshot.flow.vm_pu).all()
    assert snapshot.engines_agree


def test_voltage_alone_counts_as_voltage_violation() -> None:
    overloaded = small_feeder({"bus": "bus_0", "peak_kw": 200.0})
    snapshot = simulate(overloaded, flat_day(), scenario(overloaded, 0.0))
    assert [v.kind for v in snapshot.violations] == ["transformer"]
    assert not snapshot.voltage_violation
    drooping = small_feeder({"bus": "bus_2", "peak_kw": 40.0}, length_km=0.2)
    assert simulate(drooping, flat_day(), scenario(drooping, 0.0)).voltage_violation


def test_violations_come_worst_first_and_each_with_its_limit() -> None:
    feeder, snapshot = _snapshot("feeder_00", "High PV")
    excess = [v.value / v.limit - 1 for v in snapshot.violations if v.value and v.limit]
    assert len(excess) == len(snapshot.violations) > 1
    assert excess == sorted(excess, reverse=True)
    assert min(excess) > 0
    assert {v.step for v in snapshot.violations} == {48}
    over = {bus.id for bus, vm in zip(feeder.buses, snapshot.flow.vm_pu[0], strict=True) if vm > 1.06}
    assert {v.element for v in snapshot.violations if v.kind == "overvoltage"} == over


def test_the_baseline_is_the_same_quarter_hour_without_pv_and_batteries() -> None:
    _, evening = _snapshot("feeder_08", "Evening")
    assert {v.kind for v in evening.baseline} == {"transformer"}
    assert {v.step for v in evening.baseline} == {74}
    _, noon = _snapshot("feeder_08", "Noon")
    assert noon.baseline == ()


@pytest.mark.parametrize("name", ["feeder_00", "feeder_03"])
def test_the_largest_rise_is_that_over_the_same_quarter_hour_without_generation(name: str) -> None:
    feeder, snapshot = _snapshot(name, "Noon", "vde_4105")
    with_pv, bare = (
        solve_newton(feeder, *slow.injections(feeder, read_profiles(), pv, battery, [48])).vm_pu[0]
        for pv, battery in ((0.6, 0.1), (0.0, 0.0))
    )
    rise = with_pv - bare
    assert snapshot.largest_rise is not None
    assert snapshot.largest_rise.value == pytest.approx(rise.max(), abs=1e-5)
    assert snapshot.largest_rise.element == feeder.buses[int(rise.argmax())].id
    assert sum(v.kind == "rise" for v in snapshot.violations) == (rise > 0.03).sum()


def test_no_rise_is_told_where_no_rule_bounds_it() -> None:
    assert _snapshot("feeder_00", "Noon")[1].largest_rise is None


def test_customers_add_up_to_what_the_source_and_the_losses_say() -> None:
    _, snapshot = _snapshot("feeder_04", "Noon")
    fed_in_kw = sum(kw.sum() for kw in snapshot.kw.values())
    assert snapshot.kpis.loss_kw is not None
    assert snapshot.kpis.source_kw == pytest.approx(snapshot.kpis.loss_kw - fed_in_kw, abs=1e-3)
