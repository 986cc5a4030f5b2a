"""Answers from the cache, or computed once and kept for 300 seconds."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from django.http import HttpResponse

from simulator.grid.memory import MEMORY
from simulator.grid.subject import Subject
from simulator.powerflow.batch import SOLVER_VERSION
from simulator.studies.progress import Progress, silent
from simulator.studies.sizes import Size
from simulator.web.work.answer_cache import NOTHING, read, trouble, write
from simulator.web.work.askers import ANYBODY, Asker
from simulator.web.work.cost import AT_ONCE_S, Cost, estimate
from simulator.web.work.job import AbandonedError, Job, Work
from simulator.web.work.jobs import JOBS
from simulator.web.work.memory_cache import OWNER
from simulator.web.work.metrics import METRICS
from simulator.web.work.shared_work import do_once

T = TypeVar("T")

_locks = [Lock() for _ in range(64)]  # equal questions share a lock, so that one computes and the rest wait


@dataclass
class Answers:
    """The answers behind one page: who asks, whether all came from the cache, and how long they took."""

    asker: Asker = ANYBODY
    asked: int = 0
    hits: int = 0
    seconds: float = 0.0
    cost_s: float = 0.0  # of processor, foreseen for what has been computed so far

    @property
    def from_cache(self) -> bool:
        """Whether every answer came from the cache."""
        return self.hits == self.asked

    @contextmanager
    def within(self, most_s: float) -> Iterator[None]:
        """Refuse, within a block, questions that cost more."""
        usual = self.asker
        self.asker = usual.within(most_s)
        try:
            yield
        finally:
            self.asker = usual

    def get(self, study: str, subject: Subject, question: dict[str, Any], compute: Callable[[], T]) -> T:
        """Return the answer to a question on a feeder.

        The question is plain data; with the study, the subject's content and the solver's version it makes
        the key. ``compute`` must not ask for another answer: it runs under the question's lock.
        """
        start = time.perf_counter()
        key = _key(study, subject, question)
        with _locks[int(key[:8], 16) % len(_locks)]:
            value = read(key)
            hit = value is not NOTHING
            if not hit:
                value = compute()
                write(key, value)
        self._note(start, hit=hit)
        return value  # type: ignore[no-any-return]

    def get_sized(  # noqa: PLR0913 - the parts of one question
        self,
        study: str,
        subject: Subject,
        question: dict[str, Any],
        compute: Callable[[Progress], T],
        size: Callable[[], Size],
        *,
        patience_s: float | None = None,
        long: bool = False,
    ) -> T:
        """Return the answer to a question whose work may take long.

        What costs little is done at once, unless ``long`` says otherwise; the rest in a thread of its own.

        Raises: QuestionError where it would cost more than whoever asks may ask for, before any work;
        UnfinishedError where it is not there after ``patience_s``, None waits for it; BusyError where too
        much long work is asked for already.
        """
        start = time.perf_counter()
        key = _key(study, subject, question)
        value = read(key)
        if value is not NOTHING:
            self._note(start, hit=True)
            return value  # type: ignore[no-any-return]
        job = JOBS.find(key)
        cost = None
        if job is None:
            cost = estimate(subject.feeder, size())
            cost.refuse_beyond(self.asker, self.cost_s)
            self.cost_s += cost.seconds
            if not long and cost.seconds <= AT_ONCE_S:
                return self.get(study, subject, question, lambda: compute(silent))

        def work(job: Job) -> Any:
            with MEMORY.working_for(subject.feeder.feeder_id):
                return do_once(key, job, compute)

        value = self._wait(key, work, cost, patience_s)
        self._note(start, hit=False)
        return value  # type: ignore[no-any-return]

    def _wait(self, key: str, work: Work, cost: Cost | None, patience_s: float | None) -> Any:
        """Return what a job finds; where it was being left when somebody came back, begin again."""
        try:
            return JOBS.wait(JOBS.start(key, work, self.asker, cost), patience_s, self.asker)
        except AbandonedError:
            if self.asker.gone():
                raise
            return JOBS.wait(JOBS.start(key, work, self.asker, cost), patience_s, self.asker)

    def _note(self, start: float, *, hit: bool) -> None:
        METRICS.answer(from_cache=hit)
        self.asked += 1
        self.hits += hit
        self.seconds += time.perf_counter() - start

    def mark(self, response: HttpResponse) -> None:
        """Write into a response's headers where its answer came from, and how long it took."""
        if not self.asked:
            return
        response["X-LVTwin-Cache"] = "hit" if self.from_cache else "miss"
        response["Server-Timing"] = f"answer;dur={self.seconds * 1000:.1f}"

    @property
    def words(self) -> str:
        """Where the answers came from and how long they took, for a page's foot."""
        source = "answered from cache" if self.from_cache else "computed"
        ill = trouble()
        return f"{source} in {self.seconds * 1000:.1f} ms" + (f". {ill.rstrip('.')}" if ill else "")


def _key(study: str, subject: Subject, question: dict[str, Any]) -> str:
    content = [study, SOLVER_VERSION, *subject.content, question]
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return f"{digest}{OWNER}{subject.feeder.feeder_id}"
