"""``manage.py backup [FILE]``: copy the database, while the site is served."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from simulator.management.database import backups_of, content_words, database_file
from simulator.models.database_file import DatabaseFileError, copy_database, stamped

PG_DUMP = "pg_dump --format=custom --file=lvtwin.dump {place} {name}"


class Command(BaseCommand):
    """Copies the SQLite file by SQLite's own means, and checks the copy."""

    help = "Copy the database into FILE, or into var/backups under today's date; the site may be in use."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add where to."""
        parser.add_argument("file", nargs="?", type=Path, help="a file that is not there yet")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        """Write the copy.

        Raises: CommandError saying why there is none.
        """
        source = database_file(PG_DUMP)
        target = file or stamped(backups_of(source) / source.name, timezone.now(), "backup")
        if not source.exists():
            raise CommandError(f"There is no database at {source} yet.")
        try:
            copy_database(source, target)
        except DatabaseFileError as error:
            raise CommandError(f"Nothing was backed up: {error}.") from error
        told = f"{target} ({target.stat().st_size:,} bytes: {content_words(target)})"
        self.stdout.write(f"Backed up to {told}. To restore it: manage.py restore {target}")
