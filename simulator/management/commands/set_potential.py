"""`manage.py set_potential`: how much PV a stored feeder's customers may build."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from simulator.grid.changes import with_pv_potential
from simulator.management.potential import add_potential, read_potential
from simulator.management.question import answer, read_record


class Command(BaseCommand):
    """Gives customers a PV potential where no file knew one."""

    help = "Set the PV potential of a feeder's customers."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the feeder and the potential."""
        parser.add_argument("feeder_id", metavar="feeder", help="a stored feeder")
        add_potential(parser)
        said = "also at customers that have a potential already"
        parser.add_argument("--replace", action="store_true", help=said)

    def handle(self, *args: Any, feeder_id: str, **options: Any) -> None:
        """Store the potential.

        Raises: CommandError for an unknown feeder, or a potential that is none.
        """
        record, potential = read_record(feeder_id), read_potential(options)
        if not potential:
            raise CommandError("Give --kwp-per-kw or --kwp-per-customer, above 0. Nothing was stored.")
        feeder = with_pv_potential(answer(lambda: record.feeder), potential)
        answer(lambda: record.change_network(feeder))
        self.stdout.write(f"{feeder_id} has a PV potential of {feeder.pv_potential_kwp:,.1f} kWp now.")
