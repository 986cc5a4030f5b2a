"""A shared cache that is gone, frozen, full, garbled or written by a stranger costs time, never an answer."""

import os
import pickle
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache.backends.redis import RedisCache
from django.test import Client

from lvtwin_site import environment
from simulator.tests.web.addresses import PAGES
from simulator.tests.web.conftest import read_json
from simulator.tests.web.frail_redis import FrailRedis
from simulator.web.work.careful_cache import CACHE
from simulator.web.work.signed_pickles import ForeignEntryError, SignedPickles

RUN = PAGES["run"]


@pytest.fixture
def redis(monkeypatch: pytest.MonkeyPatch) -> Iterator[FrailRedis]:
    """The site's cache, in a Redis whose state a test sets."""
    server = FrailRedis()
    monkeypatch.setenv("CACHE_URL", server.url)
    config = environment.cache()
    monkeypatch.setattr("simulator.web.work.careful_cache.cache", RedisCache(config["LOCATION"], config))
    monkeypatch.setattr("simulator.web.work.careful_cache.PAUSE_S", 0.0)
    yield server
    server.stop()
    CACHE.reopen()


def _foot(client: Client, address: str = RUN) -> tuple[str, str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.headers["X-LVTwin-Cache"], answer.content.decode().split('class="foot"')[1]


@pytest.mark.parametrize("mood", FrailRedis.moods)
def test_pages_are_answered_and_say_so_and_the_cache_comes_back_by_itself(
    client: Client, redis: FrailRedis, mood: str
) -> None:
    assert _foot(client)[0] == "miss"
    assert _foot(client)[0] == "hit"
    redis.mood, known = mood, dict(redis.kept)
    before = _failures(client)
    source, foot = _foot(client, f"{RUN}?time=13:00")
    assert source == "miss"
    says = "The cache takes no entries" if mood == "full" else "The cache cannot be reached"
    assert says in foot
    assert _health(client, says)["status"] == "degraded"
    assert _failures(client) > before
    assert redis.kept == known
    redis.mood = "well"
    _foot(client, f"{RUN}?time=14:00")
    source, foot = _foot(client, f"{RUN}?time=14:00")
    assert source == "hit"
    assert "The cache" not in foot
    assert _health(client, "ok")["status"] == "ok"


def test_a_cache_that_does_not_answer_is_left_alone_for_a_while(
    client: Client, redis: FrailRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    redis.mood = "hung up"
    monkeypatch.setattr("simulator.web.work.careful_cache.PAUSE_S", 60.0)
    before = _failures(client)
    _foot(client)
    _foot(client, PAGES["day"])
    assert _failures(client) == before + 1


class _Runs:
    """What would make a file where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.path),)


def test_what_a_stranger_writes_into_the_cache_is_never_unpickled(
    client: Client, redis: FrailRedis, tmp_path: Path
) -> None:
    _foot(client)
    evil = pickle.dumps(_Runs(tmp_path / "ran"))
    pickle.loads(evil)  # noqa: S301 - it does run where somebody unpickles it
    (tmp_path / "ran").rmdir()
    for entry in (evil, b"", SignedPickles().dumps("x")[:32] + evil, b"12"):
        redis.kept = dict.fromkeys(redis.kept, entry)
        assert _foot(client)[0] == "miss"  # computed anew, and written over
        assert _foot(client)[0] == "hit"
    assert not (tmp_path / "ran").exists()


def test_an_entry_is_the_site_s_only_with_its_key(settings: Any) -> None:
    entry = SignedPickles().dumps({"kwp": 1.5})
    assert SignedPickles().loads(entry) == {"kwp": 1.5}
    settings.SECRET_KEY = "another key of another site, as long"  # noqa: S105 - nobody's
    with pytest.raises(ForeignEntryError):
        SignedPickles().loads(entry)


def _health(client: Client, cache: str) -> Any:
    """Return what a probe is told once it says so of the cache: it may be told what was so last."""
    for _ in range(100):
        health: Any = read_json(client.get("/healthz"))
        if health["cache"].startswith(cache):
            break
        time.sleep(0.05)
    assert health["cache"].startswith(cache)
    return health


def _failures(client: Client) -> float:
    lines = client.get("/metrics").content.decode().splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith("lvtwin_cache_failures_total")))
