"""The cache, from which nothing fails: where it is gone, frozen, full or garbled, answers are computed."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from redis.exceptions import RedisError, ResponseError

from simulator.web.work.metrics import METRICS
from simulator.web.work.signed_pickles import ForeignEntryError

T = TypeVar("T")

# A garbled answer makes Redis' client raise whatever its reading stumbles over.
UNREADABLE = (RedisError, OSError, ValueError, TypeError, AttributeError, LookupError)
PAUSE_S = 5.0  # a cache that does not answer is left alone for so long: each try may wait for its time-out
KEPT_S = 300
GONE = "The cache cannot be reached; answers are computed each time."
FULL = "The cache takes no entries; answers are computed each time."


class CarefulCache:
    """Django's cache; a trouble is counted, told while it lasts, and gone by itself."""

    def __init__(self) -> None:
        self._closed_until = 0.0
        self.trouble = ""

    def get(self, key: str, default: Any = None) -> Any:
        """Return what is kept under a key, or the default."""
        return self._try(lambda: cache.get(key, default), default)

    def set(self, key: str, value: Any, seconds: int = KEPT_S) -> None:
        """Keep a value."""
        self._try(lambda: cache.set(key, value, seconds), None, clears=FULL)

    def add(self, key: str, value: Any, seconds: int) -> bool:
        """Keep a value where there is none; False where there is one. Without a cache there is none."""
        return bool(self._try(lambda: cache.add(key, value, seconds), default=True))

    def delete(self, key: str) -> None:
        """Forget a value."""
        self._try(lambda: cache.delete(key), default=None)

    def reopen(self) -> None:
        """Try the cache again at once."""
        self._closed_until, self.trouble = 0.0, ""

    def _try(self, do: Callable[[], T], default: T, clears: str = GONE) -> T:
        if time.monotonic() < self._closed_until:
            return default
        try:
            found = do()
        except ForeignEntryError:
            METRICS.cache_failed()
            return default
        except ResponseError:
            self._note(FULL)
            return default
        except UNREADABLE:
            self._closed_until = time.monotonic() + PAUSE_S
            self._note(GONE)
            return default
        if self.trouble in (GONE, clears):
            self.trouble = ""
        return found

    def _note(self, trouble: str) -> None:
        METRICS.cache_failed()
        self.trouble = trouble


CACHE = CarefulCache()
