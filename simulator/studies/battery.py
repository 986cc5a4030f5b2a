"""Home batteries over a day that ends as it began."""

from math import sqrt

import numpy as np

from simulator.grid.clock import HOURS_PER_STEP

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
    charge = np.empty((*surplus_kw.shape[:-1], surplus_kw.shape[-1] + 1))
    charge[..., 0] = _periodic_start(shift_kwh, capacity_kwh)
    for step in range(surplus_kw.shape[-1]):
        charge[..., step + 1] = np.clip(charge[..., step] + shift_kwh[..., step], 0, capacity_kwh)
    stored_kw = np.diff(charge, axis=-1) / HOURS_PER_STEP
    battery_kw = np.where(stored_kw > 0, -stored_kw / _ONE_WAY, -stored_kw * _ONE_WAY)
    return battery_kw + 0.0, charge  # no -0.0: people read it as a sign


def _periodic_start(shift_kwh: np.ndarray, capacity_kwh: np.ndarray) -> np.ndarray:
    gain = shift_kwh.sum(axis=-1)
    low, high = np.zeros_like(capacity_kwh), capacity_kwh
    for step in range(shift_kwh.shape[-1]):
        low = np.clip(low + shift_kwh[..., step], 0, capacity_kwh)
        high = np.clip(high + shift_kwh[..., step], 0, capacity_kwh)
    return np.where(gain > 0, high, low)
