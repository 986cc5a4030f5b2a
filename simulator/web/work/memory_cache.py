"""Django's cache in this process's memory, which shares its bound with all else that is kept there.

What a key has after its last ``@`` owns the entry: it goes with that feeder.
"""

import pickle
import time
from threading import RLock
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from simulator.grid.memory import MEMORY

OWNER = "@"


class MemoryCache(BaseCache):
    """Pickled values with the time at which each ends; as Django's own, but bounded by bytes."""

    _lock = RLock()

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Keep a value where there is none."""
        with self._lock:
            if self.has_key(key, version):
                return False
            self.set(key, value, timeout, version)
            return True

    def get(self, key: str, default: Any = None, version: Any = None) -> Any:
        """Return a value, or the default where there is none or its time is over."""
        entry = self._entry(self.make_and_validate_key(key, version))
        return default if entry is None else pickle.loads(entry[1])  # noqa: S301 - never left this process

    def set(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None) -> None:
        """Keep a value."""
        full = self.make_and_validate_key(key, version)
        content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        self._keep(full, (self.get_backend_timeout(timeout), content))

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Give a value another time to end."""
        full = self.make_and_validate_key(key, version)
        with self._lock:
            entry = self._entry(full)
            if entry is not None:
                self._keep(full, (self.get_backend_timeout(timeout), entry[1]))
            return entry is not None

    def incr(self, key: str, delta: int = 1, version: Any = None) -> int:
        """Add to a number, which ends when it would have."""
        full = self.make_and_validate_key(key, version)
        with self._lock:
            entry = self._entry(full)
            if entry is None:
                raise ValueError(f"there is no entry {key!r}")
            value: int = pickle.loads(entry[1]) + delta  # noqa: S301 - never left this process
            self._keep(full, (entry[0], pickle.dumps(value, pickle.HIGHEST_PROTOCOL)))
            return value

    def has_key(self, key: str, version: Any = None) -> bool:
        """Tell whether there is a value."""
        return self._entry(self.make_and_validate_key(key, version)) is not None

    def delete(self, key: str, version: Any = None) -> bool:
        """Forget a value."""
        return MEMORY.drop("answers", self.make_and_validate_key(key, version))

    def clear(self) -> None:
        """Forget all."""
        MEMORY.drop_part("answers")

    def _entry(self, full: str) -> tuple[float | None, bytes] | None:
        entry: tuple[float | None, bytes] | None = MEMORY.find("answers", full)
        if entry is not None and entry[0] is not None and entry[0] <= time.time():
            MEMORY.drop("answers", full)
            return None
        return entry

    def _keep(self, full: str, entry: tuple[float | None, bytes]) -> None:
        owner = full.rpartition(OWNER)[2] if OWNER in full else ""
        MEMORY.keep("answers", full, entry, len(entry[1]), owner)
