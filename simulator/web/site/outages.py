"""What is wrong where the database, or the disk under it, does not do its work: told in words.

Sources: SQLite's result codes (https://www.sqlite.org/rescode.html); PostgreSQL's error codes, appendix A.
"""

import errno
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError


@dataclass(frozen=True)
class Outage:
    """What is wrong, for people, and when it is worth asking again, in seconds."""

    message: str
    retry_s: int


HELD = Outage(
    "The database is held by another program and did not get free in time. Nothing of this request was "
    "stored; send it again in a moment.",
    5,
)
UNREACHABLE = Outage(
    "The database cannot be reached. Nothing of this request was stored; send it again when the database is "
    "back.",
    10,
)
FULL = Outage(
    "The disk that holds the database is full. Nothing of this request was stored; whoever runs the site "
    "must make room first.",
    60,
)
READ_ONLY = Outage(
    "The database may be read but not written. Nothing of this request was stored; whoever runs the "
    "site must allow it.",
    60,
)
FAILING = Outage(
    "The disk that holds the database fails. Nothing of this request was stored; whoever runs the site must "
    "look at the disk.",
    60,
)
DAMAGED = Outage(
    "The database is damaged. Whoever runs the site must restore a backup: stop the site, then manage.py "
    "restore FILE.",
    60,
)
EMPTY = Outage(
    "The database lacks tables. Whoever runs the site must make them: manage.py migrate, or manage.py up.", 60
)

_SQLITE = {
    "SQLITE_BUSY": HELD,
    "SQLITE_LOCKED": HELD,
    "SQLITE_CANTOPEN": UNREACHABLE,
    "SQLITE_PERM": UNREACHABLE,
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_IOERR": FAILING,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_NOTADB": DAMAGED,
}
# By the beginning of the code, the longest first.
_POSTGRESQL = {
    "53100": FULL,
    "25006": READ_ONLY,
    "58030": FAILING,
    "42P01": EMPTY,
    "55P03": HELD,
    "57014": HELD,
    "40": HELD,
    "XX0": DAMAGED,
    "53": UNREACHABLE,
    "57P": UNREACHABLE,
    "08": UNREACHABLE,
}


def find_outage(error: BaseException | None) -> Outage | None:
    """Return what is wrong with the database, or the disk; None where the error is another."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL
    if isinstance(error, InterfaceError):
        return UNREACHABLE
    if not isinstance(error, DatabaseError):
        return None
    cause = error.__cause__
    if name := getattr(cause, "sqlite_errorname", ""):
        found = next((told for code, told in _SQLITE.items() if name.startswith(code)), None)
        return found or (EMPTY if "no such table" in str(error) else None)
    return _by_state(cause)


def _by_state(cause: BaseException | None) -> Outage | None:
    state = getattr(cause, "sqlstate", "")
    if state is None:  # there was no server to name one
        return UNREACHABLE
    return next((told for code, told in _POSTGRESQL.items() if state.startswith(code)), None)
