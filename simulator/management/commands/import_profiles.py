"""`manage.py import_profiles`: a feeder's load or PV from a CSV file."""

from pathlib import Path
from typing import Any, get_args

from django.core.management.base import BaseCommand, CommandError, CommandParser

from simulator.grid.errors import TwinError
from simulator.importing.profiles.reading import read_profile_file
from simulator.importing.profiles.series import ProfileKind, Unit
from simulator.importing.profiles.text import MAX_BYTES
from simulator.importing.profiles.units import LABELS
from simulator.importing.profiles.wanted import ProfileQuestionError, Wanted, read_begins
from simulator.management.text import sentence
from simulator.models import FeederRecord, ProfileSet
from simulator.reports.profiles import describe_profile


class Command(BaseCommand):
    """Stores a profile in the place of the feeder's, or leaves that one as it is."""

    help = "Read a day, or up to a year, of load or PV from a CSV file and store it with a feeder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the feeder, the file and what it holds."""
        parser.add_argument("feeder_id", metavar="feeder", help="any stored feeder, for example feeder_00")
        parser.add_argument("file", type=Path, help=f"CSV, at most {MAX_BYTES // 1_000_000} MB")
        parser.add_argument(
            "--kind", required=True, choices=get_args(ProfileKind), help="what the file holds"
        )
        parser.add_argument(
            "--unit",
            required=True,
            choices=get_args(Unit),
            help=", ".join(f"{k}: {v}" for k, v in LABELS.items()),
        )
        parser.add_argument(
            "--year", default="", help="year or first day where the file has no dates, 2023 or 2023-01-31"
        )
        parser.add_argument(
            "--numbers", default="", help="how points and commas are read, where a file leaves it open"
        )
        parser.add_argument(
            "--column", default="", help="the column of values, by number or heading, where there are several"
        )
        parser.add_argument(
            "--hours-ahead", type=float, help="how far local standard time is ahead of UTC, for times in UTC"
        )
        parser.add_argument(
            "--accept-doubts", action="store_true", help="store numbers that look like another unit's"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would be stored, and store nothing"
        )

    def handle(self, *args: Any, feeder_id: str, file: Path, kind: ProfileKind, **options: Any) -> None:
        """Store the profile, and say what was done and what it holds.

        Raises: CommandError naming line and column, or what must be chosen; nothing is stored then.
        """
        record = FeederRecord.objects.filter(feeder_id=feeder_id).first()
        if record is None:
            raise CommandError(f"No feeder is named {feeder_id}.")
        try:
            wanted = Wanted(kind, options["unit"], read_begins(options["year"]), options["numbers"],
                            options["column"], options["hours_ahead"])  # fmt: skip
            found = read_profile_file(_content(file), file.name, record.feeder, wanted)
        except ProfileQuestionError as error:
            shown = "\n".join(f"  --{error.field} {option}" for option in error.options)
            raise CommandError(f"{error.message}\n{shown}\nNothing was stored.") from error
        except TwinError as error:
            raise CommandError(f"{sentence(error)} Nothing was stored.") from error
        for line in found.told:
            self.stdout.write(line)
        for doubt in found.doubts:
            self.stderr.write(f"Doubtful: {doubt}")
        told = describe_profile(record.feeder, kind, file.name, found.series)
        self.stdout.write("\n".join(f"{label}: {value}" for label, value in told.facts))
        if options["dry_run"]:
            self.stdout.write("Nothing was stored.")
            return
        if found.doubts and not options["accept_doubts"]:
            raise CommandError(
                "Nothing was stored: choose another unit, or --accept-doubts to store it as it is."
            )
        ProfileSet.objects.keep(record, kind, file.name, found.series, (*found.told, *found.doubts))


def _content(file: Path) -> bytes:
    """Return the file's first bytes, one more than are accepted where there are more."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror or error}. Nothing was stored.") from error
