"""PV on roofs: a share of each customer's potential."""

import numpy as np

from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.technologies.technology import Sizes, Technology


def _potential_kwp(feeder: Feeder, _before: Sizes) -> np.ndarray:
    return np.array([customer.pv_kwp for customer in feeder.customers])


def _existing_kwp(feeder: Feeder) -> np.ndarray:
    return np.array([customer.existing_kwp for customer in feeder.customers])


def _fed_in(profiles: Profiles) -> np.ndarray:
    return profiles.pv_pu


PV = Technology(
    "pv",
    "PV",
    "kWp",
    _potential_kwp,
    "PV",
    _fed_in,
    existing=_existing_kwp,
    generates=True,
    inverter=True,
    on_pv_phases=True,
    default=0.3,
    none="is known",
    remedy="set one for the feeder, in kWp per customer or per kW of load; then ask again",
)
