"""``manage.py import_feeder FILE``: take a network that somebody brings into the database."""

from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from simulator.grid.errors import TwinError
from simulator.importing.bounds import MAX_FILE_BYTES
from simulator.management.potential import add_potential, read_potential
from simulator.management.text import import_log_text, sentence
from simulator.web.feeders.importing import Import, item_data, read_import, store_import


class Command(BaseCommand):
    """Reads a network file, tells what became of each item, and stores the chosen feeder."""

    help = "Import a feeder: our JSON, pandapower JSON or Excel, or a SimBench zip."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file, whose it becomes, and what to store of it."""
        parser.add_argument("file", type=Path, help="the network file")
        parser.add_argument("--user", metavar="NAME", help="the owner; without one it belongs to the site")
        parser.add_argument(
            "--choice", metavar="KEY", default="", help="which of a file's feeders; --dry-run tells the keys"
        )
        add_potential(parser)
        parser.add_argument("--publish", action="store_true", help="let everyone see it at once")
        parser.add_argument("--dry-run", action="store_true", help="tell the import log, and store nothing")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Tell the import log and store.

        Raises: CommandError saying why the file, the user or the choice is refused.
        """
        try:
            owner = _find_user(options["user"]) if options["user"] else None
            found = read_import(_content(file), file.name)
            self._tell(found, options["choice"])
            if options["dry_run"]:
                self.stdout.write("Nothing was stored.")
                return
            potential = read_potential(options)
            key, published = options["choice"], options["publish"]
            record = store_import(found, key, owner, published=published, potential=potential)
        except TwinError as error:
            raise CommandError(f"{sentence(error)} Nothing was stored.") from error
        seen = "published" if record.published else "not published"
        self.stdout.write(f"Stored {record.feeder_id}, {record.name}; {seen}.")

    def _tell(self, found: Import, key: str) -> None:
        self.stdout.write(found.origin)
        for choice in found.choices:
            self.stdout.write(f"  {choice.key}: {choice.title}")
        one = key or len(found.choices) == 1
        self.stdout.write(import_log_text(item_data(found.choose(key).items if one else found.shared)))


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}. Nothing was stored.") from error


def _find_user(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"No user is named {name}. Nothing was stored.")
    return user
