"""Power flows watched while they are solved: counted, and ended where nobody waits for them any more.

Who starts a study sets a watch around it; the solver tells it of each chunk of cases before it solves them.
A watch ends the study by raising. Threads that a study starts take the watch along with its context.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Watch = Callable[[int], None]

_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Tell ``watch`` of every chunk of power flows within, by its number of cases, and who watches around."""
    around = _watch.get()

    def both(cases: int) -> None:
        if around is not None:
            around(cases)
        watch(cases)

    token = _watch.set(both)
    try:
        yield
    finally:
        _watch.reset(token)


def tell_watch(cases: int) -> None:
    """Tell whoever watches that so many cases are solved next.

    Raises: whatever the watch raises to end the work.
    """
    watch = _watch.get()
    if watch is not None:
        watch(cases)
