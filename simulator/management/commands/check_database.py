"""``manage.py check_database``: look at the database's file before the site starts on it."""

import sqlite3
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from simulator.management.database import backups_of
from simulator.models.database_file import find_damage, set_aside


class Command(BaseCommand):
    """Sets a damaged SQLite file aside, so that the site starts, and says how to restore a backup."""

    help = "Check the SQLite file; one that is damaged is renamed, and the way to restore a backup told."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and say nothing where all is well.

        Raises: CommandError where somebody holds the file.
        """
        if connection.vendor != "sqlite":
            return
        file = Path(connection.settings_dict["NAME"])
        try:
            damage = find_damage(file)
        except (OSError, sqlite3.Error) as error:
            raise CommandError(f"The database {file} cannot be checked: {error}.") from error
        if not damage:
            return
        moved = set_aside(file, timezone.now())
        newest = max(
            backups_of(file).glob("*-backup-*"), key=lambda backup: backup.stat().st_mtime, default=None
        )
        way = f"manage.py restore {newest or f'FILE (none lies in {backups_of(file)})'}"
        self.stdout.write(f"The database {file} is damaged ({damage}).")
        self.stdout.write(f"It is kept as {moved}; the site starts with an empty one.")
        self.stdout.write(f"To restore a backup: {way}")
