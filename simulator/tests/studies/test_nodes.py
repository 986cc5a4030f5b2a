"""Nodes: the room at a bus ends where Newton-Raphson finds the first violation, neither before nor after."""

from functools import cache

import numpy as np
import pytest

from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS, Limits
from simulator.grid.profiles import Profiles, read_profiles
from simulator.grid.schema import Feeder
from simulator.questions.values import When
from simulator.studies.nodes.additions import with_every_bus
from simulator.studies.nodes.nodes import Nodes
from simulator.tests.feeders import all_feeders, changed, meshed, plain
from simulator.tests.feeders import with_three_transformers as with_three
from simulator.tests.studies.asking import Telling, nodes
from simulator.tests.studies.slow_rooms import Question
from simulator.tests.studies.small import NOON, flat_day, small_feeder

EVENING = 74
FEEDERS = all_feeders()


def ask(
    feeder: Feeder,
    pv: float = 0.3,
    *,
    battery: float = 0.0,
    hour: int = NOON,
    when: When = "time",
    limits: Limits = DEFAULT_LIMITS,
    profiles: Profiles | None = None,
) -> Nodes:
    return nodes(
        feeder,
        profiles or read_profiles(),
        pv_adoption=pv,
        battery_adoption=battery,
        step=hour,
        when=when,
        limits=limits,
    )


def rooms_kw(answer: Nodes) -> np.ndarray:
    """Return the rooms of every bus, (buses, 2): for PV and for load."""
    return np.array([(place.plant.kw, place.load.kw) for place in answer.nodes])


@pytest.mark.parametrize(
    ("name", "limits", "pv", "battery", "hour"),
    [
        ("feeder_05", "vde_4105", 0.3, 0.5, NOON),
        ("feeder_01", "en50160", 0.6, 0.4, EVENING),
    ],
)
def test_plain_bisection_with_newton_finds_the_same_room(
    name: str, limits: str, pv: float, battery: float, hour: int
) -> None:
    feeder = FEEDERS[name]
    answer = ask(feeder, pv, battery=battery, hour=hour, limits=LIMIT_SETS[limits])
    assert answer.baseline is None
    question = Question(feeder, pv, battery, hour, LIMIT_SETS[limits])
    place = answer.nodes[hour % 30]
    assert place.plant.kw == pytest.approx(question.room_kw(place.bus, 1), abs=0.05)
    assert place.load.kw == pytest.approx(question.room_kw(place.bus, -1), abs=0.05)


SCENARIOS = [
    *((FEEDERS[f"feeder_{i:02d}"], 0.05, NOON) for i in (0, 3, 6, 8, 9, 11)),
    (FEEDERS["feeder_05"], 0.4, NOON),
    (FEEDERS["feeder_07"], 0.2, EVENING),
    (meshed(FEEDERS["feeder_09"]), 0.1, NOON),
    (with_three(FEEDERS["feeder_10"]), 0.1, EVENING),
]
ASKED = [
    (*scenario, limits)  # one limit set each, so that each meets two scenarios
    for i, scenario in enumerate(SCENARIOS)
    for j, limits in enumerate(LIMIT_SETS.values())
    if (i - j) % 5 == 0
]


@pytest.mark.parametrize(
    ("feeder", "pv", "hour", "limits"),
    ASKED,
    ids=[f"{feeder.feeder_id}-{pv}-{hour}-{limits.name}" for feeder, pv, hour, limits in ASKED],
)
def test_what_is_reported_is_within_limits_and_a_tenth_of_a_kilowatt_more_is_not(
    feeder: Feeder, pv: float, hour: int, limits: Limits
) -> None:
    """At every bus, by Newton-Raphson, for a plant and for a load."""
    answer = ask(feeder, pv, hour=hour, limits=limits)
    buses = [bus.id for bus in feeder.buses]
    question = Question(feeder, pv, 0.0, hour, limits)
    if answer.baseline:
        assert question.violates(buses[:1], [0.0]) == [True]
        return
    room = rooms_kw(answer)
    for signed in (room[:, 0], -room[:, 1]):
        assert not any(question.violates(buses, signed.tolist()))
        assert all(question.violates(buses, (signed + 0.1 * np.sign(signed)).tolist()))


def test_a_day_s_room_is_the_least_of_its_quarter_hours() -> None:
    """A plant's kW at each moment are its kWp by the PV profile, a load is the same at all of them."""
    feeder, chosen, profiles = FEEDERS["feeder_07"], LIMIT_SETS["vde_4105"], read_profiles()
    day = ask(feeder, battery=0.5, when="day", limits=chosen)
    moments = [rooms_kw(ask(feeder, battery=0.5, hour=h, limits=chosen)) for h in range(96)]
    sunny = [h for h in range(96) if profiles.pv_pu[h] > 0.01]
    kwp = np.array([moments[h][:, 0] / profiles.pv_pu[h] for h in sunny])
    np.testing.assert_allclose(rooms_kw(day)[:, 0], kwp.min(axis=0), rtol=0, atol=0.03)
    np.testing.assert_allclose(rooms_kw(day)[:, 1], np.min(moments, axis=0)[:, 1], rtol=0, atol=1e-9)
    for row, place in enumerate(day.nodes):
        assert moments[place.load.binding.step][row, 1] == place.load.kw
        at = place.plant.binding.step
        assert moments[at][row, 0] / profiles.pv_pu[at] == pytest.approx(place.plant.kw, abs=0.03)


