"""Why: parts that sum to the power flow's voltage, and shares that other ways of counting give too."""

from typing import Any

import numpy as np
import pytest

from simulator.grid.errors import QuestionError
from simulator.grid.limits import LIMIT_SETS
from simulator.grid.profiles import read_profiles
from simulator.grid.schema import Feeder
from simulator.studies.why.parts import Parts
from simulator.studies.why.why import Why
from simulator.technologies.registry import words
from simulator.tests.feeders import all_feeders, changed, meshed, plain, tapped, with_three_transformers
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.oracles.superposition import solve_network
from simulator.tests.studies import slow
from simulator.tests.studies.asking import ask_why
from simulator.tests.studies.small import NOON, flat_day, small_feeder

TWELVE = [feeder for name, feeder in all_feeders().items() if name != "feeder30"]
VARIANTS = [
    meshed(all_feeders()["feeder_04"]),
    meshed(all_feeders()["feeder_11"]),
    with_three_transformers(all_feeders()["feeder_06"]),
    tapped(all_feeders()["feeder_08"], "lv", -2),
    all_feeders()["feeder30"],
]


def explain(feeder: Feeder, **asked: Any) -> Why:
    question = {
        "pv_adoption": 0.6,
        "battery_adoption": 0.3,
        "step": NOON,
        "when": "time",
        "bus": None,
        "limits": LIMIT_SETS["twin"],
    }
    profiles = asked.pop("profiles", read_profiles())
    return ask_why(feeder, profiles, **{**question, **asked})


def parts_of(why: Why) -> Parts:
    assert why.parts is not None
    return why.parts


@pytest.mark.parametrize("feeder", [*TWELVE, *VARIANTS], ids=lambda f: f.feeder_id)
def test_parts_sum_to_the_voltage_that_newton_raphson_finds(feeder: Feeder) -> None:
    hours = [40, 74]
    flow = solve_newton(feeder, *slow.injections(feeder, read_profiles(), 0.6, 0.3, hours))
    for hour, vm_pu in zip(hours, flow.vm_pu, strict=True):
        _check_parts(feeder, explain(feeder, step=hour), vm_pu)


def _check_parts(feeder: Feeder, why: Why, vm_pu: np.ndarray) -> None:
    parts = parts_of(why)
    total = parts.source_pu + parts.transformer.total_pu + sum(line.total_pu for line in parts.lines)
    assert total == pytest.approx(parts.voltage_pu, abs=1e-9)
    voltage = dict(zip([bus.id for bus in feeder.buses], vm_pu.tolist(), strict=True))
    assert why.bus is not None
    assert parts.voltage_pu == pytest.approx(voltage[why.bus], abs=1e-7)
    for line in parts.lines:
        assert line.total_pu == pytest.approx(voltage[line.to_bus] - voltage[line.from_bus], abs=1e-7)


@pytest.mark.parametrize("feeder", [TWELVE[0], TWELVE[5], *VARIANTS[:3]], ids=lambda f: f.feeder_id)
def test_a_customers_share_is_what_its_current_alone_changes(feeder: Feeder) -> None:
    """Take one current away from pandapower's own matrix, all others as they are: that is its share."""
    hour, battery = 29, 0.5
    parts = parts_of(explain(feeder, step=hour, battery_adoption=battery, bus="bus_15"))
    network = solve_network(feeder, read_profiles(), 0.6, battery, hour)
    assert np.abs(parts.customers_pu).max(axis=0).min() > 1e-5  # load, PV and battery all have a part
    for line in [parts.lines[0], parts.lines[-1]]:
        assert line.shares_pu is not None
        for customer, shares in zip(feeder.customers, line.shares_pu, strict=True):
            for kind, share in zip(words(), shares, strict=True):
                expected = network.share(line.from_bus, line.to_bus, customer.id, kind)
                assert share == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("feeder", [TWELVE[0], TWELVE[11], VARIANTS[2]], ids=lambda f: f.feeder_id)
def test_the_transformers_part_without_load_is_a_power_flow_without_customers(feeder: Feeder) -> None:
    parts = parts_of(explain(feeder))
    idle = solve_newton(changed(feeder, customers=[]), np.zeros((1, 0)), np.zeros((1, 0)))
    row = [bus.id for bus in feeder.buses].index(parts.transformer.to_bus)
    assert parts.source_pu == feeder.source.vm_pu
    assert parts.transformer.no_load_pu == pytest.approx(idle.vm_pu[0, row] - feeder.source.vm_pu, abs=1e-8)


def two_buses() -> Feeder:
    """Return a line behind a transformer that has next to no impedance, with two customers at its end."""
    data = plain(small_feeder())
    ideal = {"vk_percent": 1e-6, "vkr_percent": 0.0, "pfe_kw": 0.0, "i0_percent": 0.0}
    data["transformers"][0] |= ideal
    data["buses"], data["lines"] = data["buses"][:2], [data["lines"][0] | {"c_nf_per_km": 0.0}]
    home = {"bus": "bus_1", "households": 1, "peak_kw": 0.0, "pv_kwp": 0.0, "power_factor": 1.0}
    data["customers"] = [
        home | {"id": "customer_1", "peak_kw": 24.0, "power_factor": 0.8},
        home | {"id": "customer_2", "pv_kwp": 30.0},
    ]
    return Feeder.model_validate(data)


