"""A database that is held, full, damaged or gone is told of in words, and nothing is half stored."""

import errno
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.db.utils import ConnectionHandler
from pytest_django.plugin import DjangoDbBlocker

from lvtwin_site import environment
from simulator.models.database_file import find_damage
from simulator.web.site import outages
from simulator.web.site.outages import Outage, find_outage


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a site of its own answered while its file was held, full, damaged and gone."""
    place = tmp_path_factory.mktemp("site")
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{place}/site.sqlite3", "LVTWIN_DATABASE_WAIT_S": "1"}
    told = subprocess.run(
        [sys.executable, "-m", "simulator.tests.outages", str(place)],
        cwd=settings.BASE_DIR, env=env, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_while_another_program_writes_people_read_on_and_writers_are_told_soon(site: Any) -> None:
    held = site["held"]
    assert held["write"]["status"] == 503
    assert "The database is held by another program" in held["write"]["text"]
    assert held["write"]["retry"] == "5"
    assert held["write"]["took_s"] < 10  # a second of waiting; twenty before
    assert (held["read"]["status"], held["read"]["waited"]) == (200, False)
    assert (held["list"]["status"], held["probe"]["status"], held["login"]["status"]) == (200, 200, 503)
    assert held["names"] == ["Elm Road"]
    assert held["again"] == 302


def test_a_full_disk_refuses_what_is_written_and_harms_nothing(site: Any) -> None:
    assert site["full"]["write"]["status"] == 503
    assert "is full. Nothing of this request was stored" in site["full"]["write"]["text"]
    assert site["full"]["sound"] == ""


def test_a_damaged_file_is_told_of_by_pages_that_need_nobody_s_session(site: Any) -> None:
    damaged = site["damaged"]
    for address in ("/", "/scenarios/", "/nothing"):
        assert damaged[address]["status"] == 503
        assert (
            "The database is damaged. Whoever runs the site must restore a backup" in damaged[address]["text"]
        )
        assert "Sign in" not in damaged[address]["text"]
    for address in ("/api/feeders", "/feeders/feeder_00/run.json"):
        assert json.loads(damaged[address]["text"])["error"]["status"] == 503
    probe = json.loads(damaged["/healthz"]["text"])
    assert (damaged["/healthz"]["status"], probe["status"], probe["cache"]) == (503, "down", "ok")
    assert probe["database"].startswith("The database is damaged")


def test_at_start_a_damaged_file_is_set_aside_and_a_backup_restored(site: Any) -> None:
    damaged = site["damaged"]
    (aside,) = damaged["aside"]
    assert aside.startswith("site-damaged-20")
    for words in (
        "is damaged (file is not a database)",
        f"{aside}; the site starts with",
        "manage.py restore FILE",
    ):
        assert words in damaged["start"]
    assert "Restored" in damaged["restore"]
    assert (damaged["page"]["status"], damaged["same"], damaged["sound"]) == (200, True, "")
    assert "What was there before is kept in" in damaged["over damage"]


def test_a_file_that_cannot_be_opened_is_told_of(site: Any) -> None:
    assert site["gone"]["/"]["status"] == site["gone"]["/healthz"]["status"] == 503
    assert "The database cannot be reached" in site["gone"]["/"]["text"]


def test_a_backup_is_whole_private_and_never_written_over(site: Any) -> None:
    copied = site["copied"]
    assert "1 feeder, 1 scenario, 1 account" in copied["backup"]
    assert (site["mode"], copied["mode"]) == ("600", "600")
    assert "is there already" in copied["twice"]
    assert copied["deleted"]
    assert copied["same"]
    assert "What was there before is kept in" in copied["restore"]


@pytest.mark.parametrize(
    ("offered", "words"),
    [
        ("words", "is not an SQLite database"),
        ("empty", "is not a database of this site"),
        ("newer", "comes from a newer version of this site (it has the migration simulator 9999_x): update"),
        ("nothing", "does not exist, or is not a file"),
    ],
)
def test_what_is_no_backup_changes_nothing(site: Any, offered: str, words: str) -> None:
    assert words in site["copied"][offered]
    assert site["copied"][offered].endswith("Nothing was changed.")
    assert site["copied"]["after"]


def test_damage_inside_a_file_that_still_opens_is_found(tmp_path: Path) -> None:
    file = tmp_path / "db"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE t (x TEXT)")
        database.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 200)
    database.close()
    assert find_damage(file) == ""
    content = bytearray(file.read_bytes())
    content[4096 * 5 : 4096 * 6] = b"\xff" * 4096
    file.write_bytes(content)
    assert find_damage(file) != ""


def _caused(error: Exception, **told: Any) -> Exception:
    error.__cause__ = type("Driver", (Exception,), told)()
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        *(
            (_caused(OperationalError(), sqlstate=state), told)
            for state, told in {
                None: outages.UNREACHABLE,
                "57P01": outages.UNREACHABLE,
                "53300": outages.UNREACHABLE,
                "08006": outages.UNREACHABLE,
                "53100": outages.FULL,
                "55P03": outages.HELD,
                "40P01": outages.HELD,
                "25006": outages.READ_ONLY,
                "XX001": outages.DAMAGED,
                "42P01": outages.EMPTY,
                "22003": None,
            }.items()
        ),
        (_caused(OperationalError(), sqlite_errorname="SQLITE_IOERR_WRITE"), outages.FAILING),
        (_caused(OperationalError(), sqlite_errorname="SQLITE_READONLY_DBMOVED"), outages.READ_ONLY),
        (_caused(OperationalError("no such table: x"), sqlite_errorname="SQLITE_ERROR"), outages.EMPTY),
        (_caused(IntegrityError(), sqlite_errorname="SQLITE_CONSTRAINT_UNIQUE"), None),
        (InterfaceError(), outages.UNREACHABLE),
        (DatabaseError("planted"), None),
        (OSError(errno.ENOSPC, "No space left on device"), outages.FULL),
        (FileNotFoundError(errno.ENOENT, "no such file"), None),
        (ValueError(), None),
    ],
)
def test_each_kind_of_trouble_has_its_words(error: Exception, expected: Outage | None) -> None:
    assert find_outage(error) == expected


def test_a_postgresql_that_does_not_answer_is_unreachable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing")
    connection = ConnectionHandler({"default": environment.database(tmp_path)})["default"]
    with django_db_blocker.unblock(), pytest.raises(OperationalError) as caught:
        connection.ensure_connection()
    assert find_outage(caught.value) is outages.UNREACHABLE