@pytest.mark.parametrize("when", ["time", "day"])
@pytest.mark.parametrize("name", ["feeder_01", "feeder_05"])
def test_room_never_grows_with_stricter_limits(name: str, when: When) -> None:
    @cache
    def room(limits: Limits) -> np.ndarray:
        return rooms_kw(ask(FEEDERS[name], 0.1, when=when, limits=limits))

    loose = LIMIT_SETS["en50160"]
    for wider, narrower in (
        (loose, LIMIT_SETS["uk"]),
        (loose, LIMIT_SETS["vde_4105"]),
        (LIMIT_SETS["uk"], LIMIT_SETS["twin"]),
        (LIMIT_SETS["twin"], LIMIT_SETS["ansi_c84_a"]),
        (loose, loose.model_copy(update={"name": "own", "loading_max": 0.8})),
    ):
        assert (room(narrower) <= room(wider)).all()


def test_more_pv_leaves_no_more_room_for_pv_at_noon() -> None:
    rooms = [rooms_kw(ask(FEEDERS["feeder_05"], pv))[:, 0] for pv in (0.0, 0.2, 0.4)]
    assert (rooms[0] > rooms[1]).all()
    assert (rooms[1] > rooms[2]).all()


def test_what_binds_is_found_just_beyond_its_limit() -> None:
    answer = ask(FEEDERS["feeder_03"], 0.1, when="day")
    for place in answer.nodes:
        for room in (place.plant, place.load):
            assert room.binding.value is not None
            assert room.binding.limit is not None
            assert room.binding.value == pytest.approx(room.binding.limit, rel=1e-3)
            sign = -1 if room.binding.kind == "undervoltage" else 1
            assert sign * (room.binding.value - room.binding.limit) > 0


@pytest.mark.parametrize("when", ["time", "day"])
def test_a_scenario_in_violation_has_no_room_anywhere_and_says_why(when: When) -> None:
    answer = ask(FEEDERS["feeder_06"], 0.3, when=when)
    assert answer.baseline is not None
    assert (answer.baseline.kind, answer.baseline.element) == ("overvoltage", "bus_29")
    assert not rooms_kw(answer).any()
    assert (
        {p.plant.binding for p in answer.nodes} == {p.load.binding for p in answer.nodes} == {answer.baseline}
    )


def test_a_scenario_without_a_solution_has_no_room() -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 170.0}, length_km=0.6)
    answer = ask(feeder, profiles=flat_day())
    assert answer.baseline is not None
    assert answer.baseline.kind == "no_solution"
    assert not rooms_kw(answer).any()


def test_buses_are_opened_without_changing_the_feeder_or_taking_an_id_twice() -> None:
    feeder = small_feeder({"bus": "bus_1", "peak_kw": 5.0})
    feeder = changed(feeder, customers=[{**plain(feeder)["customers"][0], "id": "nobody_0"}])
    opened = with_every_bus(feeder)
    assert {c.bus for c in opened.customers} == {bus.id for bus in feeder.buses}
    assert opened.customers[:1] == feeder.customers
    assert sum(c.peak_kw + c.pv_kwp + c.households for c in opened.customers[1:]) == 0
    assert with_every_bus(opened) is opened
    assert opened.content_hash != feeder.content_hash


@pytest.mark.parametrize(
    ("name", "when", "limits"), [("feeder_05", "time", "vde_4105"), ("feeder_01", "day", "uk")]
)
def test_few_cases_at_a_time_find_the_same_room(
    name: str, when: When, limits: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {
        "pv_adoption": 0.1,
        "battery_adoption": 0.2,
        "step": 48,
        "when": when,
        "limits": LIMIT_SETS[limits],
    }
    at_once = nodes(all_feeders()[name], read_profiles(), **asked)
    monkeypatch.setattr("simulator.powerflow.batch.CHUNK", 33)
    monkeypatch.setattr("simulator.studies.nodes.additions.FEW_CASES", 7)
    asking = Telling()
    few = nodes(all_feeders()[name], read_profiles(), **asked, asking=asking)
    for one, other in zip(few.nodes, at_once.nodes, strict=True):
        for room, same in ((one.plant, other.plant), (one.load, other.load)):
            assert room.kw == pytest.approx(same.kw, abs=0.011)
            assert (room.binding.kind, room.binding.element) == (same.binding.kind, same.binding.element)
    assert few.baseline is None
    assert asking.told == sorted(asking.told)
    assert 0.3 < asking.told[-1] < 1
