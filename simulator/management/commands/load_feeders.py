"""``manage.py load_feeders``: take the feeder files into the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from simulator.grid.errors import FileError
from simulator.grid.profiles import read_profiles
from simulator.grid.reading import GALLERY_DIR, NETWORKS_DIR
from simulator.models import FeederRecord


class Command(BaseCommand):
    """Load the feeders of ``data/networks`` and ``data/gallery``: all, or none where a file is at fault."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what changed."""
        try:
            read_profiles()
            done = FeederRecord.objects.load(NETWORKS_DIR, GALLERY_DIR)
        except FileError as error:
            raise CommandError(f"{error}. The stored feeders are as they were.") from error
        self.stdout.write("Feeders: " + ", ".join(f"{len(ids)} {what}" for what, ids in done.items()) + ".")
