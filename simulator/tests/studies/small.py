"""Small feeders made to measure, and days without weather."""

from typing import Any

import numpy as np

from simulator.grid.limits import DEFAULT_LIMITS, Limits
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.studies.scenario import Scenario
from simulator.tests.feeders import small_feeder_data

NOON = 48


def small_feeder(*customers: dict[str, Any], length_km: float = 0.1) -> Feeder:
    """Return three buses in a row, 160 kVA, two lines of a length, with the given customers.

    A customer names its ``bus``, ``peak_kw`` and ``pv_kwp``; its power factor is 1 where it names none.
    """
    data = small_feeder_data()
    for line in data["lines"]:
        line["length_km"] = length_km
    data["customers"] = [
        {
            "id": f"customer_{i}",
            "households": 1,
            "peak_kw": 0.0,
            "pv_kwp": 0.0,
            "power_factor": 1.0,
            **customer,
        }
        for i, customer in enumerate(customers)
    ]
    return Feeder.model_validate(data)


def flat_day(load_pu: float = 1.0, pv_pu: float = 1.0) -> Profiles:
    """Return a day whose every quarter-hour is the same."""
    return Profiles(np.full(96, load_pu), np.full(96, pv_pu))


def scenario(
    feeder: Feeder, pv: float, battery: float = 0.0, step: int = NOON, limits: Limits = DEFAULT_LIMITS
) -> Scenario:
    """Return the scenario of a feeder at noon."""
    return Scenario(feeder.feeder_id, {"pv": pv, "battery": battery}, step, limits)
