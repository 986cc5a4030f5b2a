"""The environment: read strictly, and refused by the name of the variable."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import ConnectionHandler
from pytest_django.plugin import DjangoDbBlocker

from lvtwin_site import environment


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://h/n", "postgres://", "postgres://u:p@h:abc/n", "sqlite://a.db"]
)
def test_a_database_url_is_never_guessed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must be"):
        environment.database(tmp_path / "default")


def test_database_urls_reach_postgresql_and_any_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p%40ss@db:5433/twin?sslmode=require")
    config = environment.database(tmp_path / "default")
    assert (config["HOST"], config["PORT"], config["NAME"], config["PASSWORD"]) == (
        "db",
        5433,
        "twin",
        "p@ss",
    )
    assert config["OPTIONS"]["sslmode"] == "require"
    assert config["OPTIONS"]["options"] == "-c lock_timeout=20000ms"
    monkeypatch.setenv("LVTWIN_DATABASE_WAIT_S", "1.5")
    assert environment.database(tmp_path / "default")["OPTIONS"]["options"] == "-c lock_timeout=1500ms"
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/my%20twin.sqlite3")
    assert environment.database(tmp_path / "default")["NAME"] == "/srv/my twin.sqlite3"
    monkeypatch.setenv("DATABASE_URL", "")
    assert environment.database(tmp_path / "default")["NAME"] == tmp_path / "default"


@pytest.mark.parametrize("key", ["abc", "a" * 64, "only31characters-of-some-variety"[:31]])
def test_a_key_that_can_be_guessed_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str
) -> None:
    monkeypatch.setenv("LVTWIN_SECRET_KEY", key)
    for production in (True, False):
        with pytest.raises(ImproperlyConfigured, match=r"LVTWIN_SECRET_KEY .* at least 32 random characters"):
            environment.secret_key(tmp_path / "none", production=production)


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "soon"])
def test_a_time_to_wait_is_never_guessed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str) -> None:
    monkeypatch.setenv("LVTWIN_DATABASE_WAIT_S", value)
    with pytest.raises(ImproperlyConfigured, match="LVTWIN_DATABASE_WAIT_S must be a number of seconds"):
        environment.database(tmp_path / "default")


def test_megabytes_are_a_number_above_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LVTWIN_MEMORY_MB", "64")
    assert environment.megabytes("LVTWIN_MEMORY_MB", 512) == 64
    monkeypatch.setenv("LVTWIN_MEMORY_MB", "plenty")
    with pytest.raises(ImproperlyConfigured, match="LVTWIN_MEMORY_MB must be a number of megabytes"):
        environment.megabytes("LVTWIN_MEMORY_MB", 512)


def test_seconds_are_a_number_above_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LVTWIN_MOST_S", "2.5")
    assert environment.seconds("LVTWIN_MOST_S", 10) == 2.5
    monkeypatch.setenv("LVTWIN_MOST_S", "")
    assert environment.seconds("LVTWIN_MOST_S", 10) == 10
    for wrong in ("0", "-1", "inf", "nan", "ten"):
        monkeypatch.setenv("LVTWIN_MOST_S", wrong)
        with pytest.raises(
            ImproperlyConfigured, match="LVTWIN_MOST_S must be a number of seconds above zero"
        ):
            environment.seconds("LVTWIN_MOST_S", 10)


def test_sqlite_readers_do_not_wait_for_writers(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> None:
    connection = ConnectionHandler({"default": environment.database(tmp_path / "db")})["default"]
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
        connection.close()


@pytest.mark.parametrize("url", ["nonsense", "redis://", "memcache://h:1", "https://h"])
def test_a_cache_url_is_never_guessed(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("CACHE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL must be"):
        environment.cache()


@pytest.mark.parametrize("url", ["", "locmemcache://", "redis://cache:6379/0"])
def test_cached_answers_live_five_minutes(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("CACHE_URL", url)
    assert environment.cache()["TIMEOUT"] == 300


@pytest.mark.parametrize(
    ("value", "on"), [("true", True), ("1", True), ("False", False), ("0", False), ("", False)]
)
def test_a_switch_reads_true_and_false(monkeypatch: pytest.MonkeyPatch, value: str, on: bool) -> None:
    monkeypatch.setenv("LVTWIN_HTTPS", value)
    assert environment.flag("LVTWIN_HTTPS") is on


def test_a_switch_takes_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LVTWIN_HTTPS", "maybe")
    with pytest.raises(ImproperlyConfigured, match="LVTWIN_HTTPS must be true or false, not 'maybe'"):
        environment.flag("LVTWIN_HTTPS")


@pytest.mark.parametrize("value", ["*", "example.org", "https://example.org/", "https://ok.org,null"])
def test_an_origin_is_a_scheme_and_a_host(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("LVTWIN_CORS_ORIGINS", value)
    with pytest.raises(ImproperlyConfigured, match="LVTWIN_CORS_ORIGINS"):
        environment.origins("LVTWIN_CORS_ORIGINS")


def test_map_tiles_come_from_nowhere_or_from_the_one_server() -> None:
    assert environment.tile_origins("") == []
    tiles = environment.tile_origins("https://{s}.tiles.example/{z}/{x}/{y}.png")
    assert tiles == ["https://*.tiles.example"]
