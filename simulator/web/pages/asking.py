"""Studies as the web asks for them: with the profiles at hand, and by way of the cache."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeVar

from simulator.grid.errors import QuestionError
from simulator.grid.limits import Limits
from simulator.grid.subject import Subject
from simulator.models import FeederRecord
from simulator.studies.chance.quarter_hours import ALL_STEPS
from simulator.studies.compare.comparison import ComparedFeeder, compare
from simulator.studies.feeders.day_status import DayStatus, day_status
from simulator.studies.guidance import Finding, advise
from simulator.studies.progress import Progress
from simulator.studies.run.rules import RULES
from simulator.studies.run.situation import read_situation
from simulator.studies.run.snapshot import Snapshot, simulate
from simulator.studies.scenario import Scenario
from simulator.studies.sizes import day_size, sweep_size
from simulator.studies.unusable import UNUSABLE, Listed, Unusable, reason_of
from simulator.web.pages.studies import STUDIES
from simulator.web.work.answers import Answers
from simulator.web.work.jobs import BusyError, UnfinishedError

T = TypeVar("T")

SOON_S = 2.0  # of processor: what a page spends on saying what would help


def ask_each(records: Iterable[FeederRecord], ask: Callable[[Subject], T]) -> Listed[T]:
    """Return what is answered for each feeder, and those that cannot be computed as they are stored."""
    rows = []
    unusable = []
    for record in records:
        try:
            subject = record.subject
            rows.append((subject.feeder, ask(subject)))
        except (*UNUSABLE, QuestionError, BusyError) as error:  # the latter: too much for this list
            said = (record.feeder_id, record.name, record.archetype, reason_of(error))
            unusable.append(Unusable(*said))
    return Listed(rows, unusable)


def ask_snapshot(answers: Answers, subject: Subject, scenario: Scenario) -> Snapshot:
    """Return a scenario's snapshot."""
    return answers.get(
        "snapshot",
        subject,
        scenario.model_dump(),
        lambda: simulate(subject.feeder, subject.profiles, scenario),
    )


def ask_guidance(answers: Answers, subject: Subject, snapshot: Snapshot) -> tuple[Finding, ...]:
    """Return the guidance on a snapshot.

    How much the feeder hosts, and where something is violated what would help, are those of the whole day, if
    they are known soon: on a network so large that they are not, the guidance tells neither.
    """
    scenario, measures, swept = snapshot.scenario, None, None
    usual = {"hours": ALL_STEPS, "battery_adoption": scenario.battery_adoption, "limits": scenario.limits}
    patience_s = None if answers.asker.most_s is None else SOON_S  # a command has time
    with answers.within(SOON_S), suppress(QuestionError, BusyError, UnfinishedError):
        swept = STUDIES["sweep"].ask(answers, subject, usual, patience_s)
        if snapshot.violations:
            measures = STUDIES["measures"].ask(answers, subject, usual, patience_s)

    def compute() -> tuple[Finding, ...]:
        return advise(read_situation(subject.feeder, subject.profiles, snapshot, swept, measures), RULES)

    known = {"with_sweep": swept is not None, "with_measures": measures is not None}
    question = {**scenario.model_dump(), **known}
    return answers.get("guidance", subject, question, compute)


def ask_comparison(
    answers: Answers, subject: Subject, scenario: Scenario, hours: Sequence[int]
) -> ComparedFeeder:
    """Return a feeder's row of the comparison."""
    question = {**scenario.model_dump(), "hours": sorted(set(hours))}

    def work(progress: Progress) -> ComparedFeeder:
        return compare(subject.feeder, subject.profiles, scenario, hours)

    size = partial(sweep_size, subject.feeder, subject.profiles, hours=hours)
    return answers.get_sized("comparison", subject, question, work, size)


def ask_day_status(
    answers: Answers, subject: Subject, pv_adoption: float, battery_adoption: float, limits: Limits
) -> DayStatus:
    """Return a feeder's worst quarter-hour."""
    question = {"pv": pv_adoption, "battery": battery_adoption, "limits": limits.model_dump()}

    def work(progress: Progress) -> DayStatus:
        return day_status(subject.feeder, subject.profiles, pv_adoption, battery_adoption, limits)

    return answers.get_sized(
        "day_status", subject, question, work, partial(day_size, subject.feeder, subject.profiles)
    )
