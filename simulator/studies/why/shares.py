"""Each customer's exact share in differences of voltage, by load, PV and battery."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.injections import injection_buses
from simulator.powerflow.superposition import injected_pu, solve_phasors
from simulator.technologies.demand import customer_day

KINDS = ("load", "PV", "battery")

NoLoadAndShares = tuple[float, np.ndarray]


@dataclass(frozen=True, eq=False)
class Splitter:
    """A solved quarter-hour whose voltage differences come apart by customer and kind.

    Shape: ``voltage`` and ``no_load`` (buses,), ``response`` (buses, customers): each bus's voltage for a
    customer's current; ``current`` (customers, 3): load, PV, battery. Units: complex pu.
    """

    row: Mapping[str, int]
    voltage: np.ndarray
    no_load: np.ndarray
    response: np.ndarray
    current: np.ndarray

    def magnitude(self, bus: str) -> float:
        """Return a bus's voltage in pu."""
        return float(abs(self.voltage[self.row[bus]]))

    def behind_source(self, bus: str, source_pu: float) -> NoLoadAndShares:
        """Return what a bus differs from the source without load, and what each current adds to that."""
        row = self.row[bus]
        without, voltage = self.no_load[row], self.voltage[row]
        shares = _along(without, voltage, self.response[row][:, None] * self.current)
        return float(abs(without)) - source_pu, shares

    def between(self, start: str, end: str) -> NoLoadAndShares:
        """Return how much higher ``end`` is than ``start``: without load, and by each current."""
        i, j = self.row[start], self.row[end]
        low, high = self.voltage[i], self.voltage[j]
        difference = (self.response[j] - self.response[i])[:, None] * self.current
        return float(_along(low, high, self.no_load[j] - self.no_load[i])), _along(low, high, difference)


def _along(start: complex, end: complex, difference: np.ndarray) -> np.ndarray:
    """Return the parts in |end| - |start| of parts of the complex ``end - start``; linear, so they sum."""
    part: np.ndarray = np.real(np.conj(start + end) * difference) / (abs(start) + abs(end))
    return part


def split_currents(
    feeder: Feeder, profiles: Profiles, pv_adoption: float, battery_adoption: float, step: int
) -> Splitter:
    """Solve a quarter-hour and take the customers' currents apart; its power flow must have a solution."""
    compiled = compile_feeder(feeder)
    day = customer_day(feeder, profiles, [pv_adoption], battery_adoption)
    phasors = solve_phasors(compiled, *day.injections(feeder, [step]))
    position = {feeder.buses[p].id: i for i, p in enumerate(injection_buses(feeder))}
    columns = np.array([position[customer.bus] for customer in feeder.customers], dtype=int)
    load_kw, load_kvar, pv_kw, battery_kw = (
        kw[0, :, step] for kw in (day.load_kw, day.load_kvar, day.pv_kw, day.battery_kw)
    )
    p_kw = np.stack([-load_kw, pv_kw, battery_kw], axis=1)
    q_kvar = np.stack([-load_kvar, 0 * pv_kw, 0 * battery_kw], axis=1)
    return Splitter(
        {bus.id: row for row, bus in enumerate(feeder.buses)},
        phasors.bus_pu[0],
        compiled.bus.base,
        compiled.bus.response(columns),
        injected_pu(p_kw, q_kvar, phasors.injection_pu[0, columns][:, None]),
    )
