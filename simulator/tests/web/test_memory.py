"""What the site keeps of feeders in memory: told in the metrics, gone with the feeder; and its own cache."""

import pickle
import time

import pytest
from django.core.cache import cache
from django.test import Client

from simulator.grid.limits import DEFAULT_LIMITS
from simulator.grid.memory import MEMORY, Memory
from simulator.grid.profiles import read_profiles
from simulator.models import FeederRecord
from simulator.tests.feeders import all_feeders, changed
from simulator.tests.studies.asking import day
from simulator.web.work.metrics import prometheus_text

PARTS = {"answers", "compiled", "feeders", "layouts", "networks", "trees"}


def _held() -> dict[str, int]:
    """Return the bytes of each part of which anything is held."""
    return {part: held_bytes for part, held_bytes in MEMORY.held().items() if held_bytes}


@pytest.fixture
def bare_memory(monkeypatch: pytest.MonkeyPatch, empty_cache: None) -> None:
    """Nothing is kept yet."""
    for part in MEMORY.held():
        MEMORY.drop_part(part)


@pytest.mark.django_db
def test_a_feeder_leaves_nothing_in_memory_when_it_goes(client: Client, bare_memory: None) -> None:
    feeder = changed(all_feeders()["feeder_03"], feeder_id="passing")
    record = FeederRecord.objects.take(feeder, None, "a test", published=True)
    for page in ("", "network/", "why/"):
        assert client.get(f"/feeders/passing/{page}").status_code == 200
    assert set(_held()) >= PARTS
    told = prometheus_text().decode()
    for part in PARTS:
        assert f'lvtwin_memory_bytes{{part="{part}"}} ' in told
    record.delete()
    assert _held() == {}


@pytest.mark.django_db
def test_a_changed_network_leaves_nothing_of_the_former(client: Client, bare_memory: None) -> None:
    feeder = changed(all_feeders()["feeder_03"], feeder_id="passing")
    record = FeederRecord.objects.take(feeder, None, "a test", published=True)
    client.get("/feeders/passing/")
    record.change_network(changed(feeder, feeder_id="passing", base_kv=feeder.base_kv, customers=[]))
    assert _held() == {}


def test_the_cache_in_memory_keeps_adds_counts_and_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    assert cache.add("one", 1, 10)
    assert not cache.add("one", 2, 10)
    assert cache.incr("one", 4) == 5
    now = time.time()
    monkeypatch.setattr("simulator.web.work.memory_cache.time.time", lambda: now + 11)
    assert cache.get("one") is None
    assert cache.add("one", {"of": "its own"}, None)
    held = cache.get("one")
    held["of"] = "another"
    assert cache.get("one") == {"of": "its own"}
    assert cache.touch("one", 5)
    assert not cache.touch("two")
    with pytest.raises(ValueError, match="two"):
        cache.incr("two")
    assert cache.delete("one")
    assert not cache.delete("one")
    cache.set("two", 2)
    cache.clear()
    assert "two" not in cache


def test_answers_are_bounded_by_their_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory(1_000_000)
    monkeypatch.setattr("simulator.web.work.memory_cache.MEMORY", memory)
    for number in range(20):
        cache.set(f"{number}", bytes(100_000))
    assert 900_000 < memory.total_bytes <= 1_000_000
    assert cache.get("0") is None
    assert cache.get("19") == bytes(100_000)


def test_a_day_keeps_each_number_that_is_held_against_limits_at_most_twice() -> None:
    """96 quarter-hours of 30 buses held against two limits, 29 lines and a transformer; then as solved."""
    feeder = all_feeders()["feeder_03"]
    found = day(feeder, read_profiles(), 0.3, 0.0, DEFAULT_LIMITS)
    held = 96 * 8 * (2 * 30 + 29 + 1)
    solved = 96 * 8 * (30 + 29 + 1)
    assert len(pickle.dumps(found)) < held + solved + 30_000
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - just written
    assert (again.assessment.excess == found.assessment.excess).all()
    assert again.worst == found.worst
