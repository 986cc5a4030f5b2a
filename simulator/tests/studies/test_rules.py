"""Every rule of guidance: a question in which it fires, and no two at once that have the same key."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from simulator.grid.limits import DEFAULT_LIMITS
from simulator.grid.profiles import Profiles, read_profiles
from simulator.grid.schema import Feeder
from simulator.studies.guidance import Rule
from simulator.studies.rules import RULES, advise
from simulator.studies.why.rules import Explained
from simulator.tests.feeders import all_feeders
from simulator.tests.studies import asking
from simulator.tests.studies.situations import MADE
from simulator.tests.studies.small import NOON, flat_day, small_feeder

# The rules of one key tell of one thing, each of one way that it may be.
ALTERNATIVES = {("day", "en50160"), ("nodes", "place_{key}"), ("why", "place"), ("measures", "mends")}
HOURS = (28, NOON, 74)


def _small(bus: str = "bus_2", kw: float = 1.0, kwp: float = 0.0, length_km: float = 0.1) -> Feeder:
    return small_feeder({"bus": bus, "peak_kw": kw, "pv_kwp": kwp}, length_km=length_km)


NO_PV, LITTLE_PV, TOO_LONG = _small(), _small(kwp=5.0), _small(kw=170.0, length_km=0.6)
SUNNY, AT_BUSBAR = _small(kwp=90.0, length_km=0.25), _small("bus_0", kwp=300.0)
LOADED, OVERLOADED = _small(kw=44.0, length_km=0.18), _small(kw=60.0, length_km=0.18)

# By what guidance is headed: of what feeder, and with what PV adoption where the study asks for one.
QUESTIONS: dict[tuple[str, str], tuple[Feeder | str, float]] = {
    ("day", "Worst at 00:00"): (SUNNY, 1.0),
    ("day", "EN 50160 cannot be read"): (TOO_LONG, 0.0),
    ("day", "EN 50160 kept, as far as one day tells"): (NO_PV, 0.0),
    ("day", "EN 50160 not kept, as far as one day tells"): (SUNNY, 1.0),
    ("day", "Reverse flow through the transformer"): (SUNNY, 1.0),
    ("standards", "In trouble before any PV"): ("feeder_11", 0.0),
    ("standards", "The choice of limits does not matter"): (AT_BUSBAR, 0.0),
    ("standards", "The choice of limits decides"): ("feeder_00", 0.0),
    ("sweep", "No PV potential is known"): (NO_PV, 0.0),
    ("standards", "No PV potential is known"): (NO_PV, 0.0),
    ("monte-carlo", "No PV potential is known"): (NO_PV, 0.0),
    ("measures", "No PV potential is known"): (LOADED, 0.0),
    ("monte-carlo", "Safe wherever PV lands"): (LITTLE_PV, 0.0),
    ("monte-carlo", "The even spread promises too much"): ("feeder_00", 0.0),
    ("nodes", "No room anywhere"): ("feeder_06", 0.9),
    ("nodes", "One more PV plant"): ("feeder_06", 0.05),
    ("nodes", "One more load"): ("feeder_06", 0.05),
    ("nodes", "Line overload binds most often"): ("feeder_06", 0.05),
    ("why", "Voltage rises most from line_1 to line_17"): ("feeder_11", 0.22),
    ("why", "Voltage rises most from line_6 to line_8"): ("feeder_01", 0.5),
    ("why", "The supply is off nominal by more than the violation"): ("feeder_11", 0.22),
    ("measures", "What ends what is violated"): (LOADED, 0.0),
    ("measures", "None of these measures ends what is violated"): (OVERLOADED, 0.0),
    ("measures", "Tap one step down helps most"): ("feeder_00", 0.0),
    ("measures", "None of these measures helps"): ("feeder_05", 0.0),
    ("measures", "What does not help"): ("feeder_00", 0.0),
    ("measures", "What cannot be done here"): ("feeder_00", 0.0),
}


def _chance(feeder: Feeder, profiles: Profiles, **asked: Any) -> object:
    return asking.monte_carlo(feeder, profiles, placements=60, seed=1, quarter_hours="binding", **asked)


def _nodes(feeder: Feeder, profiles: Profiles, **asked: Any) -> object:
    return asking.nodes(feeder, profiles, step=NOON, when="time", **asked)


def _why(feeder: Feeder, profiles: Profiles, **asked: Any) -> object:
    why = asking.ask_why(feeder, profiles, step=NOON, when="time", bus=None, **asked)
    return Explained(feeder, why)


def _standards(feeder: Feeder, profiles: Profiles, battery_adoption: float, limits: object) -> object:
    return asking.standards(feeder, profiles, steps=HOURS, battery_adoption=battery_adoption, own=None)


def _sweep(feeder: Feeder, profiles: Profiles, **asked: Any) -> object:
    return asking.sweep(feeder, profiles, HOURS, **asked)


def _measures(feeder: Feeder, profiles: Profiles, **asked: Any) -> object:
    return asking.measures(feeder, profiles, steps=HOURS, **asked)


ASK: dict[str, Callable[..., object]] = {
    "day": asking.day,
    "nodes": _nodes,
    "why": _why,
    "sweep": _sweep,
    "standards": _standards,
    "monte-carlo": _chance,
    "measures": _measures,
}
WITH_PV = ("day", "nodes", "why")


@cache
def _found(study: str, title: str) -> object:
    """Return what the study finds in the question of a rule, as its rules look at it."""
    asked_about, pv = QUESTIONS[study, title]
    asked: dict[str, Any] = {"battery_adoption": 0.0, "limits": DEFAULT_LIMITS}
    if study in WITH_PV:
        asked["pv_adoption"] = pv
    if isinstance(asked_about, Feeder):
        return ASK[study](asked_about, flat_day(), **asked)
    return ASK[study](all_feeders()[asked_about], read_profiles(), **asked)


SPOKEN = [
    pytest.param(rule, study, id=f"{study}: {rule.key}, {rule.title}")
    for rule in RULES
    for study in rule.speaks_for
]


@pytest.mark.parametrize(("rule", "study"), SPOKEN)
def test_a_rule_fires_in_a_question_that_is_told_for_it(rule: Rule[Any], study: str) -> None:
    """Whoever adds a rule adds a question, or a situation of a run."""
    if study == "run":
        assert rule.key in {key for made in MADE for key in made.fires}  # as `test_guidance` holds
        return
    titles = [title for of, title in QUESTIONS if of == study]
    said = {title: rule.find(_found(study, title)) for title in titles}
    assert [title for title, finding in said.items() if finding and finding.title == title]


@pytest.mark.parametrize(("study", "title"), QUESTIONS)
def test_in_its_question_a_rule_s_heading_is_said_once_and_no_key_twice(study: str, title: str) -> None:
    findings = advise(study, _found(study, title))
    assert [finding.title for finding in findings].count(title) == 1
    assert len({finding.key for finding in findings}) == len(findings)


def test_within_a_study_a_key_is_one_rule_s_or_that_of_alternatives() -> None:
    keys = Counter((study, rule.key) for rule in RULES for study in rule.speaks_for)
    assert {key for key, rules in keys.items() if rules > 1} == ALTERNATIVES
