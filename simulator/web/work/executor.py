"""What computes: the thread that asks, or threads of their own with a bar; equal questions once."""

import hashlib
import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, Generic, TypeVar

from simulator.grid.memory import MEMORY
from simulator.powerflow.batch import SOLVER_VERSION
from simulator.studies.rates import flow_s, is_known
from simulator.studies.task import A, Q, Task
from simulator.web.work.answer_cache import NOTHING, read, write
from simulator.web.work.askers import ANYBODY, Asker
from simulator.web.work.cost import AT_ONCE_S, Cost
from simulator.web.work.job import AbandonedError, Job
from simulator.web.work.memory_cache import OWNER
from simulator.web.work.pool import Pool
from simulator.web.work.shared_work import do_once
from simulator.web.work.turns import Turn

T = TypeVar("T")

Charge = Callable[[Cost], None]  # raises where whoever asks may not ask for as much


@dataclass(frozen=True)
class Asked(Generic[Q, A]):
    """A question put to a task."""

    task: Task[Q, A]
    question: Q

    @cached_property
    def key(self) -> str:
        """What its answer is kept under: task, solver's version, the subject's content, and what is asked."""
        subject = self.question.subject
        content = [self.task.name, SOLVER_VERSION, *subject.content, self.question.plain]
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        return f"{digest}{OWNER}{subject.feeder.feeder_id}"


class Executor:
    """Computes what is asked. ``turn`` is the requests' turn to compute; who waits for work gives it up."""

    def __init__(self) -> None:
        self.turn = Turn()
        self._pool = Pool(self.turn)

    def answer(
        self,
        asked: Asked[Q, A],
        asker: Asker,
        charge: Charge,
        patience_s: float | None,
        *,
        here: bool = False,
    ) -> tuple[A, bool]:
        """Return an answer, and whether it was computed for this asker.

        What costs little is done at once, as is all ``here``; the rest in a thread of its own.

        Raises: what ``charge`` raises, before any work; UnfinishedError where the answer is not there after
        ``patience_s``, None waits for it; BusyError where too much long work is asked for already.
        """
        job, cost = self._pool.find(asked.key), None
        if job is None and (cost := self._estimate(asked)):
            charge(cost)
        foreseen_s = job.cost_s if job else cost.seconds if cost else 0.0
        if here or (not asked.task.long and foreseen_s <= AT_ONCE_S):
            return self.at_once(asked, asker)

        def compute(job: Job) -> A:
            return do_once(asked.key, job, partial(self._compute, asked, job))

        def wait() -> A:
            found: A = self._pool.wait(self._pool.start(asked.key, compute, asker, cost), patience_s, asker)
            return found

        return _again(wait, asker), True

    def aside(self, key: str, compute: Callable[[Job], T], asker: Asker, patience_s: float | None) -> T:
        """Return what some work finds that is no task's, done in a thread of its own.

        Raises: UnfinishedError, BusyError and AbandonedError as ``answer`` does; what the work raises.
        """
        found: T = self._pool.wait(self._pool.start(key, compute, asker), patience_s, asker)
        return found

    def at_once(self, asked: Asked[Q, A], asker: Asker = ANYBODY) -> tuple[A, bool]:
        """Return an answer, and whether this thread computed it: another may be at it, or have done it."""
        computed = False

        def compute(job: Job) -> A:
            nonlocal computed
            value: A = read(asked.key)  # it may have become known since
            if value is NOTHING:
                computed = True
                value = self._compute(asked, job)
                write(asked.key, value)
            return value

        return _again(lambda: self._pool.here(asked.key, compute, asker), asker), computed

    def _compute(self, asked: Asked[Q, A], job: Job) -> A:
        with MEMORY.working_for(asked.question.feeder.feeder_id):
            return asked.task.compute(asked.question, AtWork(self, asked.task, job))

    def _estimate(self, asked: Asked[Q, A]) -> Cost | None:
        """Return what a question costs at most; the first on a network measures it, on a few power flows."""
        if asked.task.size is None:
            return None
        feeder, size = asked.question.feeder, asked.task.size(asked.question)
        with nullcontext() if is_known(feeder, size.kind) else self.turn.aside():
            seconds = size.flows * flow_s(feeder, size.kind)
        return Cost(size, len(feeder.buses), seconds)


@dataclass(frozen=True)
class AtWork:
    """A task at work in a job: what it needs is computed in its own thread where it is not known."""

    executor: Executor
    task: Task[Any, Any]
    job: Job

    def ask(self, task: Task[Q, A], question: Q) -> A:
        """Return the answer of a task that this one needs.

        Raises: LookupError for another; AbandonedError where nobody waits for the job any more.
        """
        if task not in self.task.needs:
            raise LookupError(f"{self.task.name} asks for {task.name}, which it does not say that it needs")
        asked = Asked(task, question)
        value: A = read(asked.key)
        if value is NOTHING:
            asker = replace(self.job.asker, gone=lambda: self.job.abandoned)
            value, _ = self.executor.at_once(asked, asker)
        return value

    soon = ask

    def report(self, share: float) -> None:
        """Tell how much of the job is done."""
        self.job.report(share)


def _again(ask: Callable[[], T], asker: Asker) -> T:
    """Return what is asked for; where it was being left when somebody came back, ask again."""
    try:
        return ask()
    except AbandonedError:
        if asker.gone():
            raise
        return ask()


EXECUTOR = Executor()
