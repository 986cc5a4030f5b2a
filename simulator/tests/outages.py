"""A site of its own on a SQLite file that is held, full, damaged and gone; `test_outages` starts it.

DATABASE_URL names the file. It prints, as JSON, what each request was answered, and what commands said.
"""

import json
import os
import shutil
import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lvtwin_site.settings")


class Site:
    """A site with one person, who keeps one scenario."""

    def __init__(self, file: Path) -> None:
        from django.contrib.auth.models import User
        from django.test import Client

        from simulator.grid.reading import NETWORKS_DIR, read_feeder
        from simulator.models import FeederRecord, SavedScenario
        from simulator.models.content import stored_content
        from simulator.tests.writers import scenario_fields

        self.file = file
        self.command("migrate", verbosity=0)
        feeder = read_feeder(NETWORKS_DIR / "feeder_00.json")
        record = FeederRecord.objects.create(feeder_id="feeder_00", **stored_content(feeder))
        anna = User.objects.create_user("anna")
        SavedScenario.objects.keep(record, owner=anna, **scenario_fields("Elm Road"))
        self.client = Client(raise_request_exception=False, SERVER_NAME="localhost")
        self.client.force_login(anna)
        self.stranger = Client(raise_request_exception=False, SERVER_NAME="localhost")
        self.ask("/help/")  # what is loaded at first use
        self.mode = oct(file.stat().st_mode)[-3:]

    def command(self, *words: Any, **options: Any) -> str:
        """Run a command; return what it says, or why it does not."""
        from django.core.management import CommandError, call_command

        told = StringIO()
        try:
            call_command(*words, stdout=told, **options)
        except CommandError as error:
            return f"refused: {error}"
        return told.getvalue()

    def ask(self, address: str, **posted: Any) -> dict[str, Any]:
        """Return how a request is answered."""
        began = time.monotonic()
        answer = self.client.post(address, posted) if posted else self.client.get(address)
        answered = {"status": answer.status_code, "text": answer.content.decode()}
        return {**answered, "retry": answer.headers.get("Retry-After"), "took_s": time.monotonic() - began}

    def names(self) -> list[str]:
        """Return the names of the scenarios that are stored, by a look from outside."""
        with closing(sqlite3.connect(self.file)) as database:
            return [
                name for (name,) in database.execute("SELECT name FROM simulator_savedscenario ORDER BY id")
            ]


def held(site: Site) -> dict[str, Any]:
    """Write while another program writes, read beside it, and write again when it is done."""
    with closing(sqlite3.connect(site.file, isolation_level=None)) as other, ThreadPoolExecutor(2) as pool:
        other.execute("BEGIN IMMEDIATE")
        write = pool.submit(site.ask, "/scenarios/1/edit/", name="Oak Road")
        time.sleep(0.2)
        read = {**site.ask("/help/"), "waited": write.done()}
        told = {
            "write": write.result(),
            "read": read,
            "list": site.ask("/scenarios/"),
            "probe": site.ask("/healthz"),
        }
        posted = {"username": "anna", "password": "wrong"}
        told["login"] = {"status": site.stranger.post("/login/", posted).status_code}
        other.execute("ROLLBACK")
    return {**told, "names": site.names(), "again": site.ask("/scenarios/1/edit/", name="Oak Road")["status"]}


def full(site: Site) -> dict[str, Any]:
    """Store what there is no room for."""
    from django.db import connection

    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages}")
        answer = site.ask("/scenarios/1/edit/", name="Elm Road", note="n" * 4_000)
        for _ in range(20):  # until the free pages are used up
            if answer["status"] != 302:
                break
            answer = site.ask("/scenarios/1/duplicate/", anything="")
        cursor.execute("PRAGMA max_page_count=1000000")
    return {"write": answer, "sound": site.command("check_database")}


def copied(site: Site, place: Path) -> dict[str, Any]:
    """Back up, change, and restore; offer what is no backup."""
    backup = place / "kept.sqlite3"
    told: dict[str, Any] = {"backup": site.command("backup", backup), "mode": oct(backup.stat().st_mode)[-3:]}
    told["twice"] = site.command("backup", backup)
    before = site.names()
    site.ask("/scenarios/1/delete/", anything="")
    told["deleted"] = before != site.names()
    told["restore"] = site.command("restore", backup)
    told["same"] = before == site.names()
    (place / "words").write_text("no database " * 999)
    sqlite3.connect(place / "empty").execute("CREATE TABLE t (x)").connection.close()
    shutil.copy(backup, place / "newer")
    with closing(sqlite3.connect(place / "newer", isolation_level=None)) as newer:
        newer.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('simulator', '9999_x', '')")
    wrong = ("words", "empty", "newer", "nothing")
    return {
        **told,
        **{each: site.command("restore", place / each) for each in wrong},
        "after": site.names() == before,
    }


def damaged(site: Site, place: Path) -> dict[str, Any]:
    """Ask while the file is damaged; start again, and restore."""
    from django.db import connection

    before = site.names()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    size = site.file.stat().st_size
    site.file.write_bytes(b"\x5a" * size)
    addresses = ("/", "/scenarios/", "/nothing", "/api/feeders", "/feeders/feeder_00/run.json", "/healthz")
    told: dict[str, Any] = {address: site.ask(address) for address in addresses}
    connection.close()
    told["start"] = site.command("check_database")
    told["aside"] = [each.name for each in place.glob("site-damaged-*") if each.stat().st_size == size]
    told["restore"] = site.command("restore", place / "kept.sqlite3")
    told["page"], told["same"] = site.ask("/scenarios/"), before == site.names()
    site.file.write_bytes(b"\x5a" * size)
    connection.close()
    return {
        **told,
        "over damage": site.command("restore", place / "kept.sqlite3"),
        "sound": site.command("check_database"),
    }


def gone(site: Site) -> dict[str, Any]:
    """Ask while the file cannot be opened."""
    from django.db import connection

    connection.close()
    site.file.rename(site.file.with_name("elsewhere"))
    site.file.mkdir()
    return {address: site.ask(address) for address in ("/", "/healthz")}


if __name__ == "__main__":
    django.setup()
    there = Path(sys.argv[1])
    tried = Site(there / "site.sqlite3")
    print(
        json.dumps(
            {
                "mode": tried.mode,
                "held": held(tried),
                "full": full(tried),
                "copied": copied(tried, there),
                "damaged": damaged(tried, there),
                "gone": gone(tried),
            }
        )
    )
