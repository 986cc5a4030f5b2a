"""A sweep as plain data."""

from typing import Any

from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.reports.data.parts import binding_data, limits_data
from simulator.studies.hosting_capacity import Sweep


def sweep_data(feeder: Feeder, sweep: Sweep) -> dict[str, Any]:
    """Return a sweep: its points, the hosting capacity, and what binds."""
    return {
        "feeder_id": feeder.feeder_id,
        "hours": list(sweep.hours),
        "times": [time_of(hour) for hour in sweep.hours],
        "battery_adoption": sweep.battery_adoption,
        "limits": limits_data(sweep.limits),
        "points": [vars(point) for point in sweep.points],
        **capacity_data(sweep),
    }


def capacity_data(sweep: Sweep) -> dict[str, Any]:
    """Return the hosting capacity and what binds; beside it, what counts only violations that PV causes."""
    return {
        "hosting_capacity": sweep.capacity.adoption,
        "hosting_capacity_kwp": sweep.capacity.kwp,
        "binding": binding_data(sweep.capacity),
        "baseline_violation": sweep.baseline_violation,
        "hosting_capacity_pv_caused": sweep.caused.adoption,
        "hosting_capacity_pv_caused_kwp": sweep.caused.kwp,
        "binding_pv_caused": binding_data(sweep.caused),
    }
