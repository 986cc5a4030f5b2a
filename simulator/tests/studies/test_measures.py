"""What would help: each measure against a plain search on a feeder changed by hand, and where none can be."""

from typing import Any

import numpy as np
import pytest

from simulator.grid.limits import LIMIT_SETS
from simulator.grid.profiles import read_profiles
from simulator.grid.schema import Feeder
from simulator.questions.values import DEFAULT_SWEEP_STEPS
from simulator.studies.measures.measures import Measure, Measures
from simulator.tests.feeders import all_feeders, all_variants, changed, plain, tapped
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.studies import slow
from simulator.tests.studies.asking import measures
from simulator.tests.studies.small import flat_day, small_feeder

NOON = 48
ONE_LEVEL = 0.001
LARGER: dict[str, dict[str, Any]] = {
    "NAYY 4x50 SE": {
        "std_type": "NAYY 4x120 SE",
        "r_ohm_per_km": 0.225,
        "x_ohm_per_km": 0.080,
        "c_nf_per_km": 264,
        "max_i_ka": 0.242,
    },
    "48-AL1/8-ST1A 0.4": {
        "std_type": "94-AL1/15-ST1A 0.4",
        "r_ohm_per_km": 0.306,
        "x_ohm_per_km": 0.290,
        "c_nf_per_km": 13.2,
        "max_i_ka": 0.350,
    },
}


def _ask(name: str, limits: str = "twin", battery: float = 0.0) -> Measures:
    return measures(
        all_feeders()[name],
        read_profiles(),
        steps=DEFAULT_SWEEP_STEPS,
        battery_adoption=battery,
        limits=LIMIT_SETS[limits],
    )


def _at_noon(feeder: Feeder, limits: str = "twin", battery: float = 0.0) -> dict[str, Measure]:
    found = measures(feeder, flat_day(), steps=[NOON], battery_adoption=battery, limits=LIMIT_SETS[limits])
    return {measure.key: measure for measure in found.measures}


def _path_lines(feeder: Feeder, bus: str) -> list[tuple[str, str, str]]:
    """Return (line, nearer bus, farther bus) from a radial feeder's busbar to a bus."""
    ways: dict[str, list[tuple[str, str, str]]] = {t.lv_bus: [] for t in feeder.transformers}
    while bus not in ways:
        for line in feeder.lines:
            for near, far in ((line.from_bus, line.to_bus), (line.to_bus, line.from_bus)):
                if near in ways and far not in ways:
                    ways[far] = [*ways[near], (line.id, near, far)]
    return ways[bus]


def _section_by_hand(feeder: Feeder, found: Measures) -> str:
    """Return the line on the way to the binding bus across which Newton-Raphson finds the largest change."""
    binding, capacity = found.base.capacity.binding, found.base.capacity
    assert binding is not None
    if binding.kind == "line":
        return binding.element
    level = 0.0 if found.base.baseline_violation else capacity.adoption + ONE_LEVEL
    profiles, step = read_profiles(), [binding.step]
    vm_pu = solve_newton(feeder, *slow.injections(feeder, profiles, level, 0.0, step)).vm_pu[0]
    if binding.kind == "rise":
        vm_pu = vm_pu - solve_newton(feeder, *slow.injections(feeder, profiles, 0.0, 0.0, step)).vm_pu[0]
    at = dict(zip([bus.id for bus in feeder.buses], vm_pu, strict=True))
    way = _path_lines(feeder, binding.element)
    return way[int(np.argmax([abs(at[far] - at[near]) for _, near, far in way]))][0]


def _changed_by_hand(feeder: Feeder, found: Measures) -> dict[str, slow.Question | None]:
    """Return each measure's question to the plain search, None where it cannot be done."""
    profiles, data = read_profiles(), plain(feeder)
    transformers = data["transformers"]
    transformers[0]["tap"]["pos"] += 1  # all twelve feeders have their tap at HV
    line_id, cable = _section_by_hand(feeder, found), None
    lines = [{k: v for k, v in line.items() if k not in ("r_ohm", "x_ohm")} for line in data["lines"]]
    for line in lines:
        if line["id"] == line_id and line["std_type"] in LARGER:
            line.update(LARGER[line["std_type"]])
            cable = changed(feeder, lines=lines)
    hours = DEFAULT_SWEEP_STEPS
    return {
        "tap": slow.Question(changed(feeder, transformers=transformers), profiles, hours),
        "absorbing": slow.Question(feeder, profiles, hours, pv_power_factor=0.95),
        "cable": slow.Question(cable, profiles, hours) if cable else None,
        "batteries": slow.Question(feeder, profiles, hours, battery=0.5),
    }


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("feeder_00", "twin"),
        ("feeder_03", "vde_4105"),
        ("feeder_06", "twin"),
        ("feeder_11", "twin"),
    ],
)
def test_each_measure_hosts_what_a_plain_search_finds_on_a_feeder_changed_by_hand(
    name: str, limits: str
) -> None:
    feeder, found = all_feeders()[name], _ask(name, limits)
    questions = _changed_by_hand(feeder, found)
    assert [measure.key for measure in found.measures] == list(questions)
    for measure in found.measures:
        question = questions[measure.key]
        if question is None:
            assert measure.outcome is None
            assert "the catalogue has no larger" in measure.change
            continue
        assert measure.outcome is not None
        expected = slow.capacity(question, LIMIT_SETS[limits], caused_only=found.caused_only)
        assert found.capacity(measure.outcome).adoption == pytest.approx(expected, abs=ONE_LEVEL)


