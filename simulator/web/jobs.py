"""Work that takes longer than a page may: done in threads of its own, asked for again and again, or left."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any

from simulator.grid.errors import TwinError
from simulator.studies.progress import Progress
from simulator.web.turns import aside

ABANDONED_S = 20  # a page asks every half second; after this long nobody is waiting any more
MOST_WAITING = 4  # of the server's eight threads; the others answer everybody else


class UnfinishedError(TwinError):
    """The work goes on: the page shows how far it is."""

    def __init__(self, job: "Job") -> None:
        super().__init__("still computing")
        self.job = job


class BusyError(TwinError):
    """Too many requests wait for long work."""


class AbandonedError(TwinError):
    """Nobody waits for this work any more."""


class Job:
    """One piece of work: the share done, and whether anybody still asks for it."""

    def __init__(self) -> None:
        self.future: Future[Any] = Future()
        self.share = 0.0
        self.began = self.asked = time.monotonic()
        self.waiting = 0

    @property
    def percent(self) -> int:
        """How much is done."""
        return int(100 * self.share)

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.monotonic() - self.began

    def report(self, share: float) -> None:
        """Note the share done.

        Raises: AbandonedError where nobody has asked for the work for a while.
        """
        self.share = share
        if not self.waiting and time.monotonic() - self.asked > ABANDONED_S:
            raise AbandonedError("nobody waits for this any more")


class Jobs:
    """The work under way, by key: equal questions share it."""

    def __init__(self, workers: int = 2) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="study")
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()

    def start(self, key: str, compute: Callable[[Progress], Any]) -> Job:
        """Return the job of a key, started now unless it is under way."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None:
                job = self._jobs[key] = Job()
                job.future = self._pool.submit(self._work, key, job, compute)
            job.asked = time.monotonic()
        return job

    def wait(self, job: Job, patience_s: float | None) -> Any:
        """Return a job's result; None waits to the end.

        Raises: UnfinishedError after the patience; BusyError where too many wait to the end; what the work
        raises.
        """
        with self._lock:
            if patience_s is None and sum(each.waiting for each in self._jobs.values()) >= MOST_WAITING:
                raise BusyError("Other long studies are being computed; ask again in a moment.")
            job.waiting += 1
        try:
            with aside():
                return job.future.result(patience_s)
        except TimeoutError:
            raise UnfinishedError(job) from None
        finally:
            with self._lock:
                job.waiting -= 1
                job.asked = time.monotonic()

    def _work(self, key: str, job: Job, compute: Callable[[Progress], Any]) -> Any:
        try:
            return compute(job.report)
        finally:
            with self._lock:
                del self._jobs[key]


JOBS = Jobs()
