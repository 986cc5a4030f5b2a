"""The PV potential of customers, as commands take it."""

from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError, CommandParser

from simulator.grid.potential import MAX_KWP_PER_CUSTOMER, MAX_KWP_PER_KW, Potential


def add_potential(parser: CommandParser) -> None:
    """Add the two ways to say how much PV customers may build that have no potential."""
    ways = parser.add_mutually_exclusive_group()
    for option, each, most in (
        ("--kwp-per-kw", "kW of load", MAX_KWP_PER_KW),
        ("--kwp-per-customer", "customer", MAX_KWP_PER_CUSTOMER),
    ):
        words = f"PV potential of customers without one, in kWp for each {each}: 0 to {most:,}"
        ways.add_argument(option, metavar="KWP", type=float, default=0.0, help=words)


def read_potential(options: Mapping[str, Any]) -> Potential:
    """Return the potential that is asked for.

    Raises: CommandError saying what is accepted.
    """
    try:
        return Potential(options["kwp_per_kw"], options["kwp_per_customer"], bool(options.get("replace")))
    except ValueError as error:
        raise CommandError(f"PV potential: {error}. Nothing was stored.") from error
