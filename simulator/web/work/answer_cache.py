"""The cache as answers use it, and the only place that touches it: values, and who computes what at present.

Where several processes share the cache, one of them claims a question, says now and then how far it is, and
the others look for its answer. A claim that is not renewed lapses, and another takes the work up.
"""

from typing import Any
from uuid import uuid4

from django.conf import settings

from lvtwin_site.environment import LOCAL_MEMORY
from simulator.web.work.careful_cache import CACHE

NOTHING = object()
CLAIM_S = 10  # a process that is gone keeps nobody waiting for longer
WANTED_S = 4


def read(key: str) -> Any:
    """Return what is kept under a key, or ``NOTHING``."""
    return CACHE.get(key, NOTHING)


def write(key: str, value: Any) -> None:
    """Keep a value for 300 seconds."""
    CACHE.set(key, value)


def trouble() -> str:
    """Return what is wrong with the cache at present, empty where nothing is."""
    return CACHE.trouble


def is_shared() -> bool:
    """Tell whether other processes see this cache."""
    return bool(settings.CACHES["default"]["BACKEND"] != LOCAL_MEMORY)


class Claim:
    """One process's claim on a question's work, seen by all that share the cache."""

    def __init__(self, key: str) -> None:
        self._key, self._wanted = f"claim:{key}", f"wanted:{key}"
        self._mine = uuid4().hex

    def take(self) -> bool:
        """Claim the work; False where another process does it. Without a cache everybody does their own."""
        return CACHE.add(self._key, (self._mine, 0.0), CLAIM_S)

    def renew(self, share: float) -> None:
        """Say that the work goes on, and how far it is."""
        CACHE.set(self._key, (self._mine, share), CLAIM_S)

    def release(self) -> None:
        """Give the claim up: the answer is there, or nobody wants it."""
        held = CACHE.get(self._key)
        if held is not None and held[0] == self._mine:  # else it had lapsed, and is another's now
            CACHE.delete(self._key)

    def share(self) -> float | None:
        """Return how far whoever has the claim is; None where nobody has."""
        held = CACHE.get(self._key)
        return None if held is None else float(held[1])

    def want(self) -> None:
        """Say that somebody waits here for what another process computes."""
        CACHE.set(self._wanted, 1, WANTED_S)

    def is_wanted(self) -> bool:
        """Tell whether somebody waits in another process."""
        return CACHE.get(self._wanted) is not None
