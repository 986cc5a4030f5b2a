"""The answers behind one page: asked for, counted, and told where they came from."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.http import HttpResponse

from simulator.grid.errors import QuestionError
from simulator.powerflow.sweep import engine
from simulator.studies.task import A, Q, Task
from simulator.web.work.answer_cache import NOTHING, read, trouble
from simulator.web.work.askers import ANYBODY, Asker
from simulator.web.work.cost import Cost
from simulator.web.work.executor import EXECUTOR, Asked
from simulator.web.work.metrics import METRICS
from simulator.web.work.pool import BusyError, UnfinishedError

SOON_S = 2.0  # of processor: what a page spends on what it can do without


@dataclass
class Answers:
    """Who asks, whether all answers came from the cache, and how long they took."""

    asker: Asker = ANYBODY
    asked: int = 0
    hits: int = 0
    seconds: float = 0.0
    cost_s: float = 0.0  # of processor, foreseen for what has been computed so far

    @property
    def from_cache(self) -> bool:
        """Whether every answer came from the cache."""
        return self.hits == self.asked

    def ask(self, task: Task[Q, A], question: Q, patience_s: float | None = None, *, here: bool = False) -> A:
        """Return the answer to a question, from the cache where it is there; ``here`` leaves no thread to it.

        Raises: QuestionError where the study refuses the question, or where it would cost more than whoever
        asks may ask for; UnfinishedError where it is not there after ``patience_s``, None waits for it;
        BusyError where too much long work is asked for already.
        """
        if not task.kept:
            return task.compute(question, self)
        start, asked = time.perf_counter(), Asked(task, question)
        value = read(asked.key)
        hit = value is not NOTHING
        if not hit:
            value, computed = EXECUTOR.answer(asked, self.asker, self._charge, patience_s, here=here)
            hit = not computed
        METRICS.answer(from_cache=hit)
        self.asked += 1
        self.hits += hit
        self.seconds += time.perf_counter() - start
        return value  # type: ignore[no-any-return]

    def count_known(self, count: int, seconds: float) -> None:
        """Count answers that were kept elsewhere than in the cache."""
        self.asked += count
        self.hits += count
        self.seconds += seconds

    def add(self, other: "Answers") -> None:
        """Count what was asked for apart."""
        self.asked += other.asked
        self.hits += other.hits
        self.seconds += other.seconds

    def soon(self, task: Task[Q, A], question: Q) -> A | None:
        """Return an answer that costs little, or is there within two seconds; None where it is not."""
        patience_s = None if self.asker.most_s is None else SOON_S  # a command has time
        with self._within(SOON_S), suppress(QuestionError, BusyError, UnfinishedError):
            return self.ask(task, question, patience_s)
        return None

    def report(self, share: float) -> None:
        """Tell nobody: what puts answers together is done when they are there."""

    @contextmanager
    def _within(self, most_s: float) -> Iterator[None]:
        """Refuse, within a block, questions that cost more."""
        usual = self.asker
        self.asker = usual.within(most_s)
        try:
            yield
        finally:
            self.asker = usual

    def _charge(self, cost: Cost) -> None:
        cost.refuse_beyond(self.asker, self.cost_s)
        self.cost_s += cost.seconds

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
        dense = f"Solved by full matrices: {why}" if (why := engine.trouble()) else ""
        told = [f"{source} in {self.seconds * 1000:.1f} ms", trouble(), dense]
        return ". ".join(each.rstrip(".") for each in told if each)
