"""Whether a part of the site answers, asked in a thread of its own: no probe waits for a part that hangs."""

import time
from collections.abc import Callable
from threading import Event, Lock, Thread

WITHIN_S = 0.04  # what is not told by then is told as it was last
LATE_S = 2.0  # a part that has not answered for so long is ill


class Pulse:
    """The state of one part, in words, as it was when it last answered."""

    def __init__(self, check: Callable[[], str], late: str) -> None:
        self._check, self._late = check, late
        self._guard = Lock()
        self._last: str | None = None
        self._began = 0.0
        self._done = Event()
        self._done.set()

    def read(self) -> str:
        """Return what the part says within 40 ms, or said last; once it has hung for 2 s, that it does."""
        with self._guard:
            if self._done.is_set():
                self._began, self._done = time.monotonic(), Event()
                Thread(target=self._ask, args=(self._done,), name="pulse", daemon=True).start()
            done, began = self._done, self._began
        is_back = done.wait(LATE_S if self._last is None else WITHIN_S)
        if self._last is None or (not is_back and time.monotonic() - began > LATE_S):
            return self._late
        return self._last

    def _ask(self, done: Event) -> None:
        try:
            self._last = self._check()
        except Exception:
            self._last = self._late
            raise
        finally:
            done.set()
