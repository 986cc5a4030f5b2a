"""The SQLite file that holds the site: kept to its owner, copied, checked, set aside.

Copies are made by SQLite's own backup interface, which takes a file that others read and write meanwhile.
"""

import os
import sqlite3
import stat
from contextlib import closing
from datetime import datetime
from itertools import count
from pathlib import Path

BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a file while it is open
WAIT_S = 20
_BROKEN = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
OURS = "simulator_feederrecord"


class DatabaseFileError(Exception):
    """A file cannot be copied or taken; the message says why."""


def keep_to_owner(file: Path) -> None:
    """Let nobody but its owner read a database, with what lies beside it."""
    for each in (file, *_beside(file)):
        if each.exists():
            found = each.stat()
            if stat.S_IMODE(found.st_mode) & 0o077 and found.st_uid == os.geteuid():
                each.chmod(0o600)


def find_damage(file: Path) -> str:
    """Return what SQLite finds wrong with a file; nothing where it is sound or not there.

    Raises: sqlite3.OperationalError where somebody holds it.
    """
    if not file.exists():
        return ""
    try:
        with closing(_open(file)) as database:
            found = [str(row[0]) for row in database.execute("PRAGMA integrity_check(1)")]
    except sqlite3.DatabaseError as error:
        if not error.sqlite_errorname.startswith(_BROKEN):
            raise
        return str(error)
    return "" if found == ["ok"] else found[0].splitlines()[-1]


def copy_database(source: Path, target: Path) -> None:
    """Copy a database into a new file, which is whole and sound, or is not there.

    Raises: DatabaseFileError.
    """
    if target.exists():
        raise DatabaseFileError(f"{target} is there already, and is left as it is")
    partial = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        _copy(source, partial)
        if damage := find_damage(partial):
            raise DatabaseFileError(f"the copy of {source} is damaged: {damage}")
        partial.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseFileError(f"{source} cannot be copied to {target}: {error}") from error
    finally:
        partial.unlink(missing_ok=True)


def overwrite_database(source: Path, target: Path) -> None:
    """Put a database's content in the place of another's, all of it or nothing; who reads that waits.

    Raises: DatabaseFileError.
    """
    try:
        if not target.exists():
            target.touch(mode=0o600)
        with closing(_open(source)) as copied, closing(_open(target)) as kept:
            copied.backup(kept)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseFileError(f"{target} cannot be written: {error}") from error


def set_aside(file: Path, now: datetime) -> Path:
    """Rename a damaged database, with what lies beside it; return its new name."""
    moved = stamped(file, now, "damaged")
    file.rename(moved)
    for suffix, each in zip(BESIDE, _beside(file), strict=True):
        if each.exists():
            each.rename(moved.with_name(moved.name + suffix))
    return moved


def stamped(file: Path, now: datetime, word: str) -> Path:
    """Return a name beside a file's that tells what it is, and of when, and that nothing has yet."""
    stem = f"{file.stem}-{word}-{now:%Y-%m-%d-%H%M%S}"
    names = (f"{stem}{f'-{number}' if number else ''}{file.suffix}" for number in count())
    return next(file.with_name(name) for name in names if not file.with_name(name).exists())


def count_rows(file: Path, table: str) -> int | None:
    """Return how many rows a table has; None where there is none of the name."""
    with closing(_open(file)) as database:
        known = database.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
        if known.fetchone() is None:
            return None
        return int(database.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0])  # noqa: S608 - ours


def applied_migrations(file: Path) -> set[tuple[str, str]]:
    """Return the migrations that a database has seen, as (application, name)."""
    if count_rows(file, "django_migrations") is None:
        return set()
    with closing(_open(file)) as database:
        return set(database.execute("SELECT app, name FROM django_migrations").fetchall())


def _copy(source: Path, target: Path) -> None:
    with closing(_open(source)) as copied, closing(_open(target)) as made:
        copied.backup(made)
        made.execute("PRAGMA journal_mode=DELETE")  # one file, that can be carried anywhere


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", timeout=WAIT_S, uri=True)


def _beside(file: Path) -> list[Path]:
    return [file.with_name(file.name + suffix) for suffix in BESIDE]
