"""Second implementations, slow and plain, written from the definitions alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
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


def own_day(profiles: Profiles, row: int) -> Profiles:
    """Return the day of one customer, by its place in the feeder's list."""
    load_pu, pv_pu = (v if v.ndim == 1 else v[row] for v in (profiles.load_pu, profiles.pv_pu))
    return Profiles(load_pu, pv_pu)


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
    feeder: Feeder,
    profiles: Profiles,
    pv: float,
    battery: float,
    steps: Sequence[int],
    pv_power_factor: float = 1.0,
) -> tuple[np.ndarray, np.ndarray]:
    """Return kW and kvar fed in, shape (steps, customer buses); PV absorbs by its power factor."""
    buses = customer_buses(feeder)
    p_kw, q_kvar = np.zeros((2, len(steps), len(buses)))
    for place, customer in enumerate(feeder.customers):
        column, own = buses.index(customer.bus), own_day(profiles, place)
        net = customer_net_kw(customer, own, pv, battery)
        for row, step in enumerate(steps):
            p_kw[row, column] += net[step]
            load_kw = customer.peak_kw * own.load_pu[step]
            pv_kw = customer.pv_kwp * pv * own.pv_pu[step]
            q_kvar[row, column] -= load_kw * tan(acos(customer.power_factor)) + pv_kw * tan(
                acos(pv_power_factor)
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


@dataclass(frozen=True)
class Question:
    """What stays the same from level to level of PV adoption."""

    feeder: Feeder
    profiles: Profiles
    steps: Sequence[int]
    battery: float = 0.0
    pv_power_factor: float = 1.0

    def solve(self, levels: Sequence[float]) -> tuple[PowerFlow, PowerFlow]:
        """Return the flow level by level, and that without PV as often; by one run of Newton-Raphson."""
        fixed = (self.battery, self.steps, self.pv_power_factor)
        days = [injections(self.feeder, self.profiles, pv, *fixed) for pv in levels]
        flow = solve_newton(self.feeder, *(np.concatenate(kind) for kind in zip(*days, strict=True)))
        return flow, replace(flow, vm_pu=np.tile(flow.vm_pu[: len(self.steps)], (len(levels), 1)))


def capacity(question: Question, limits: Limits, *, caused_only: bool = False) -> float:
    """Return the hosting capacity, at most 5e-4 too low; ``capacities`` says how."""
    return capacities(question, [limits], caused_only=caused_only)[0]


def capacities(question: Question, limit_sets: Sequence[Limits], *, caused_only: bool = False) -> list[float]:
    """Return a hosting capacity for each limit set, at most 5e-4 too low.

    21 levels, then the way between the last good and the first bad one is cut into ten, twice.
    Solved by pandapower's Newton-Raphson, all limit sets' levels in one run. ``caused_only`` leaves out what
    is no worse than without PV.
    """
    brackets = [(0.0, 1.0)] * len(limit_sets)
    for cuts in (20, 10, 10):
        levels = [_cut(bracket, cuts) for bracket in brackets]
        flow, bare = question.solve([0.0, *chain.from_iterable(levels)])
        start = 1
        for number, (limits, tried) in enumerate(zip(limit_sets, levels, strict=True)):
            cases = excesses(question.feeder, flow, limits, bare)
            beyond = cases.reshape(-1, len(question.steps), cases.shape[1])
            counted = beyond > 0
            if caused_only:
                counted &= beyond > beyond[0] + 1e-9
            bad = [bool(level.any()) for level in counted[start : start + len(tried)]]
            brackets[number] = _bracket(tried, bad)
            start += len(tried)
    return [good for good, _ in brackets]


def _cut(bracket: tuple[float, float], cuts: int) -> list[float]:
    good, bad = bracket
    return [good] if good == bad else [good + (bad - good) * i / cuts for i in range(cuts + 1)]


def _bracket(levels: list[float], bad: list[bool]) -> tuple[float, float]:
    """Return the last good level and the first bad one; one level twice where all are good, or none is."""
    if not any(bad):
        return levels[-1], levels[-1]
    first = bad.index(True)
    return (levels[first - 1], levels[first]) if first else (levels[0], levels[0])