def test_two_buses_by_hand() -> None:
    """100 m of 0.642 + j 0.083 ohm/km at 0.4 kV; a load of 24 kW at a p.f. of 0.8 (18 kvar), 30 kW of PV.

    With z = (0.0642 + j 0.0083) / 0.16 pu on 1 MVA and s = p + j q fed in, |V|^4 - (1 + 2 (p r + q x)) |V|^2
    + |z s|^2 = 0. With V real, the line's current conj(s) / V makes the drop z conj(s) / V.
    """
    z, load, pv = (0.0642 + 0.0083j) / 0.16, -0.024 - 0.018j, 0.030 + 0j
    s = load + pv
    half = (1 + 2 * (s.real * z.real + s.imag * z.imag)) / 2
    voltage = (half + (half**2 - abs(z * s) ** 2) ** 0.5) ** 0.5
    start = voltage - z * s.conjugate() / voltage

    def share(power: complex) -> float:
        drop = z * power.conjugate() / voltage
        return float(((start + voltage).conjugate() * drop).real / (abs(start) + voltage))

    parts = parts_of(explain(two_buses(), profiles=flat_day(), pv_adoption=1.0, battery_adoption=0.0))
    (line,) = parts.lines
    assert abs(start) == pytest.approx(1, abs=1e-12)
    assert parts.voltage_pu == pytest.approx(voltage, abs=1e-7)
    assert parts.source_pu + parts.transformer.total_pu == pytest.approx(1, abs=1e-7)
    expected = [[share(load), 0, 0], [0, share(pv), 0]]
    assert line.shares_pu == pytest.approx(np.array(expected), abs=1e-7)
    assert line.no_load_pu == pytest.approx(0, abs=1e-12)
    assert share(load) < 0 < share(pv)


@pytest.mark.parametrize("limits", ["twin", "uk", "vde_4105"])
@pytest.mark.parametrize("name", ["feeder_00", "feeder_08"])
def test_the_binding_bus_and_quarter_hour_are_those_nearest_to_a_limit(name: str, limits: str) -> None:
    feeder, profiles, chosen = all_feeders()[name], read_profiles(), LIMIT_SETS[limits]
    vm_pu, bare = (
        solve_newton(feeder, *slow.injections(feeder, profiles, pv, battery, range(96))).vm_pu
        for pv, battery in ((0.6, 0.3), (0.0, 0.0))
    )
    beyond = np.maximum(vm_pu / chosen.vm_max_pu - 1, 1 - vm_pu / chosen.vm_min_pu)
    if chosen.rise_max:
        beyond = np.maximum(beyond, (vm_pu - bare) / chosen.rise_max - 1)
    step, bus = map(int, np.unravel_index(int(beyond.argmax()), beyond.shape))
    why = explain(feeder, when="day", limits=chosen)
    assert (why.step, why.bus) == (step, feeder.buses[bus].id)
    assert why.violated == (beyond.max() > 0)
    given = explain(feeder, when="day", limits=chosen, bus="bus_7")
    row = [each.id for each in feeder.buses].index("bus_7")
    assert (given.step, given.bus) == (int(beyond[:, row].argmax()), "bus_7")


def test_a_time_is_looked_at_alone() -> None:
    why = explain(TWELVE[3], when="time", step=74, pv_adoption=0.0)
    assert why.step == 74
    assert why.bus == TWELVE[3].buses[int(why.vm_pu.argmin())].id


def test_batteries_lower_the_voltage_while_they_charge_and_raise_it_after_dark() -> None:
    def battery(hour: int) -> float:
        parts = parts_of(explain(TWELVE[5], step=hour, pv_adoption=0.9, battery_adoption=1.0))
        return float(parts.customers_pu[:, words().index("battery")].sum())

    assert battery(28) < 0 < battery(80)


def test_an_unknown_bus_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        QuestionError, match="bus_99 is not a bus of feeder_00; it has bus_0, bus_1"
    ) as refused:
        explain(TWELVE[0], bus="bus_99")
    assert refused.value.field == "bus"


@pytest.mark.parametrize("bus", [None, "bus_1"])
def test_without_a_solution_there_are_no_parts(bus: str | None) -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 170.0}, length_km=0.6)
    why = explain(feeder, profiles=flat_day(), bus=bus, when="day")
    assert (why.parts, why.bus, why.solved, why.violated) == (None, bus, False, False)
    assert why.tightest.kind == "no_solution"


def test_a_busbar_has_no_lines_and_an_idle_feeder_no_shares() -> None:
    parts = parts_of(explain(changed(TWELVE[0], customers=[]), bus="bus_0"))
    assert (parts.lines, parts.customers_pu.shape) == ((), (0, 3))
    assert parts.voltage_pu == pytest.approx(parts.source_pu + parts.transformer.no_load_pu, abs=1e-12)
