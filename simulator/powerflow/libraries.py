"""The libraries that take long to load, loaded when they are first needed, one at a time."""

import sys
from functools import cache
from threading import RLock
from typing import Any

one_at_a_time = RLock()


@cache
def pandapower() -> Any:
    """Return pandapower, loaded as though numba were not there: its first solve would wait for a compiler."""
    with one_at_a_time:
        numba = sys.modules.get("numba")
        sys.modules["numba"] = None  # type: ignore[assignment]
        try:
            import pandapower as library
        finally:
            del sys.modules["numba"]
            if numba is not None:
                sys.modules["numba"] = numba
    return library
