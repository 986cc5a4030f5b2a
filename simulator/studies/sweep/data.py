"""A sweep as plain data."""

from typing import Any

from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.studies.adoption import adoption_data
from simulator.studies.data import beyond_data, binding_data, limits_data
from simulator.studies.sweep.hosting_capacity import Sweep


def sweep_data(feeder: Feeder, sweep: Sweep) -> dict[str, Any]:
    """Return a sweep: its points, the hosting capacity, and what binds."""
    return {
        "feeder_id": feeder.feeder_id,
        "hours": list(sweep.hours),
        "times": [time_of(hour) for hour in sweep.hours],
        **adoption_data(sweep.adoption, sweep.over),
        "limits": limits_data(sweep.limits),
        "points": [vars(point) for point in sweep.points],
        "points_beyond_potential": [vars(point) for point in sweep.beyond],
        "pv_potential_kwp": sweep.potential_kwp,
        **capacity_data(sweep),
    }


def capacity_data(sweep: Sweep) -> dict[str, Any]:
    """Return the hosting capacity and what binds; beside it, what counts only violations that PV causes.

    Both end at the PV potential; what lies beyond stands apart. All are None where there is no potential.
    """
    within, caused = sweep.capacity.within_potential, sweep.caused.within_potential
    asked = sweep.asked
    return {
        "hosting_capacity": within.adoption if asked else None,
        "hosting_capacity_kwp": within.kwp if asked else None,
        "binding": binding_data(within),
        "baseline_violation": sweep.baseline_violation,
        "hosting_capacity_pv_caused": caused.adoption if asked else None,
        "hosting_capacity_pv_caused_kwp": caused.kwp if asked else None,
        "binding_pv_caused": binding_data(caused),
        "beyond_potential": beyond_data(sweep.capacity),
        "beyond_potential_pv_caused": beyond_data(sweep.caused),
    }
