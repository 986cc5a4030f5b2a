"""Second implementations, slow and plain, written from the definitions alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import acos, sqrt, tan

import numpy as np

from simulator.grid.elements import Customer
from simulator.grid.limits import Limits
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.powerflow.flow import PowerFlow
from simulator.tests.feeders import customer_buses
from simulator.tests.oracles.newton import solve_newton

ONE_WAY = sqrt(0.9)


@dataclass(frozen=True)
class BatteryDay:
    """One battery's day: kW fed in, and kWh stored before each step and at the end."""

    battery_kw: list[float]
    stored_kwh: list[float]


def battery_day(surplus_kw: Sequence[float], capacity_kwh: float, power_kw: float) -> BatteryDay:
    """Run days one after the other, from empty, until a day ends as it began."""
    start = 0.0
    for _ in range(100_000):
        day = _one_day(surplus_kw, capacity_kwh, power_kw, start)
        if abs(day.stored_kwh[-1] - start) < 1e-12:
            return day
        start = day.stored_kwh[-1]
    raise ArithmeticError("no day ends as it began")


def _one_day(surplus_kw: Sequence[float], capacity_kwh: float, power_kw: float, start: float) -> BatteryDay:
    powers, stored = [], [start]
    for surplus in surplus_kw:
        if surplus > 0:
            taken = min(surplus, power_kw, (capacity_kwh - stored[-1]) / ONE_WAY / 0.25)
            powers.append(-taken)
            stored.append(stored[-1] + taken * 0.25 * ONE_WAY)
        else:
            given = min(-surplus, power_kw, stored[-1] * ONE_WAY / 0.25)
            powers.append(given)
            stored.append(stored[-1] - given * 0.25 / ONE_WAY)
    return BatteryDay(powers, stored)


def customer_net_kw(customer: Customer, profiles: Profiles, pv: float, battery: float) -> list[float]:
    """Return a customer's feed-in over the day."""
    installed = customer.pv_kwp * pv
    load_and_sun = zip(profiles.load_pu.tolist(), profiles.pv_pu.tolist(), strict=True)
    surplus = [installed * sun - customer.peak_kw * load for load, sun in load_and_sun]
    if not installed * battery:
        return surplus
    stored = battery_day(surplus, installed * battery * 1.0, installed * battery * 0.5)
    return [s + b for s, b in zip(surplus, stored.battery_kw, strict=True)]


def injections(
    feeder: Feeder, profiles: Profiles, pv: float, battery: float, steps: Sequence[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Return kW and kvar fed in, shape (steps, customer buses)."""
    buses = customer_buses(feeder)
    p_kw, q_kvar = np.zeros((2, len(steps), len(buses)))
    for customer in feeder.customers:
        column = buses.index(customer.bus)
        net = customer_net_kw(customer, profiles, pv, battery)
        for row, step in enumerate(steps):
            p_kw[row, column] += net[step]
            q_kvar[row, column] -= (
                customer.peak_kw * profiles.load_pu[step] * tan(acos(customer.power_factor))
            )
    return p_kw, q_kvar


def excesses(feeder: Feeder, flow: PowerFlow, limits: Limits, without_pv: PowerFlow | None) -> np.ndarray:
    """Return how far every element is beyond its limits, in pu or as a share of rating; negative within."""
    parts = [
        limits.vm_min_pu - flow.vm_pu,
        flow.vm_pu - limits.vm_max_pu,
        flow.line_loading - limits.loading_max,
        flow.transformer_loading - limits.loading_max,
    ]
    if limits.rise_max is not None and without_pv is not None:
        parts.append(flow.vm_pu - without_pv.vm_pu - limits.rise_max)
    return np.concatenate(parts, axis=1)


def capacity(
    feeder: Feeder,
    profiles: Profiles,
    steps: Sequence[int],
    limits: Limits,
    *,
    battery: float = 0.0,
    caused_only: bool = False,
) -> float:
    """Return the hosting capacity, at most 1e-4 too low: 21 levels, then bisection below the first violated.

    Solved by pandapower's Newton-Raphson. ``caused_only`` leaves out what is no worse than without PV.
    """

    def violates(levels: Sequence[float]) -> list[bool]:
        days = [injections(feeder, profiles, pv, battery, steps) for pv in (0.0, *levels)]
        flow = solve_newton(feeder, *(np.concatenate(kind) for kind in zip(*days, strict=True)))
        bare = replace(flow, vm_pu=np.tile(flow.vm_pu[: len(steps)], (len(days), 1)))
        beyond = excesses(feeder, flow, limits, bare).reshape(len(days), len(steps), -1)
        counted = beyond[1:] > 0
        if caused_only:
            counted &= beyond[1:] > beyond[0] + 1e-9
        return [bool(level.any()) for level in counted]

    curve = violates([level * 0.05 for level in range(21)])
    if curve[0] or not any(curve):
        return 0.0 if curve[0] else 1.0
    good, bad = (curve.index(True) - 1) * 0.05, curve.index(True) * 0.05
    while bad - good > 1e-4:
        middle = (good + bad) / 2
        good, bad = (good, middle) if violates([middle])[0] else (middle, bad)
    return good
