"""Studies as the web asks for them: with the profiles at hand, and by way of the cache."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from simulator.grid.errors import QuestionError
from simulator.grid.subject import Subject
from simulator.models import FeederRecord
from simulator.questions.question import Question
from simulator.studies.compare.comparison import ComparedFeeder, compare
from simulator.studies.compare.question import CompareQuestion
from simulator.studies.feeders.day_status import DayStatus, day_status
from simulator.studies.progress import Progress
from simulator.studies.run.question import RunQuestion
from simulator.studies.run.snapshot import Snapshot, simulate
from simulator.studies.sizes import day_size, sweep_size
from simulator.studies.unusable import UNUSABLE, Listed, Unusable, reason_of
from simulator.web.work.answers import Answers
from simulator.web.work.jobs import BusyError

T = TypeVar("T")


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


def ask_snapshot(answers: Answers, question: RunQuestion) -> Snapshot:
    """Return a quarter-hour's snapshot."""
    return answers.get("snapshot", question.subject, question.plain, partial(simulate, question))


def ask_comparison(answers: Answers, question: CompareQuestion) -> ComparedFeeder:
    """Return a feeder's row of the comparison."""

    def work(progress: Progress) -> ComparedFeeder:
        return compare(question)

    size = partial(sweep_size, question)
    return answers.get_sized("comparison", question.subject, question.plain, work, size)


def ask_day_status(answers: Answers, question: Question) -> DayStatus:
    """Return a feeder's worst quarter-hour."""

    def work(progress: Progress) -> DayStatus:
        return day_status(question)

    size = partial(day_size, question)
    return answers.get_sized("day_status", question.subject, question.plain, work, size)
