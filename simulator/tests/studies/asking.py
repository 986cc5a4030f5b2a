"""Questions as tests ask them: a feeder, profiles, and what is asked in flat names."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from simulator.grid.limits import Limits
from simulator.grid.profiles import Profiles, read_profiles
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.questions.question import Question
from simulator.studies.compare import comparison
from simulator.studies.compare.question import CompareQuestion
from simulator.studies.day import day as days
from simulator.studies.day.question import DayQuestion
from simulator.studies.feeders import day_status as statuses
from simulator.studies.measures import measures as helps
from simulator.studies.monte_carlo import monte_carlo as chances
from simulator.studies.monte_carlo.answer import MonteCarlo
from simulator.studies.monte_carlo.question import MonteCarloQuestion
from simulator.studies.nodes import nodes as rooms
from simulator.studies.nodes.question import NodesQuestion
from simulator.studies.run import snapshot
from simulator.studies.run.question import RunQuestion
from simulator.studies.standards import standards as standard
from simulator.studies.standards.question import StandardsQuestion
from simulator.studies.sweep import hosting_capacity
from simulator.studies.sweep.question import SweepQuestion
from simulator.studies.task import ALONE, Alone
from simulator.studies.why import why as reasons
from simulator.studies.why.question import WhyQuestion
from simulator.technologies.powers import Powers


def asking(
    feeder: Feeder, profiles: Profiles | None = None, pv: float = 0.0, battery: float = 0.0, **own: Any
) -> Question:
    """Return a question with the standard profiles, or others."""
    subject = Subject(feeder, profiles or read_profiles())
    return Question(subject=subject, adoption={"pv": pv, "battery": battery}, **own)


def run_question(
    feeder: Feeder, profiles: Profiles, pv: float, battery: float = 0.0, **own: Any
) -> RunQuestion:
    """Return the question of a quarter-hour, noon where none is given."""
    return asking(feeder, profiles, pv, battery).asking(RunQuestion).model_copy(update=own)


def powers(feeder: Feeder, profiles: Profiles, pv: Sequence[float], battery: float) -> Powers:
    """Return the table of powers at levels of PV."""
    question = asking(feeder, profiles, battery=battery)
    return question.powers(question.adopting("pv", pv))


def injections(
    feeder: Feeder, profiles: Profiles, pv: Sequence[float], battery: float, steps: Sequence[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Return kW and kvar at the feeder's ports."""
    return powers(feeder, profiles, pv, battery).at(steps).inject(asking(feeder, profiles).ports)


def sweep(
    feeder: Feeder,
    profiles: Profiles,
    steps: Sequence[int],
    battery_adoption: float,
    limits: Limits,
    pv_power_factor: float = 1.0,
) -> hosting_capacity.Sweep:
    """Answer a sweep."""
    asked = asking(
        feeder, profiles, battery=battery_adoption, limits=limits, power_factors={"pv": pv_power_factor}
    )
    return hosting_capacity.sweep(asked.asking(SweepQuestion, steps=tuple(steps)))


def day(
    feeder: Feeder,
    profiles: Profiles,
    pv_adoption: float,
    battery_adoption: float,
    limits: Limits,
    date: str | None = None,
) -> days.Day:
    """Answer a day."""
    asked = asking(feeder, profiles, pv_adoption, battery_adoption, limits=limits)
    return days.day(asked.asking(DayQuestion, date=date))


def standards(feeder: Feeder, profiles: Profiles, **asked: Any) -> standard.Standards:
    """Answer the sweep under every limit set."""
    return standard.standards(StandardsQuestion.read(Subject(feeder, profiles), asked))


class Telling(Alone):
    """Keeps what a task reports of its progress."""

    def __init__(self) -> None:
        self.told: list[float] = []

    def report(self, share: float) -> None:
        """Keep it."""
        self.told.append(share)


def monte_carlo_question(feeder: Feeder, profiles: Profiles, **asked: Any) -> MonteCarloQuestion:
    """Return a question of chance."""
    return MonteCarloQuestion.read(Subject(feeder, profiles), asked)


def monte_carlo(feeder: Feeder, profiles: Profiles, **asked: Any) -> MonteCarlo:
    """Answer Monte Carlo."""
    by = asked.pop("asking", ALONE)
    return chances.monte_carlo(monte_carlo_question(feeder, profiles, **asked), by)


def nodes(feeder: Feeder, profiles: Profiles, **asked: Any) -> rooms.Nodes:
    """Answer nodes."""
    by = asked.pop("asking", ALONE)
    return rooms.nodes(NodesQuestion.read(Subject(feeder, profiles), asked), by)


def ask_why(feeder: Feeder, profiles: Profiles, **asked: Any) -> reasons.Why:
    """Answer why."""
    return reasons.why(WhyQuestion.read(Subject(feeder, profiles), asked))


def measures(feeder: Feeder, profiles: Profiles, **asked: Any) -> helps.Measures:
    """Answer what helps."""
    return helps.measures(SweepQuestion.read(Subject(feeder, profiles), asked))


def simulate(feeder: Feeder, profiles: Profiles, scenario: Any) -> snapshot.Snapshot:
    """Answer a scenario's quarter-hour."""
    return snapshot.simulate(of_scenario(feeder, profiles, scenario))


def of_scenario(feeder: Feeder, profiles: Profiles, scenario: Any) -> RunQuestion:
    """Return the question that a scenario comes from."""
    return RunQuestion(
        subject=Subject(feeder, profiles),
        adoption=scenario.adoption,
        step=scenario.step,
        limits=scenario.limits,
    )


def compare(
    feeder: Feeder, profiles: Profiles, scenario: Any, steps: Sequence[int]
) -> comparison.ComparedFeeder:
    """Answer a feeder's row of the comparison."""
    asked = of_scenario(feeder, profiles, scenario).asking(
        CompareQuestion, step=scenario.step, steps=tuple(steps)
    )
    return comparison.compare(asked)


def day_status(
    feeder: Feeder, profiles: Profiles, pv_adoption: float, battery_adoption: float, limits: Limits
) -> statuses.DayStatus:
    """Answer the worst quarter-hour of a day."""
    return statuses.day_status(asking(feeder, profiles, pv_adoption, battery_adoption, limits=limits))
