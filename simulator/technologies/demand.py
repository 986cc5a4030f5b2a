"""What customers draw and feed in: load, PV and batteries over the day, and the injections they make."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.powerflow.injections import injection_buses
from simulator.technologies.battery import KW_PER_KWP, KWH_PER_KWP, dispatch


@dataclass(frozen=True, eq=False)
class CustomerDay:
    """A day of every customer at each level of PV adoption.

    Shape: (levels, customers, 96); ``stored_kwh`` (levels, customers, 97), before each quarter-hour and at
    24:00. Units: kW and kvar drawn by the load; kW fed in by PV; kW fed in by the battery, negative while it
    charges; kWh in the battery; kvar that PV absorbs.
    """

    load_kw: np.ndarray
    load_kvar: np.ndarray
    pv_kw: np.ndarray
    battery_kw: np.ndarray
    stored_kwh: np.ndarray
    pv_kvar: np.ndarray

    @property
    def net_kw(self) -> np.ndarray:
        """Power fed in by each customer: PV and battery less load; never clamped."""
        net: np.ndarray = self.pv_kw + self.battery_kw - self.load_kw
        return net

    def injections(self, feeder: Feeder, steps: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        """Return kW and kvar fed in at the injection buses.

        Shape: (levels x steps, injection buses), level by level.
        """
        sums = customers_to_buses(feeder)
        chosen = list(steps)
        p_kw = np.einsum("lcs,cb->lsb", self.net_kw[..., chosen], sums)
        drawn_kvar = self.load_kvar[..., chosen] + self.pv_kvar[..., chosen]
        q_kvar = np.einsum("lcs,cb->lsb", -drawn_kvar, sums)
        shape = (p_kw.shape[0] * p_kw.shape[1], p_kw.shape[2])  # not -1: there may be no customer
        return p_kw.reshape(shape), q_kvar.reshape(shape)


def customer_day(
    feeder: Feeder,
    profiles: Profiles,
    pv_adoption: Sequence[float],
    battery_adoption: float,
    pv_power_factor: float = 1.0,
) -> CustomerDay:
    """Return the day of every customer at each level of PV adoption (shares 0..1).

    Below 1, ``pv_power_factor`` is that of inverters that absorb: Q = -P tan(acos pf). They are rated for it:
    P stays what the roof gives, S = P / pf.
    """
    peak = np.array([c.peak_kw for c in feeder.customers])
    tangent = np.array([np.tan(np.arccos(c.power_factor)) for c in feeder.customers])
    installed = np.outer(pv_adoption, [c.pv_kwp for c in feeder.customers])
    shape = (*installed.shape, profiles.load_pu.shape[-1])
    load_kw = np.broadcast_to(peak[:, None] * profiles.load_pu, shape)
    pv_kw = installed[..., None] * profiles.pv_pu
    battery_kw, stored_kwh = np.zeros(shape), np.zeros((*installed.shape, shape[-1] + 1))
    if battery_adoption > 0:
        size = installed * battery_adoption
        battery_kw, stored_kwh = dispatch(pv_kw - load_kw, size * KWH_PER_KWP, size * KW_PER_KWP)
    pv_kvar = pv_kw * np.tan(np.arccos(pv_power_factor))
    return CustomerDay(load_kw, load_kw * tangent[:, None], pv_kw, battery_kw, stored_kwh, pv_kvar)


def customers_to_buses(feeder: Feeder) -> np.ndarray:
    """Return the 0/1 matrix (customers, injection buses) that sums customers at their buses."""
    column = {feeder.buses[position].id: i for i, position in enumerate(injection_buses(feeder))}
    sums = np.zeros((len(feeder.customers), len(column)))
    for row, customer in enumerate(feeder.customers):
        sums[row, column[customer.bus]] = 1
    return sums
