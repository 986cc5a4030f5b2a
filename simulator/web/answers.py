"""Answers from the cache, or computed once and kept for 300 seconds."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from django.core.cache import cache
from django.http import HttpResponse

from simulator.grid.subject import Subject
from simulator.powerflow.batch import SOLVER_VERSION
from simulator.studies.progress import Progress
from simulator.web.jobs import JOBS
from simulator.web.metrics import METRICS

T = TypeVar("T")

_locks = [Lock() for _ in range(64)]  # equal questions share a lock, so that one computes and the rest wait
_NOTHING = object()


@dataclass
class Answers:
    """The answers behind one page: whether all came from the cache, and how long they took together."""

    asked: int = 0
    hits: int = 0
    seconds: float = 0.0

    @property
    def from_cache(self) -> bool:
        """Whether every answer came from the cache."""
        return self.hits == self.asked

    def get(self, study: str, subject: Subject, question: dict[str, Any], compute: Callable[[], T]) -> T:
        """Return the answer to a question on a feeder.

        The question is plain data; with the study, the subject's content and the solver's version it makes
        the key. ``compute`` must not ask for another answer: it runs under the question's lock.
        """
        start = time.perf_counter()
        key = _key(study, subject, question)
        with _locks[int(key[:8], 16) % len(_locks)]:
            value = cache.get(key, _NOTHING)
            hit = value is not _NOTHING
            if not hit:
                value = compute()
                cache.set(key, value)
        self._note(start, hit=hit)
        return value  # type: ignore[no-any-return]

    def get_long(
        self,
        study: str,
        subject: Subject,
        question: dict[str, Any],
        compute: Callable[[Progress], T],
        patience_s: float | None,
    ) -> T:
        """Return the answer to a question whose work may take long, done in a thread of its own.

        Raises: UnfinishedError where it is not there after ``patience_s``; None waits for it.
        """
        start = time.perf_counter()
        key = _key(study, subject, question)

        def work(progress: Progress) -> Any:
            value = cache.get(key, _NOTHING)  # it may just have become known
            if value is _NOTHING:
                value = compute(progress)
                cache.set(key, value)
            return value

        value = cache.get(key, _NOTHING)
        hit = value is not _NOTHING
        if not hit:
            value = JOBS.wait(JOBS.start(key, work), patience_s)
        self._note(start, hit=hit)
        return value  # type: ignore[no-any-return]

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
        return f"{source} in {self.seconds * 1000:.1f} ms"


def _key(study: str, subject: Subject, question: dict[str, Any]) -> str:
    content = [study, SOLVER_VERSION, *subject.content, question]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
