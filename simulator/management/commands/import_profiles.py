"""`manage.py import_profiles`: a feeder's load or PV from a CSV file."""

from pathlib import Path
from typing import Any, cast, get_args

from django.core.management.base import BaseCommand, CommandError, CommandParser

from simulator.grid.errors import TwinError
from simulator.grid.profile_files.reading import read_profile_file
from simulator.grid.profile_files.series import Kind, Unit
from simulator.grid.profile_files.text import MOST_BYTES
from simulator.models import FeederRecord, ProfileSet
from simulator.reports.profiles import describe_profile


class Command(BaseCommand):
    """Stores a profile in the place of the feeder's, or leaves that one as it is."""

    help = "Read a day or a year of load or PV from a CSV file and store it with a feeder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the feeder, the file and what it holds."""
        parser.add_argument("feeder_id", metavar="feeder", help="any stored feeder, for example feeder_00")
        parser.add_argument("file", type=Path, help=f"CSV, at most {MOST_BYTES // 1_000_000} MB")
        parser.add_argument("--kind", required=True, choices=get_args(Kind), help="what the file holds")
        parser.add_argument(
            "--unit", required=True, choices=get_args(Unit), help="kW, or per unit of peak_kw or kWp"
        )
        parser.add_argument("--year", type=int, help="of a year without dates, for example 2023")

    def handle(self, *args: Any, feeder_id: str, file: Path, kind: str, unit: str, **options: Any) -> None:
        """Store the profile, and say what it holds.

        Raises: CommandError naming line and column; nothing is stored then.
        """
        record = FeederRecord.objects.filter(feeder_id=feeder_id).first()
        if record is None:
            raise CommandError(f"No feeder is named {feeder_id}.")
        question = {"kind": cast("Kind", kind), "unit": cast("Unit", unit), "year": options["year"]}
        try:
            series = read_profile_file(_content(file), file.name, record.feeder, **question)
        except TwinError as error:
            raise CommandError(f"{error} Nothing was stored.") from error
        ProfileSet.objects.keep(record, cast("Kind", kind), file.name, series)
        told = describe_profile(record.feeder, cast("Kind", kind), file.name, series)
        self.stdout.write("\n".join(f"{label}: {value}" for label, value in told.facts))


def _content(file: Path) -> bytes:
    """Return the file's first bytes, one more than are accepted where there are more."""
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror or error}. Nothing was stored.") from error
