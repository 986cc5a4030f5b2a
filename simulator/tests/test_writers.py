"""Nothing is lost when many save at once: 8 writers in two processes, on a database as the site opens it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from simulator.models import SavedScenario

PROCESSES, THREADS = 2, 4


def _start(url: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "simulator.tests.writers", *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _names(saves: int) -> list[str]:
    """Return the names of all scenarios that the writers save, sorted."""
    return sorted(f"p{p}-{t}-{n}" for p in range(PROCESSES) for t in range(THREADS) for n in range(saves))


def _write(url: str, saves: int) -> str:
    """Let all writers write at once; return what they complain of."""
    told, _ = _start(url, "prepare").communicate()
    writers = [_start(url, f"p{process}", str(THREADS), str(saves)) for process in range(PROCESSES)]
    return told + "".join(writer.communicate()[0] for writer in writers)


def test_eight_writers_on_one_sqlite_file_meet_no_lock_and_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "site.sqlite3"
    assert _write(f"sqlite:///{file}", 200) == ""
    with sqlite3.connect(file) as reader:
        names = [name for (name,) in reader.execute("SELECT name FROM simulator_savedscenario")]
        assert reader.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    reader.close()
    assert sorted(names) == _names(200)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs DATABASE_URL to name a PostgreSQL")
def test_eight_writers_on_postgresql_lose_nothing() -> None:
    place = {key: connection.settings_dict[key] or "" for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
    person = f"{place['USER']}:{place['PASSWORD']}@" if place["USER"] else ""
    assert _write(f"postgres://{person}{place['HOST']}:{place['PORT']}/{place['NAME']}", 50) == ""
    names = SavedScenario.objects.values_list("name", flat=True)
    assert sorted(names) == _names(50)