def test_gains_are_differences_in_kwp_and_may_be_negative() -> None:
    found = _ask("feeder_03")
    by_key = {measure.key: measure for measure in found.measures}
    for measure in found.measures:
        assert measure.outcome is not None
        difference = measure.outcome.capacity.installed - found.base.capacity.installed
        assert measure.gain == pytest.approx(difference, abs=1e-9)
    tap = by_key["tap"]
    assert tap.gain == pytest.approx(-found.base.capacity.installed)  # the evening falls below the band
    assert tap.outcome is not None
    assert tap.outcome.baseline_violation
    assert found.best is by_key["absorbing"]


def test_the_next_constraint_is_another_one_where_the_first_is_relieved() -> None:
    found = _ask("feeder_00")
    assert found.best is not None
    assert found.best.outcome is not None
    first, then = found.base.capacity.binding, found.best.outcome.capacity.binding
    assert first is not None
    assert then is not None
    assert (found.best.key, first.kind, then.kind) == ("tap", "overvoltage", "line")


def test_where_nothing_binds_nothing_is_tried() -> None:
    found = _ask("feeder_09")
    assert (found.measures, found.best, found.base.capacity.all_of_it) == ((), None, True)


def test_trouble_that_no_measure_mends_leaves_gains_to_what_pv_alone_causes() -> None:
    found = _ask("feeder_11")
    by_key = {measure.key: measure for measure in found.measures}
    assert found.base.baseline_violation
    assert found.caused_only
    absorbing = by_key["absorbing"]
    assert absorbing.outcome is not None
    assert absorbing.gain == pytest.approx(absorbing.outcome.caused.installed - found.base.caused.installed)
    tap = by_key["tap"]  # more room at noon, but the evening sinks deeper
    assert tap.worsens
    assert (tap.gain or 0) > (absorbing.gain or 0)
    assert found.best is absorbing


def test_a_measure_that_mends_the_trouble_before_pv_counts_by_all_that_it_hosts() -> None:
    """44 kW through 360 m of 4x50 sink below the band; one section of 4x120 holds them in it."""
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 44.0, "pv_kwp": 160.0}, length_km=0.18)
    found = measures(feeder, flat_day(), steps=[NOON], battery_adoption=0.0, limits=LIMIT_SETS["twin"])
    assert found.base.baseline_violation
    assert not found.caused_only
    assert found.best is not None
    assert found.best.key == "cable"
    assert found.best.outcome is not None
    assert found.best.gain == pytest.approx(found.best.outcome.capacity.installed)


LOADED = {"bus": "bus_2", "peak_kw": 1.0, "pv_kwp": 90.0}


@pytest.mark.parametrize(("side", "pos"), [("hv", 2), ("lv", -2)])
def test_a_tap_at_the_end_of_its_range_is_not_possible(side: str, pos: int) -> None:
    tap = _at_noon(tapped(small_feeder(LOADED, length_km=0.2), side, pos))["tap"]
    assert (tap.outcome, tap.gain) == (None, None)
    assert f"end of its range, position {pos} of -2 to 2 at the {side.upper()} side" in tap.change


def test_without_a_tap_changer_a_tap_is_not_possible() -> None:
    feeder = small_feeder(LOADED, length_km=0.2)
    transformers = [{**t, "tap": None} for t in plain(feeder)["transformers"]]
    tap = _at_noon(changed(feeder, transformers=transformers))["tap"]
    assert (tap.outcome, tap.change) == (None, "trafo_0 has no tap changer")


