"""`manage.py warm_cache`: nobody waits for what the first pages show."""

import socket
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from simulator.models import FeederRecord
from simulator.tests.management.conftest import Shell

pytestmark = pytest.mark.usefixtures("feeders")


def first_pages(client: Client, feeders: tuple[str, ...]) -> dict[str, str]:
    """Return where each of the first pages' answers came from, by address."""
    cards = [card["url"] for card in client.get("/").context["cards"]]
    own = [f"/feeders/{feeder}/{study}" for feeder in feeders for study in ("", "sweep/", "network/")]
    assert len(cards) == len(feeders)
    return {path: client.get(path)["X-LVTwin-Cache"] for path in ("/", "/compare/", *own, *cards)}


@pytest.fixture
def shared_cache(settings: Settings, tmp_path: Path) -> None:
    """A cache that processes share."""
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path / "cache"), "TIMEOUT": 300}}


@pytest.mark.usefixtures("shared_cache")
def test_every_first_page_then_comes_from_the_cache(
    shell: Shell, client: Client, feeders: tuple[str, ...]
) -> None:
    assert client.get("/feeders/feeder_00/")["X-LVTwin-Cache"] == "miss"
    cache.clear()
    code, out, err = shell("warm_cache")
    assert (code, err) == (0, "")
    assert "Computed the first pages of 3 feeders" in out
    assert "kept for 300 s" in out
    assert set(first_pages(client, feeders).values()) == {"hit"}
    assert client.get("/feeders/feeder_00/?pv_adoption=0.31")["X-LVTwin-Cache"] == "miss"


def test_memory_of_its_own_process_is_said_to_be_just_that(
    shell: Shell, client: Client, feeders: tuple[str, ...]
) -> None:
    code, _, err = shell("warm_cache")
    assert (code, err.count("\n")) == (0, 1)
    assert "this process's own memory" in err
    assert "--url http://127.0.0.1:8000" in err
    assert set(first_pages(client, feeders).values()) == {"hit"}


def test_a_feeder_that_cannot_be_computed_is_named_and_keeps_no_other_cold(shell: Shell) -> None:
    record = FeederRecord.objects.get(feeder_id="feeder_05")
    record.network["lines"][0] |= {"r_ohm_per_km": 1.7e308, "r_ohm": 1e308}
    record.content_hash = "absurd"
    record.save()
    code, out, err = shell("warm_cache")
    assert code == 0
    assert "Computed the first pages of 2 feeders" in out
    assert "feeder_05 cannot be computed: lines.0" in err
    for command in ("simulate", "sweep", "day"):
        code, _, err = shell(command, "feeder_05")
        assert (code, "lines.0" in err) == (1, True)


def test_no_feeder_is_an_error_not_a_success(shell: Shell) -> None:
    FeederRecord.objects.update(published=False)
    code, out, err = shell("warm_cache")
    assert (code, out) == (1, "")
    assert "No feeder is published" in err.splitlines()[-1]


@pytest.mark.django_db(transaction=True)
def test_a_running_site_is_warmed_by_visiting_it(
    shell: Shell, live_server: LiveServer, client: Client, feeders: tuple[str, ...]
) -> None:
    code, out, err = shell("warm_cache", f"--url={live_server.url}/")
    assert (code, err) == (0, "")
    assert f"Visited 11 pages of {live_server.url}, " in out
    assert ", 0 of them computed" not in out
    assert set(first_pages(client, feeders).values()) == {"hit"}
    assert ", 0 of them computed" in shell("warm_cache", f"--url={live_server.url}")[1]


@pytest.mark.django_db(transaction=True)
def test_an_address_that_is_no_twin_is_told(shell: Shell, live_server: LiveServer) -> None:
    code, out, err = shell("warm_cache", f"--url={live_server.url}/help")
    assert (code, out) == (1, "")
    assert "answers 404" in err.splitlines()[-1]


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8000", "ftp://127.0.0.1", "http://", "http://h:99999", "http://h?a=1", ""]
)
def test_a_bad_address_is_named_with_what_is_accepted(shell: Shell, url: str) -> None:
    code, out, err = shell("warm_cache", f"--url={url}")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert f"--url {url!r} is refused" in err
    assert "http://127.0.0.1:8000" in err


def test_a_site_that_is_not_running_is_told(shell: Shell) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    code, out, err = shell("warm_cache", f"--url={url}")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert url in err
    assert "Is the site running there?" in err
