"""What every test of the site shares: the stored feeders, and a log without errors."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from simulator.grid.reading import GALLERY_DIR, NETWORKS_DIR, read_feeder
from simulator.grid.schema import Feeder
from simulator.models import FeederRecord
from simulator.tests.web.html import Document

Fetch = Callable[..., Document]


@pytest.fixture(scope="session")
def _rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Put the rows of what ships aside, and tell the statement that copies them back."""
    table = FeederRecord._meta.db_table
    aside = "rows_of_what_ships"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {aside}")
        with transaction.atomic():
            FeederRecord.objects.bulk_create(FeederRecord(**fields) for fields in _shipped())
            cursor.execute(f"CREATE TABLE {aside} AS SELECT * FROM {table} ORDER BY id")  # noqa: S608 - ours
            FeederRecord.objects.all().delete()
    fields = FeederRecord._meta.concrete_fields
    names = ", ".join(field.column for field in fields if field.column and not field.primary_key)
    yield f"INSERT INTO {table} ({names}) SELECT {names} FROM {aside} ORDER BY id"  # noqa: S608 - ours
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {aside}")


@pytest.fixture(autouse=True)
def feeders(db: None, _rows: str) -> None:
    """Store the twelve feeders and the gallery."""
    with connection.cursor() as cursor:
        cursor.execute(_rows)


@pytest.fixture(autouse=True)
def _no_error_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    for when in ("setup", "call"):
        assert not [r for r in caplog.get_records(when) if r.levelno >= logging.ERROR]


@pytest.fixture
def empty_cache() -> Iterator[None]:
    """Begin and end with nothing in the cache."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Wait for studies and PDFs however slow the machine is; tests of the waiting set their own patience."""
    settings.LVTWIN_MOST_S = 100
    monkeypatch.setattr("simulator.web.pages.study_view.PATIENCE_S", None)
    monkeypatch.setattr("simulator.reports.press.PATIENCE_S", 300.0)


@pytest.fixture
def read(client: Client) -> Fetch:
    """Fetch an address and read its HTML; the status must be as told."""

    def fetch(address: str, status: int = 200, **headers: str) -> Document:
        response = client.get(address, headers=headers)
        assert response.status_code == status, response.content[:500]
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        return Document(response.content.decode())

    return fetch


class Answer(Protocol):
    """What a request gives back, as tests read it."""

    status_code: int
    headers: Any
    content: bytes


def read_json(response: Answer) -> object:
    """Read a JSON answer as strictly as a browser does."""

    def refuse(constant: str) -> object:
        raise AssertionError(f"{constant} is no JSON")

    assert response.headers["Content-Type"].startswith(("application/json", "application/geo+json"))
    return json.loads(response.content, parse_constant=refuse)


def store(feeder: Feeder, *, published: bool = True) -> FeederRecord:
    """Store a feeder of a test's own."""
    return FeederRecord.objects.create(**_fields(feeder), published=published)


def _fields(feeder: Feeder) -> dict[str, Any]:
    metadata = {key: getattr(feeder, key) for key in ("feeder_id", "name", "archetype", "description")}
    network = feeder.model_dump(mode="json", by_alias=True)
    return {**metadata, "network": network, "content_hash": feeder.content_hash}


def _shipped() -> list[dict[str, Any]]:
    paths = [path for each in (NETWORKS_DIR, GALLERY_DIR) for path in sorted(each.glob("*.json"))]
    return [_fields(read_feeder(path)) for path in paths]
