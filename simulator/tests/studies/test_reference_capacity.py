"""Hosting capacity of the reference feeder, as three other engines found it by bisection."""

import json
from collections.abc import Callable
from typing import cast

import numpy as np
import pytest

from simulator.assessment.violations import Kind, assess
from simulator.grid.limits import Limits
from simulator.powerflow.batch import solve
from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.flow import PowerFlow
from simulator.tests.feeders import changed, plain
from simulator.tests.reference_cases import DIRECTORY, ReferenceCase, read_case
from simulator.tests.studies.asking import sweep
from simulator.tests.studies.small import flat_day

MORNING, NOON, EVENING = 28, 48, 74
DAY = (MORNING, NOON, EVENING)
REFERENCE = json.loads((DIRECTORY / "hosting_capacity.json").read_text(encoding="utf-8"))
RELATIVE = REFERENCE["tolerance"]["relative"]


def limits(**bounds: float) -> Limits:
    """Return limits that bound nothing but what is given."""
    loose = {"vm_min_pu": 0.5, "vm_max_pu": 1.9, "loading_max": 99.0}
    return Limits(name="one", title="One criterion", source="test", **(loose | bounds))


CRITERIA: list[tuple[str, Kind, Limits]] = [
    ("voltage_1.05", "overvoltage", limits(vm_max_pu=1.05)),
    ("voltage_1.06", "overvoltage", limits(vm_max_pu=1.06)),
    ("voltage_1.10", "overvoltage", limits(vm_max_pu=1.10)),
    ("line_100", "line", limits(loading_max=1.0)),
    ("trafo_current_100", "transformer", limits(loading_max=1.0)),
    ("rise_3_percent", "rise", limits(rise_max=0.03)),
]
criteria = pytest.mark.parametrize(("criterion", "kind", "bounds"), CRITERIA, ids=[c[0] for c in CRITERIA])


def _reference_kw(criterion: str) -> float:
    return cast("float", REFERENCE["scenarios"]["base"][criterion]["kw"])


def _just_met_kw(beyond: Callable[[float], bool]) -> float:
    low, high = 0.0, 1500.0
    while high - low > 0.01:
        middle = (low + high) / 2
        low, high = (low, middle) if beyond(middle) else (middle, high)
    return low


def _reference_solve(case: ReferenceCase, kw: float) -> PowerFlow:
    """Solve feeder30 at noon with a total of PV in kW, spread as its customers' PV is."""
    pv_kw, load_kw = (
        np.array([[getattr(c, key) for c in case.feeder.customers]]) for key in ("pv_kwp", "peak_kw")
    )
    return solve(compile_feeder(case.feeder), pv_kw * kw / pv_kw.sum() - load_kw, case.q_kvar)


def _beyond(case: ReferenceCase, kind: Kind, bounds: Limits, kw: float) -> bool:
    """Tell whether feeder30 at noon breaks one kind of limit at a total of PV in kW."""
    flow, bare = _reference_solve(case, kw), _reference_solve(case, 0.0)
    tightest = assess(case.feeder, flow, bounds, np.array([NOON]), bare).tightest(kind)
    assert tightest is not None
    assert tightest.value is not None
    assert tightest.limit is not None
    return tightest.value > tightest.limit


@criteria
def test_the_power_at_which_a_criterion_is_just_met_is_that_of_three_other_engines(
    criterion: str, kind: Kind, bounds: Limits
) -> None:
    case = read_case("feeder30_noon_backfeed")
    met_kw = _just_met_kw(lambda kw: _beyond(case, kind, bounds, kw))
    assert met_kw == pytest.approx(_reference_kw(criterion), rel=RELATIVE)


@criteria
def test_a_sweep_of_that_feeder_gives_the_reference_s_capacity_to_a_thousandth(
    criterion: str, kind: Kind, bounds: Limits
) -> None:
    feeder = read_case("feeder30_noon_backfeed").feeder
    customers = [{**c, "pv_kwp": c["pv_kwp"] * 5} for c in plain(feeder)["customers"]]
    found = sweep(changed(feeder, customers=customers), flat_day(), [NOON], 0.0, bounds)
    expected_kw = _reference_kw("line_100" if kind == "transformer" else criterion)  # the line is full first
    step_kw = 0.001 * 5 * REFERENCE["unit_kw"]
    assert expected_kw - step_kw - 0.001 * expected_kw <= found.capacity.installed <= expected_kw * 1.001
    assert found.capacity.binding is not None
    assert found.capacity.binding.kind == ("line" if kind == "transformer" else kind)
