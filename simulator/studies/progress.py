"""Progress of long work, told to whoever waits for it."""

from collections.abc import Callable

Progress = Callable[[float], None]


def silent(share: float) -> None:
    """Tell nobody how much is done."""
