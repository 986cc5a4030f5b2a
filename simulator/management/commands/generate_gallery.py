"""``manage.py generate_gallery``: published networks as ready feeders."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from simulator.powerflow.gallery import render_gallery


class Command(BaseCommand):
    """Writes what pandapower's networks become here; the same bytes on every run and machine."""

    help = "Write the gallery's feeders, which are networks that others have published, to data/gallery."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--check``."""
        parser.add_argument("--check", action="store_true", help="say which files differ and write nothing")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Write or check the files.

        Raises: CommandError when ``--check`` finds a file that is missing or differs.
        """
        files = render_gallery()
        stale = [p for p, text in files.items() if not p.is_file() or p.read_bytes() != text.encode()]
        names = ", ".join(path.name for path in stale)
        if check and stale:
            raise CommandError(
                f"not what pandapower's networks give: {names}. Run manage.py generate_gallery"
            )
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[path].encode())
        done = f"Wrote {names}" if stale else "All files are as pandapower's networks give them"
        self.stdout.write(f"{done} ({len(files)} feeders)")
