"""A customer's part in a network by taking its current away: dense matrices of pandapower, solved anew."""

from dataclasses import dataclass
from math import acos, tan
from typing import Any

import numpy as np
import pandapower as pp

from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.tests.oracles.newton import convert
from simulator.tests.studies.slow import battery_day


@dataclass(frozen=True)
class Network:
    """A solved network with every customer's power as a fixed current; ``row`` also knows the source."""

    ybus: np.ndarray
    row: dict[str, int]
    voltage: np.ndarray
    currents: dict[tuple[str, str], tuple[str, complex]]

    def without(self, customer: str, kind: str) -> np.ndarray:
        """Return the voltages with one current taken away and all others left as they are."""
        current = np.zeros(len(self.voltage), dtype=complex)
        for key, (bus, amount) in self.currents.items():
            if key != (customer, kind):
                current[self.row[bus]] += amount
        source = self.row["source"]
        low = [row for row in range(len(self.voltage)) if row != source]
        voltage = self.voltage.copy()
        fixed = current[low] - self.ybus[low, source] * voltage[source]
        voltage[low] = np.linalg.solve(self.ybus[np.ix_(low, low)], fixed)
        return voltage

    def share(self, start: str, end: str, customer: str, kind: str) -> float:
        """Return a current's part in ``|end| - |start|``: its part in the complex difference, projected."""
        i, j = self.row[start], self.row[end]
        one, other, less = self.voltage[i], self.voltage[j], self.without(customer, kind)
        part = (other - one) - (less[j] - less[i])
        return float((np.conj(one + other) * part).real / (abs(one) + abs(other)))


def customer_powers(
    feeder: Feeder, profiles: Profiles, pv: float, battery: float, step: int
) -> dict[tuple[str, str], tuple[str, complex]]:
    """Return what each customer's load, PV and battery feed in, in kVA, with its bus."""
    powers = {}
    for c in feeder.customers:
        load_kw, installed = c.peak_kw * profiles.load_pu, c.pv_kwp * pv
        pv_kw, size = installed * profiles.pv_pu, installed * battery
        day = battery_day((pv_kw - load_kw).tolist(), size, 0.5 * size).battery_kw if size else [0.0] * 96
        reactive = load_kw[step] * tan(acos(c.power_factor))
        powers[c.id, "load"] = (c.bus, complex(-load_kw[step], -reactive))
        powers[c.id, "PV"] = (c.bus, complex(pv_kw[step]))
        powers[c.id, "battery"] = (c.bus, complex(day[step]))
    return powers


def solve_network(feeder: Feeder, profiles: Profiles, pv: float, battery: float, step: int) -> Network:
    """Solve a quarter-hour by Newton-Raphson and keep its matrix, voltages and currents."""
    net: Any = convert(feeder)
    powers = customer_powers(feeder, profiles, pv, battery, step)
    number = {bus.id: i for i, bus in enumerate(feeder.buses, start=1)}
    for bus, kva in powers.values():
        pp.create_load(net, number[bus], p_mw=-kva.real / 1000, q_mvar=-kva.imag / 1000)
    pp.runpp(net, algorithm="nr", init="auto", numba=False, trafo_model="pi", tolerance_mva=1e-10)
    internal, lookup = net._ppc["internal"], net._pd2ppc_lookups["bus"]
    voltage = np.asarray(internal["V"])
    row = {"source": int(lookup[0]), **{bus: int(lookup[i]) for bus, i in number.items()}}
    currents = {
        key: (bus, complex(np.conj(kva / 1000 / voltage[row[bus]]))) for key, (bus, kva) in powers.items()
    }
    return Network(internal["Ybus"].toarray(), row, voltage, currents)
