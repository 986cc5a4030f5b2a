"""Studies as the web asks for them: with the profiles at hand, and by way of the cache."""

from collections.abc import Sequence

from simulator.grid.limits import Limits
from simulator.grid.profiles import read_profiles
from simulator.grid.schema import Feeder
from simulator.studies.comparison import ComparedFeeder, compare
from simulator.studies.day_status import DayStatus, day_status
from simulator.studies.guidance import Finding, Situation, advise
from simulator.studies.hosting_capacity import sweep
from simulator.studies.rules import RULES
from simulator.studies.scenario import DEFAULT_SWEEP_HOURS, Scenario
from simulator.studies.snapshot import Snapshot, simulate
from simulator.web.answers import Answers


def ask_snapshot(
    answers: Answers, feeder: Feeder, scenario: Scenario
) -> tuple[Snapshot, tuple[Finding, ...]]:
    """Return a scenario's snapshot with the guidance on it."""

    def compute() -> tuple[Snapshot, tuple[Finding, ...]]:
        profiles = read_profiles()
        snapshot = simulate(feeder, profiles, scenario)
        swept = sweep(feeder, profiles, DEFAULT_SWEEP_HOURS, scenario.battery_adoption, scenario.limits)
        return snapshot, advise(Situation(feeder, snapshot, swept), RULES)

    return answers.get("snapshot", feeder, scenario.model_dump(), compute)


def ask_comparison(
    answers: Answers, feeder: Feeder, scenario: Scenario, hours: Sequence[int]
) -> ComparedFeeder:
    """Return a feeder's row of the comparison."""
    question = {**scenario.model_dump(), "hours": sorted(set(hours))}
    return answers.get(
        "comparison", feeder, question, lambda: compare(feeder, read_profiles(), scenario, hours)
    )


def ask_day_status(
    answers: Answers, feeder: Feeder, pv_adoption: float, battery_adoption: float, limits: Limits
) -> DayStatus:
    """Return a feeder's worst quarter-hour."""
    question = {"pv": pv_adoption, "battery": battery_adoption, "limits": limits.model_dump()}
    return answers.get(
        "day_status",
        feeder,
        question,
        lambda: day_status(feeder, read_profiles(), pv_adoption, battery_adoption, limits),
    )
