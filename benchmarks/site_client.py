"""The site in this process, asked without a network, cold or again."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from figures import stopwatch


class Site:
    """The site in this process, with the solver's library loaded as a server has it."""

    def __init__(self) -> None:
        from django.test import Client

        import_module("lvtwin_site.wsgi")
        self._client = Client(SERVER_NAME="localhost")

    def get(self, path: str) -> Any:
        """Return a page's response."""
        return self._checked(self._client.get(path))

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Return the API's answer."""
        return self._checked(self._client.post(path, body, content_type="application/json")).json()

    def _checked(self, response: Any) -> Any:
        if response.status_code not in (200, 202):  # 202: a long study is still at work
            raise RuntimeError(f"{response.status_code}: {response.content[:200]!r}")
        return response


def cold(act: Callable[[], object], runs: int) -> list[float]:
    """Return latencies with an empty cache each time; feeders stay compiled."""
    from django.core.cache import cache

    took = []
    for _ in range(runs):
        cache.clear()
        took.append(stopwatch(act))
    return took


def again(act: Callable[[], object], runs: int) -> list[float]:
    """Return latencies of repeats."""
    act()
    return [stopwatch(act) for _ in range(runs)]
