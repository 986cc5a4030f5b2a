"""The load of households, which always stands."""

import numpy as np

from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.technologies.technology import Sizes, Technology


def _peak_kw(feeder: Feeder, _before: Sizes) -> np.ndarray:
    return np.array([customer.peak_kw for customer in feeder.customers])


def _drawn(profiles: Profiles) -> np.ndarray:
    return -profiles.load_pu


def _power_factor(feeder: Feeder) -> np.ndarray:
    return np.array([customer.power_factor for customer in feeder.customers])


LOAD = Technology("load", "Load", "kW", _peak_kw, "load", _drawn, power_factor=_power_factor, adopted=False)
