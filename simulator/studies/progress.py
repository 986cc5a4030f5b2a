"""Progress of long work, told to whoever waits for it."""

from collections.abc import Callable

Progress = Callable[[float], None]
