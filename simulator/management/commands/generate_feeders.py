"""`manage.py generate_feeders`: the synthetic feeders and the PV profile, from their plans."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from simulator.grid.synthesis import PLANS, stale_files, write_files


class Command(BaseCommand):
    """Writes what the generator gives; the same bytes on every run and machine."""

    help = "Write the synthetic feeders to data/networks and the PV profile to data/profiles."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--check``."""
        parser.add_argument("--check", action="store_true", help="say which files differ and write nothing")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Write or check the files.

        Raises: CommandError when ``--check`` finds a file that is missing or differs.
        """
        paths = stale_files() if check else write_files()
        if check and paths:
            names = ", ".join(path.name for path in paths)
            raise CommandError(f"not what the generator gives: {names}. Run manage.py generate_feeders")
        done = "All files are as the generator gives them"
        if paths:
            done = f"Wrote {', '.join(path.name for path in paths)}"
        self.stdout.write(f"{done} ({len(PLANS)} feeders, one PV profile)")
