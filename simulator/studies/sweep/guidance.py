"""Guidance where a question on hosting capacity had nothing to ask about."""

from simulator.studies.guidance import Finding


def no_potential() -> Finding:
    """Say that no capacity is told, and what to set for one."""
    return Finding(
        "no_potential",
        "info",
        "No PV potential is known",
        "set one for the feeder, in kWp per customer or per kW of load; then ask again",
        "any share of no potential is no PV at all",
    )
