"""Every feeder's day in one line: from the database where it is known, else computed and kept there."""

import hashlib
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import DatabaseError, connection, transaction

from simulator.grid.errors import QuestionError
from simulator.grid.limits import Limits
from simulator.grid.subject import Subject
from simulator.grid.summary import FeederSummary
from simulator.models import DayStatusRecord, FeederRecord, contents_of
from simulator.powerflow.batch import SOLVER_VERSION
from simulator.questions.question import Question
from simulator.studies.feeders.day_status import DAY_STATUS, DayLine, DayStatus
from simulator.studies.feeders.line import FORM, FeederLine
from simulator.studies.unusable import UNUSABLE, Listed, Unusable, reason_of
from simulator.web.work.answers import Answers
from simulator.web.work.executor import EXECUTOR
from simulator.web.work.job import Job
from simulator.web.work.pool import BusyError

Found = Listed[FeederSummary, DayLine]
AT_ONCE_S = 0.4  # what is not known is computed in the request for so long
TOGETHER = 50  # lines that are kept at once


@dataclass
class Listing:
    """Feeders' lines by their records' keys, and those that cannot be computed."""

    lines: dict[int, FeederLine] = field(default_factory=dict)
    unusable: list[Unusable] = field(default_factory=list)

    def __len__(self) -> int:
        """Return how many feeders are listed."""
        return len(self.lines) + len(self.unusable)


@dataclass
class DayLines:
    """What each feeder's day comes to under one question, in flat names; the ``usual`` one is always kept."""

    answers: Answers
    asked: Mapping[str, Any]
    usual: Mapping[str, Any]

    def of(self, records: Sequence[FeederRecord], patience_s: float | None) -> Found:
        """Return each feeder and its day, in the records' order, and those that cannot be computed.

        Raises: UnfinishedError where they are not all known after ``patience_s``; None waits.
        """
        start, known = time.perf_counter(), DayStatusRecord.objects.known(_key(self.asked))
        as_kept = contents_of(records).items()
        kept = {pk: known[pk, content] for pk, content in as_kept if (pk, content) in known}
        found = Listing({each.pk: each.line(kept[each.pk]) for each in records if each.pk in kept})
        self.answers.count_known(len(found), time.perf_counter() - start)
        missing = [record for record in records if record.pk not in found.lines]
        if patience_s is None:
            with EXECUTOR.turn.aside():
                self._compute(missing, found, None)
        elif left := missing[self._compute(missing, found, AT_ONCE_S) :]:
            key = f"days-{_key(self.asked)}-{hash(tuple(record.pk for record in records))}"
            EXECUTOR.aside(key, lambda job: self._fill(left, job), self.answers.asker, patience_s)
            self._compute(left, found, None)  # from the cache
        lines = [found.lines[record.pk] for record in records if record.pk in found.lines]
        return Listed([(line.feeder, line.day) for line in lines], found.unusable)

    def states(
        self, records: Sequence[FeederRecord]
    ) -> Iterator[tuple[FeederRecord, np.ndarray, np.ndarray]]:
        """Yield records with their voltages and line loadings at the day's tightest quarter-hour."""
        kept = DayStatusRecord.objects.filter(question=_key(self.asked), feeder__in=records)
        known = {(each.feeder_id, each.content): each.state for each in kept}
        contents = contents_of(records)
        for record in FeederRecord.objects.in_bulk([each.pk for each in records]).values():
            if state := known.get((record.pk, contents[record.pk])):
                vm_pu, line_loading = np.split(np.frombuffer(bytes(state)), [len(record.feeder.buses)])
            else:
                status = self._status(record.subject)
                vm_pu, line_loading = status.vm_pu, status.line_loading
            yield record, vm_pu, line_loading

    def _compute(self, records: Sequence[FeederRecord], into: Listing, most_s: float | None) -> int:
        """Compute and keep lines, for so long; return of how many records."""
        start, done, made, contents = time.perf_counter(), 0, [], contents_of(records)
        for record in records:
            if most_s is not None and time.perf_counter() - start > most_s:
                break
            done += 1
            try:
                made.append(self._made(record, contents[record.pk]))
                into.lines[record.pk] = record.line(made[-1].listed)
            except (*UNUSABLE, QuestionError, BusyError) as error:
                said = (record.feeder_id, record.name, record.archetype, reason_of(error))
                into.unusable.append(Unusable(*said))
        # A list is shown as well where nothing can be written, or where a feeder has gone meanwhile.
        with suppress(DatabaseError), transaction.atomic():
            DayStatusRecord.objects.keep(made, spare=_key(self.usual))
        return done

    def _made(self, record: FeederRecord, content: str) -> DayStatusRecord:
        """Return what is to be kept of a feeder's day."""
        subject = record.subject
        status = self._status(subject)
        return DayStatusRecord(
            feeder=record,
            question=_key(self.asked),
            content=content,
            listed=FeederLine.of(subject.feeder, status).plain,
            state=np.concatenate([status.vm_pu, status.line_loading]).astype(float).tobytes(),
        )

    def _status(self, subject: Subject) -> DayStatus:
        """Return a feeder's day; its cost is bounded by itself, not the list's."""
        alone = Answers(self.answers.asker)
        status = alone.ask(DAY_STATUS, Question.read(subject, self.asked), here=True)
        self.answers.add(alone)
        return status

    def _fill(self, records: Sequence[FeederRecord], job: Job) -> None:
        """Compute lines in a thread of its own, some at a time."""
        try:
            for start in range(0, len(records), TOGETHER):
                job.report(start / len(records))
                self._compute(records[start : start + TOGETHER], Listing(), None)
        finally:
            connection.close()


def _key(asked: Mapping[str, Any]) -> str:
    """Return what lines are kept under, beside their feeder's content."""
    told = [DAY_STATUS.name, SOLVER_VERSION, FORM, asked]
    content = json.dumps(told, sort_keys=True, default=Limits.model_dump)
    return hashlib.sha256(content.encode()).hexdigest()
