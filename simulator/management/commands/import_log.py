"""`manage.py import_log`: what became of the file that a feeder was imported from."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from simulator.management.question import read_record
from simulator.management.text import import_log_text


class Command(BaseCommand):
    """Tells again what was read, merged and left out, what changes results first."""

    help = "Tell what became of the file that a feeder was imported from."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the feeder."""
        parser.add_argument("feeder_id", metavar="feeder", help="a feeder that was imported")
        parser.add_argument("--json", action="store_true", help="Print what the API answers.")

    def handle(self, *args: Any, feeder_id: str, **options: Any) -> None:
        """Print it.

        Raises: CommandError naming the feeders there are.
        """
        record = read_record(feeder_id)
        if options["json"]:
            self.stdout.write(json.dumps(record.import_log, indent=2))
            return
        none = f"{feeder_id} was imported from no file whose import log was kept."
        self.stdout.write(import_log_text(record.import_log) or none)
