"""Work under way, equal work once: in the thread that asks, or in threads of its own where it takes long.

Long work is asked for again and again, or left.

Each account and each address has a line of its own, and the lines take turns: nobody waits for all that
somebody else has asked for.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Lock
from typing import Any

from simulator.grid.errors import TwinError
from simulator.web.work.askers import ANYBODY, Asker
from simulator.web.work.cost import Cost
from simulator.web.work.job import AbandonedError, Job, Work
from simulator.web.work.lines import Lines
from simulator.web.work.turns import Turn

MAX_WAITING = 12  # requests that wait to the end, fewer than the server's threads
MAX_OF_ONE = 3  # of them, or of jobs, for one account or address
MAX_IN_LINE = 20  # jobs that have not begun
HEAVY_S = 10.0  # of processor: work that may cost more leaves one worker to the others
LOOK_S = 0.5  # how often a request that waits looks whether its client is still there


class UnfinishedError(TwinError):
    """The work goes on: the page shows how far it is."""

    def __init__(self, job: Job) -> None:
        super().__init__("still computing")
        self.job = job


class BusyError(TwinError):
    """Too much long work is asked for already; ``seconds`` is when to ask again."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = round(min(max(seconds, 2), 60))


class Pool:
    """The work under way, by key: equal questions share it. Who waits gives up the ``turn`` meanwhile."""

    def __init__(self, turn: Turn, workers: int = 2, most_waiting: int = MAX_WAITING) -> None:
        self._turn, self._workers, self._most_waiting = turn, workers, most_waiting
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="study")
        self._jobs: dict[str, Job] = {}
        self._lines = Lines()
        self._running: list[Job] = []
        self._waiting: list[str] = []  # the askers of requests that wait to the end
        self._lock = Lock()

    def find(self, key: str) -> Job | None:
        """Return the job of a key, where it is under way."""
        with self._lock:
            return self._jobs.get(key)

    def start(self, key: str, compute: Work, asker: Asker = ANYBODY, cost: Cost | None = None) -> Job:
        """Return the job of a key, put in line now unless it is under way.

        Raises: BusyError where the asker's line, or all lines together, are full.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job is None:
                self._drop_abandoned()
                self._refuse_excess(asker)
                job = self._jobs[key] = Job(key, compute, asker, cost)
                self._lines.add(job)
                self._pool.submit(self._work)
            elif not job.running and len(self._running) < self._workers:
                self._pool.submit(self._work)  # what held it back in line may be left by now
            job.asked = time.monotonic()
            job.starts += 1
        return job

    def here(self, key: str, compute: Work, asker: Asker = ANYBODY) -> Any:
        """Return what a key's work finds; this thread does it unless another is at it already.

        Work in line is taken out of it: who needs it waits for no worker, each of which may wait itself.

        Raises: AbandonedError where the client has gone meanwhile; what the work raises.
        """
        with self._lock:
            job = self._jobs.get(key)
            mine = job is None or bool(self._lines.drop(lambda each: each is job))
            if job is None:
                job = self._jobs[key] = Job(key, compute, asker, None)
            job.waiting += 1
            job.starts += 1
        try:
            if mine:
                self._run(job)
            with self._turn.aside() if not mine else nullcontext():
                return _result(job, None, asker.gone)
        finally:
            with self._lock:
                job.leave(gone=asker.gone())

    def wait(self, job: Job, patience_s: float | None, asker: Asker = ANYBODY) -> Any:
        """Return a job's result; None waits to the end, as long as the client does.

        Raises: UnfinishedError after the patience, which begins with the job; BusyError where too many wait
        to the end; AbandonedError where the client has gone; what the work raises.
        """
        to_the_end = patience_s is None
        with self._lock:
            if to_the_end:
                self._refuse_waiting(asker)
                self._waiting.append(asker.key)
            job.waiting += 1
        until = None if patience_s is None else job.began + patience_s
        try:
            with self._turn.aside():
                return _result(job, until, asker.gone)
        finally:
            with self._lock:
                job.leave(gone=asker.gone())
                if to_the_end:
                    self._waiting.remove(asker.key)

    def _refuse_excess(self, asker: Asker) -> None:
        under_way = (*self._running, *self._lines)
        mine = len([job for job in under_way if job.asker.key == asker.key and not job.quiet])
        if asker.key and mine >= MAX_OF_ONE and not self._gives_way(asker):
            raise BusyError(
                f"{mine} long studies of yours are being computed or wait; {AGAIN}", self._wait_s()
            )
        if len(self._lines) >= MAX_IN_LINE:
            raise BusyError(f"{len(self._lines)} long studies wait to be computed; {AGAIN}", self._wait_s())

    def _gives_way(self, asker: Asker) -> bool:
        """Drop the oldest question in line that only a page of theirs asks for: they have asked on since."""
        left = [job for job in self._lines if job.asker.key == asker.key and not job.waiting]
        if left:
            oldest = min(left, key=lambda job: job.asked)
            self._drop(lambda job: job is oldest)
        return bool(left)

    def _refuse_waiting(self, asker: Asker) -> None:
        mine = self._waiting.count(asker.key) if asker.key else 0
        if mine >= MAX_OF_ONE or len(self._waiting) >= self._most_waiting:
            whose = "of yours " if mine >= MAX_OF_ONE else ""
            raise BusyError(f"Other requests {whose}wait for long work; {AGAIN}", self._wait_s())

    def _wait_s(self) -> float:
        """Return how long all that is under way may take."""
        return sum((job.cost_s for job in (*self._running, *self._lines)), 0.0) / self._workers

    def _drop_abandoned(self) -> None:
        self._drop(lambda job: job.abandoned)

    def _drop(self, left: Callable[[Job], bool]) -> None:
        for job in self._lines.drop(left):
            del self._jobs[job.key]
            job.future.set_exception(AbandonedError("nobody waits for this any more"))

    def _next(self) -> Job | None:
        """Take the job whose turn it is: of an asker with none under way, light where others are heavy."""
        with self._lock:
            self._drop_abandoned()
            busy = {job.asker.key for job in self._running if job.asker.key and not job.quiet}
            heavy = [job for job in self._running if job.cost_s > HEAVY_S]
            spare = self._workers == 1 or len(heavy) < self._workers - 1
            job = self._lines.take(lambda job: job.asker.key not in busy and (spare or job.cost_s <= HEAVY_S))
            if job is not None:
                self._running.append(job)
            return job

    def _work(self) -> None:
        """Do jobs, one after the other, until none may begin."""
        while (job := self._next()) is not None:
            self._run(job)

    def _run(self, job: Job) -> None:
        """Do a job; who waits for it goes on once nobody can find it under way any more."""
        done = job.run()
        with self._lock:
            self._running = [each for each in self._running if each is not job]
            del self._jobs[job.key]
        done()


AGAIN = "ask again in a moment."


def _result(job: Job, until: float | None, gone: Callable[[], bool]) -> Any:
    """Return a job's result, looking now and then whether anybody still waits for it."""
    while True:
        left = LOOK_S if until is None else min(LOOK_S, until - time.monotonic())
        try:
            return job.future.result(max(left, 0))
        except TimeoutError:
            if job.future.done():
                raise  # the work's own
        if gone():
            raise AbandonedError("the client has hung up")
        if until is not None and time.monotonic() >= until:
            raise UnfinishedError(job)
