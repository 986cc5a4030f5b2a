"""Hosting capacities under every limit set, as plain data."""

from typing import Any

from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.studies.adoption import adoption_data
from simulator.studies.data import limits_data
from simulator.studies.standards.standards import Standards
from simulator.studies.sweep.data import capacity_data


def standards_data(feeder: Feeder, standards: Standards) -> dict[str, Any]:
    """Return the hosting capacity and what binds, for each limit set."""
    return {
        "feeder_id": feeder.feeder_id,
        "hours": list(standards.hours),
        "times": [time_of(hour) for hour in standards.hours],
        **adoption_data(standards.adoption, standards.over),
        "pv_potential_kwp": feeder.pv_potential_kwp,
        "standards": [
            {"limits": limits_data(sweep.limits), **capacity_data(sweep)} for sweep in standards.sweeps
        ],
    }
