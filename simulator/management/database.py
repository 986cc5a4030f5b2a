"""The database as commands copy it: where its file is, and what to do where there is none."""

from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection

from simulator.models.database_file import count_rows

_COUNTED = {
    "simulator_feederrecord": "feeder",
    "simulator_savedscenario": "scenario",
    "auth_user": "account",
}


def database_file(postgresql_way: str) -> Path:
    """Return the SQLite file that the site uses.

    Raises: CommandError with the way that PostgreSQL's own tools know, where the site uses that.
    """
    place = connection.settings_dict
    if connection.vendor == "sqlite":
        return Path(place["NAME"])
    options = {"host": place["HOST"], "port": place["PORT"], "username": place["USER"]}
    told = " ".join(f"--{name}={value}" for name, value in options.items() if value)
    line = postgresql_way.format(place=told, name=place["NAME"])
    raise CommandError(f"The database is PostgreSQL, whose own tool does this: {line}")


def backups_of(file: Path) -> Path:
    """Return the directory of a database's backups."""
    return file.parent / "backups"


def content_words(file: Path) -> str:
    """Return what a database holds, as ``16 feeders, 0 scenarios, 1 account``."""
    told = [(count_rows(file, table) or 0, word) for table, word in _COUNTED.items()]
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in told)
