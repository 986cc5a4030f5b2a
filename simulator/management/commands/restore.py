"""``manage.py restore FILE``: put a backup in the database's place."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from simulator.management.database import backups_of, content_words, database_file
from simulator.models.database_file import (
    OURS,
    DatabaseFileError,
    applied_migrations,
    copy_database,
    count_rows,
    find_damage,
    overwrite_database,
    set_aside,
    stamped,
)

PG_RESTORE = "pg_restore --clean --if-exists {place} --dbname={name} lvtwin.dump"


class Command(BaseCommand):
    """Checks a backup, keeps what there is, and puts the backup in its place."""

    help = "Put a backup in the place of the database; what was there is kept under a name that is told."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the backup."""
        parser.add_argument("file", type=Path, help="a file that manage.py backup has written")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Restore.

        Raises: CommandError saying why nothing was changed.
        """
        target = database_file(PG_RESTORE)
        if trouble := _trouble(file):
            raise CommandError(f"{file} {trouble}. Nothing was changed.")
        connection.close()
        try:
            kept = _keep(target)
            overwrite_database(file, target)
        except DatabaseFileError as error:
            raise CommandError(f"Nothing was changed: {error}.") from error
        call_command("migrate", interactive=False, verbosity=0)  # a backup may be older than the site
        self.stdout.write(f"Restored {file} ({content_words(target)}).")
        if kept:
            self.stdout.write(f"What was there before is kept in {kept}.")


def _trouble(file: Path) -> str:
    """Return why a file is no backup that this site can take; nothing where it is one."""
    if not file.is_file():
        return "does not exist, or is not a file"
    if damage := find_damage(file):
        return f"is damaged, or is not an SQLite database: {damage}"
    if count_rows(file, OURS) is None:
        return "is not a database of this site: it has no table of feeders"
    known = set(MigrationLoader(None).disk_migrations)
    apps = {app for app, _ in known}
    newer = sorted(f"{app} {name}" for app, name in applied_migrations(file) - known if app in apps)
    newest = "comes from a newer version of this site (it has the migration {}): update the site first"
    return newest.format(newer[0]) if newer else ""


def _keep(target: Path) -> Path | None:
    """Keep the database as it is under another name, damaged or not; return the name."""
    if not target.exists():
        return None
    if find_damage(target):
        return set_aside(target, timezone.now())
    kept = stamped(backups_of(target) / target.name, timezone.now(), "before-restore")
    copy_database(target, kept)
    return kept
