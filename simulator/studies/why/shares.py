"""Each customer's exact share in differences of voltage, by load, PV and battery."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.powerflow.superposition import injected_pu, solve_phasors
from simulator.questions.question import Question

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


def split_currents(question: Question, step: int) -> Splitter:
    """Solve a quarter-hour and take the customers' currents apart; its power flow must have a solution."""
    compiled, ports, powers = question.compiled, question.ports, question.powers()
    phasors = solve_phasors(compiled, *powers.at([step]).inject(ports))
    p_kw, q_kvar = (
        np.stack([power[0, :, step] for power in table.values()], axis=1)
        for table in (powers.kw, powers.kvar)
    )
    at, bus = ports.of_customer, compiled.maps.of("bus")
    return Splitter(
        {bus.id: row for row, bus in enumerate(question.feeder.buses)},
        phasors.bus_pu[0],
        bus.base,
        bus.response(at),
        injected_pu(p_kw, q_kvar, phasors.injection_pu[0, at][:, None]),
    )
