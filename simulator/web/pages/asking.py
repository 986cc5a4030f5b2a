"""Studies as the web asks for them: with the profiles at hand, and by way of the cache."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from simulator.grid.errors import QuestionError
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.models import FeederRecord
from simulator.studies.unusable import UNUSABLE, Listed, Unusable, reason_of
from simulator.web.work.pool import BusyError

T = TypeVar("T")


def ask_each(records: Iterable[FeederRecord], ask: Callable[[Subject], T]) -> Listed[Feeder, T]:
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
