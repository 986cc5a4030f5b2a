"""Guidance on hosting capacities, wherever one is asked for."""

from typing import Protocol

from simulator.studies.guidance import Facts, Rule
from simulator.technologies.technology import Technology


class Capacity(Protocol):
    """An answer on a technology; nothing was ``asked`` where no customer has a potential."""

    @property
    def asked(self) -> bool:
        """Whether there is any potential."""

    @property
    def technology(self) -> Technology:
        """What is adopted."""


def no_potential(found: Capacity) -> Facts:
    """Fire where no capacity is told."""
    if found.asked:
        return None
    each = found.technology
    return {"potential": each.potential, "none": each.none, "remedy": each.remedy, "plural": each.plural}


SWEEP_RULES = (
    Rule(
        "no_potential",
        "info",
        "No {potential} {none}",
        "{remedy}",
        "any share of no potential is no {plural} at all",
        no_potential,
        ("sweep", "standards", "monte-carlo", "measures"),
    ),
)
