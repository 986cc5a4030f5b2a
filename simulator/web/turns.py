"""Turns to compute, and stepping aside: who waits for work done elsewhere lets the next request go on."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Turn(Protocol):
    """What one request holds while it computes; a lock is one."""

    def acquire(self) -> object:
        """Wait for the turn."""

    def release(self) -> object:
        """Let the next request have it."""


_held: ContextVar[Turn | None] = ContextVar("turn", default=None)


@contextmanager
def in_turn(turn: Turn) -> Iterator[None]:
    """Hold a turn; whatever waits meanwhile may step aside."""
    turn.acquire()
    token = _held.set(turn)
    try:
        yield
    finally:
        _held.reset(token)
        turn.release()


@contextmanager
def aside() -> Iterator[None]:
    """Give the turn away while this request waits for a job or a PDF, and take one again afterwards."""
    turn = _held.get()
    if turn is None:
        yield
        return
    turn.release()
    token = _held.set(None)  # who waits within a wait gives nothing away
    try:
        yield
    finally:
        _held.reset(token)
        turn.acquire()