@pytest.mark.parametrize(("side", "pos", "lower"), [("hv", -2, -1), ("lv", 2, 1)])
def test_a_tap_on_either_side_moves_towards_lower_voltage(side: str, pos: int, lower: int) -> None:
    feeder = tapped(small_feeder(LOADED, length_km=0.2), side, pos)
    tap = _at_noon(feeder, "en50160")["tap"]
    by_hand = slow.Question(tapped(feeder, side, lower), flat_day(), [NOON])
    assert tap.outcome is not None
    assert tap.outcome.capacity.adoption == pytest.approx(
        slow.capacity(by_hand, LIMIT_SETS["en50160"]), abs=ONE_LEVEL
    )
    assert f"trafo_0 from position {pos} to {lower} at the {side.upper()} side" in tap.change
    assert (tap.gain or 0) > 0


def test_a_binding_line_is_the_one_that_is_replaced() -> None:
    feeder = small_feeder({"bus": "bus_1", "peak_kw": 1.0, "pv_kwp": 140.0}, length_km=0.02)
    cable = _at_noon(feeder, "en50160")["cable"]
    assert cable.change == "line_1 (20 m) from NAYY 4x50 SE to NAYY 4x120 SE"
    assert (cable.gain or 0) > 0


def test_a_binding_transformer_or_busbar_is_relieved_by_no_cable() -> None:
    transformer = _at_noon(small_feeder({"bus": "bus_0", "peak_kw": 1.0, "pv_kwp": 400.0}), "en50160")
    assert transformer["cable"].change == "trafo_0 binds, which no section relieves"
    feeder = plain(
        small_feeder({"bus": "bus_0", "peak_kw": 1.0, "pv_kwp": 100.0}, {"bus": "bus_2", "peak_kw": 5.0})
    )
    feeder["source"]["vm_pu"] = 1.055
    busbar = _at_noon(Feeder.model_validate(feeder))
    assert busbar["cable"].change == "bus_0 is a transformer's busbar, to which no section leads"
    assert busbar["cable"].outcome is None


def test_the_largest_type_is_not_replaced() -> None:
    largest = {**LARGER["NAYY 4x50 SE"], "std_type": "NAYY 4x150 SE", "r_ohm_per_km": 0.208, "max_i_ka": 0.27}
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 1.0, "pv_kwp": 150.0}, length_km=0.3)
    lines = [
        {k: v for k, v in line.items() if k not in ("r_ohm", "x_ohm")} | largest
        for line in plain(feeder)["lines"]
    ]
    cable = _at_noon(changed(feeder, lines=lines))["cable"]
    assert cable.outcome is None
    assert cable.change.endswith("is NAYY 4x150 SE, and the catalogue has no larger cable type")


def test_no_solution_before_any_pv_leaves_no_section_to_choose() -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 170.0, "pv_kwp": 170.0}, length_km=0.6)
    found = _at_noon(feeder, "en50160")
    assert found["cable"].change == "no solution tells which section binds"


@pytest.mark.parametrize(("battery", "possible"), [(0.49, True), (0.5, False), (0.8, False)])
def test_batteries_are_tried_where_the_question_has_fewer(battery: float, possible: bool) -> None:
    measure = _at_noon(small_feeder(LOADED, length_km=0.2), battery=battery)["batteries"]
    assert (measure.outcome is not None) == possible
    if not possible:
        assert measure.change == f"the question has {battery * 100:.0f} % already"


def test_other_measures_keep_the_question_s_batteries() -> None:
    found = _ask("feeder_06", battery=0.6)
    for measure in found.measures:
        assert measure.outcome is None or measure.outcome.adoption["battery"] == 0.6


@pytest.mark.parametrize("kind", ["meshed", "three-transformers"])
def test_meshed_feeders_and_several_transformers_have_measures_too(kind: str) -> None:
    name = next(name for name in all_variants() if name.startswith("feeder_03") and kind in name)
    found = measures(
        all_variants()[name],
        read_profiles(),
        steps=[NOON],
        battery_adoption=0.0,
        limits=LIMIT_SETS["vde_4105"],
    )
    assert [measure.key for measure in found.measures] == ["tap", "absorbing", "cable", "batteries"]
    tap, absorbing = found.measures[:2]
    assert tap.outcome is not None
    assert absorbing.outcome is not None
    if kind == "three-transformers":
        assert "trafo_0 from position 0 to 1 at the HV side" in tap.change
        assert "trafo_2 from position -1 to -2 at the LV side" in tap.change
    question = slow.Question(all_variants()[name], read_profiles(), [NOON], pv_power_factor=0.95)
    assert absorbing.outcome.capacity.adoption == pytest.approx(
        slow.capacity(question, LIMIT_SETS["vde_4105"]), abs=ONE_LEVEL
    )
