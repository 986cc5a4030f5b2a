"""The turn to compute: one request has it at a time, the others stand in line, and the line has an end.

Python computes one thing at a time in any case: threads that take it from each other every few milliseconds
make all requests late (p95 of a mixed load 0.7 s), requests in turn make few late (below 0.2 s). Work that is
not this thread's own (a password's hash, a study that other threads compute) is waited for aside.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE_S = 1.5  # who has to wait longer is told to come again: with the work it would be two seconds
MAX_INSIDE = 32  # who computes, waits in line or aside; the server has more threads, for probes and files
_LONG_S, _WEIGHT = 0.5, 0.05  # one slow request says little about the next ones


class OverloadedError(Exception):
    """The turn would not come in time; ``seconds`` is when to ask again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"The site has more to compute than it can now; ask again in {seconds:.0f} s.")
        self.seconds = seconds


class Turn:
    """Who computes, and who waits for it, first come, first served.

    Units: seconds.
    """

    def __init__(self, patience_s: float = PATIENCE_S, most_inside: int = MAX_INSIDE) -> None:
        self.patience_s, self._most_inside = patience_s, most_inside
        self._guard = threading.Lock()
        self._line: deque[threading.Event] = deque()
        self._taken = False
        self._inside = 0
        self._usual_s = 0.02  # how long a turn has lasted of late
        self._mine = threading.local()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Have the turn for the length of a block.

        Raises: OverloadedError where it does not come within the patience, at once where that is foreseen.
        """
        with self._counted():
            self._take(self.patience_s)
            try:
                yield
            finally:
                self._pass_on()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let others compute while this thread waits or hashes; come back before all who stand in line.

        Without the turn, as outside requests, it does nothing.
        """
        if not getattr(self._mine, "since", None):
            yield
            return
        self._pass_on()
        try:
            yield
        finally:
            self._take(None)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._guard:
            if self._inside >= self._most_inside:
                raise OverloadedError(1 + len(self._line) * self._usual_s)
            self._inside += 1
        try:
            yield
        finally:
            with self._guard:
                self._inside -= 1

    def _take(self, patience_s: float | None) -> None:
        self._stand_in_line(patience_s)
        self._mine.since = time.monotonic()

    def _stand_in_line(self, patience_s: float | None) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            wait_s = len(self._line) * self._usual_s
            if patience_s is not None and wait_s > patience_s:
                raise OverloadedError(1 + wait_s)
            mine = threading.Event()
            (self._line.appendleft if patience_s is None else self._line.append)(mine)
        if not mine.wait(patience_s):
            self._leave(mine)

    def _leave(self, mine: threading.Event) -> None:
        with self._guard:
            if mine in self._line:  # else the turn came at the last moment
                self._line.remove(mine)
                raise OverloadedError(1 + self.patience_s)

    def _pass_on(self) -> None:
        lasted_s = time.monotonic() - self._mine.since
        self._mine.since = None
        with self._guard:
            self._usual_s += _WEIGHT * (min(lasted_s, _LONG_S) - self._usual_s)
            if self._line:
                self._line.popleft().set()
            else:
                self._taken = False
