"""Guidance where a question on hosting capacity had nothing to ask about."""

from simulator.studies.guidance import Finding
from simulator.technologies.technology import Technology


def no_potential(technology: Technology) -> Finding:
    """Say that no capacity is told, and what to set for one."""
    return Finding(
        "no_potential",
        "info",
        f"No {technology.potential} {technology.none}",
        technology.remedy,
        f"any share of no potential is no {technology.plural} at all",
    )
