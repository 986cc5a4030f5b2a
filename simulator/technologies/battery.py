"""Home batteries beside adopted PV, over a day that ends as it began."""

from math import sqrt

import numpy as np

from simulator.grid.clock import HOURS_PER_STEP
from simulator.grid.schema import Feeder
from simulator.technologies.technology import Sizes, Technology

KWH_PER_KWP = 1.0
KW_PER_KWP = 0.5
ROUND_TRIP_EFFICIENCY = 0.9
_ONE_WAY = sqrt(ROUND_TRIP_EFFICIENCY)  # the losses are shared equally between charging and discharging


def dispatch(
    surplus_kw: np.ndarray, capacity_kwh: np.ndarray, power_kw: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Charge from surplus, discharge into residual load, quarter-hour by quarter-hour, on a periodic day.

    A day maps the first state of charge s to clip(s + a, low, high): clips of shifts compose to a clip of
    a shift. Its fixed point, the periodic day, is ``high`` where the day gains (a > 0), else ``low``.

    Shape: surplus (..., steps), PV less load; capacity and power rating (...). Returns battery power
    (..., steps), positive when it feeds the house, and state of charge (..., steps + 1).
    Units: kW and kWh; 0.5 kW and 1 kWh per kWp; round-trip efficiency 0.9.
    """
    wish_kw = np.clip(surplus_kw, -power_kw[..., None], power_kw[..., None])
    shift_kwh = np.where(wish_kw > 0, wish_kw * _ONE_WAY, wish_kw / _ONE_WAY) * HOURS_PER_STEP
    shifts = np.ascontiguousarray(np.moveaxis(shift_kwh, -1, 0))  # steps first: the loops run over them
    charge = _follow(_periodic_start(shifts, capacity_kwh), shifts, capacity_kwh)
    stored_kw = np.diff(charge, axis=0) / HOURS_PER_STEP
    battery_kw = np.where(stored_kw > 0, -stored_kw / _ONE_WAY, -stored_kw * _ONE_WAY)
    battery_kw += 0.0  # no -0.0: people read it as a sign
    return np.moveaxis(battery_kw, 0, -1), np.moveaxis(charge, 0, -1)


def _periodic_start(shifts: np.ndarray, capacity_kwh: np.ndarray) -> np.ndarray:
    low = _follow(np.zeros_like(capacity_kwh), shifts, capacity_kwh)[-1]
    high = _follow(capacity_kwh, shifts, capacity_kwh)[-1]
    start: np.ndarray = np.where(shifts.sum(axis=0) > 0, high, low)
    return start


def _follow(start: np.ndarray, shifts: np.ndarray, capacity_kwh: np.ndarray) -> np.ndarray:
    """Return the state of charge before each step and after the last, kept within 0 and the capacity."""
    charge = np.empty((len(shifts) + 1, *shifts.shape[1:]))
    charge[0] = start
    for step, shift in enumerate(shifts):
        after = charge[step + 1, ...]  # a view, of single customers too
        np.add(charge[step], shift, out=after)
        np.maximum(after, 0, out=after)
        np.minimum(after, capacity_kwh, out=after)
    return charge


def _capacity_kwh(_feeder: Feeder, before: Sizes) -> np.ndarray:
    return before["pv"] * KWH_PER_KWP


def _dispatch(surplus_kw: np.ndarray, capacity_kwh: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return dispatch(surplus_kw, capacity_kwh, capacity_kwh * (KW_PER_KWP / KWH_PER_KWP))


BATTERY = Technology(
    "battery",
    "Battery",
    "kWh",
    _capacity_kwh,
    "batteries",
    dispatch=_dispatch,
    generates=True,
    on_pv_phases=True,
    remedy="ask again with PV adopted: batteries stand beside it",
)
