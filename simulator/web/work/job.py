"""One piece of long work: how far it is, what it has cost, and whether anybody still asks for it."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from math import inf
from typing import Any

from simulator.grid.errors import QuestionError, TwinError
from simulator.powerflow.watch import watched
from simulator.web.work.askers import Asker
from simulator.web.work.cost import Cost

ABANDONED_S = 6  # a page asks every half second, every second behind others; after this long nobody waits
QUIET_S = 2.0  # a page that has not asked for so long is left, most likely: its person may ask on
TEND_S = 2.0
STOPPED_AFTER = 3  # times the processor time that it may cost

Work = Callable[["Job"], Any]


class AbandonedError(TwinError):
    """Nobody waits for this work any more."""


class TooSlowError(QuestionError):
    """The work has cost far more than was foreseen."""


class Job:
    """Work in line, under way or done. Its ``future`` holds the result.

    ``cost_s`` is the processor time that it is expected to cost at most, ``flows`` the power flows, 0 where
    neither is known; ``spent_s`` and ``solved`` are what it has come to.
    """

    def __init__(self, key: str, compute: Work, asker: Asker, cost: Cost | None) -> None:
        self.key, self.asker = key, asker
        self.cost_s, self.flows = (cost.seconds, cost.size.flows) if cost else (0.0, 0)
        self.future: Future[Any] = Future()
        self.share = self.spent_s = 0.0
        self.solved = self.waiting = self.starts = 0
        self.running = False
        self.began = self.asked = time.monotonic()
        self.tend: Callable[[float], bool] | None = None  # told the share; says whether others wait elsewhere
        self._compute, self._tended = compute, 0.0
        self._clocks: dict[int, float] = {}

    @property
    def percent(self) -> int:
        """How much is done."""
        return int(100 * self.share)

    @property
    def words(self) -> str:
        """How far it is: in line, or how much is done, in tenths where that is little."""
        if not self.running:
            return "In line behind other long work"
        percent = 100 * self.share
        return (
            f"Computing: {percent:.{0 if percent >= 10 else 1}f} % done" if percent >= 0.05 else "Computing"
        )

    @property
    def seconds(self) -> float:
        """How long ago it was asked for."""
        return time.monotonic() - self.began

    @property
    def abandoned(self) -> bool:
        """Whether nobody has asked for it for a while."""
        return not self.waiting and time.monotonic() - self.asked > ABANDONED_S

    @property
    def quiet(self) -> bool:
        """Whether nobody seems to look at it at present."""
        return not self.waiting and time.monotonic() - self.asked > QUIET_S

    def leave(self, *, gone: bool) -> None:
        """Note that a request waits no longer; where its client has gone and no other asked, nobody does."""
        self.waiting -= 1
        if not gone:
            self.asked = time.monotonic()
        elif self.starts == 1:
            self.asked = -inf

    def report(self, share: float) -> None:
        """Note the share done.

        Raises: AbandonedError where nobody has asked for the work for a while.
        """
        self.share = share
        self.check()

    def check(self) -> None:
        """Go on only where somebody waits.

        Raises: AbandonedError where nobody has asked for the work for a while.
        """
        if self.tend is not None and (self.abandoned or time.monotonic() - self._tended > TEND_S):
            self._tended = time.monotonic()
            if self.tend(self.share):
                self.asked = self._tended
        if self.abandoned:
            raise AbandonedError("nobody waits for this any more")

    def watch(self, cases: int) -> None:
        """Count power flows that are about to be solved, and what those before have cost.

        Raises: AbandonedError, or TooSlowError where the work has cost far more than was foreseen.
        """
        self.check()
        self.solved += cases
        if self.flows:
            self.share = max(self.share, min(self.solved / self.flows, 0.99))
        self._spend()
        if self.cost_s and self.spent_s > STOPPED_AFTER * max(self.cost_s, self.asker.most_s or self.cost_s):
            raise TooSlowError(
                "feeder_id",
                f"Stopped after {self.spent_s:.0f} s of processor; {self.cost_s:.0f} s were foreseen. "
                "Power flows near voltage collapse take longest: ask for less PV, or fewer quarter-hours.",
            )

    def _spend(self) -> None:
        """Add what this thread has computed since it was last seen; a thread that is new began at nought."""
        thread, now = threading.get_ident(), time.thread_time()
        before = self._clocks.get(thread, 0.0)
        self._clocks[thread] = now
        self.spent_s += now - before if now >= before else now

    def run(self) -> Callable[[], None]:
        """Do the work, and return what hands its result to those who wait."""
        self.running = True
        self._clocks[threading.get_ident()] = time.thread_time()
        try:
            with watched(self.watch):
                self.check()
                return partial(self.future.set_result, self._compute(self))
        except BaseException as error:  # noqa: BLE001 - whoever waits raises it
            return partial(self.future.set_exception, error)
