"""Each customer's exact share in differences of voltage, by load, PV and battery."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.grid.phases import PHASES
from simulator.powerflow.compiled import BASE_KVA
from simulator.powerflow.maps import Map
from simulator.powerflow.ports import Ports
from simulator.powerflow.superposition import solve_phasors
from simulator.questions.question import Question
from simulator.technologies.powers import Powers
from simulator.technologies.registry import TECHNOLOGIES, USUAL

NoLoadAndShares = tuple[float, np.ndarray]


@dataclass(frozen=True, eq=False)
class Splitter:
    """A solved quarter-hour whose voltage differences come apart by customer and kind.

    Shape: ``voltage`` and ``no_load`` (buses,); ``response`` (buses, customers, kinds, or 1 where all are
    alike): each bus's voltage for the conjugate of a customer's power at the voltage that it has; ``power``
    (customers, kinds), that conjugate: load, PV, battery. Units: complex pu. By phase the buses' voltages are
    those of one phase.
    """

    row: Mapping[str, int]
    voltage: np.ndarray
    no_load: np.ndarray
    response: np.ndarray
    power: np.ndarray

    def magnitude(self, bus: str) -> float:
        """Return a bus's voltage in pu."""
        return float(abs(self.voltage[self.row[bus]]))

    def behind_source(self, bus: str, source_pu: float) -> NoLoadAndShares:
        """Return what a bus differs from the source without load, and what each current adds to that."""
        row = self.row[bus]
        without, voltage = self.no_load[row], self.voltage[row]
        shares = _along(without, voltage, self.response[row] * self.power)
        return float(abs(without)) - source_pu, shares

    def between(self, start: str, end: str) -> NoLoadAndShares:
        """Return how much higher ``end`` is than ``start``: without load, and by each current."""
        i, j = self.row[start], self.row[end]
        low, high = self.voltage[i], self.voltage[j]
        difference = (self.response[j] - self.response[i]) * self.power
        return float(_along(low, high, self.no_load[j] - self.no_load[i])), _along(low, high, difference)


def _along(start: complex, end: complex, difference: np.ndarray) -> np.ndarray:
    """Return the parts in |end| - |start| of parts of the complex ``end - start``; linear, so they sum."""
    part: np.ndarray = np.real(np.conj(start + end) * difference) / (abs(start) + abs(end))
    return part


def split_currents(question: Question, step: int, phase: str | None = None) -> Splitter:
    """Solve a quarter-hour and take the customers' currents apart; its power flow must have a solution.

    By phase the voltages are those of ``phase``; a bus without it is in no row.
    """
    compiled, powers = question.compiled, question.powers()
    phasors = solve_phasors(compiled, *powers.at([step]).inject(question.ports))
    bus = compiled.maps.of("bus")
    rows = {each.id: row for row, each in enumerate(question.feeder.buses)}
    if compiled.phase_rows is not None and phase is not None:
        of_phase = compiled.phase_rows[:, PHASES.index(phase)].tolist()
        rows = {each: of_phase[row] for each, row in rows.items() if of_phase[row] >= 0}
    return Splitter(
        rows,
        phasors.bus_pu[0],
        bus.base,
        _response(question.ports, bus, phasors.injection_pu[0]),
        np.stack([_conjugate(powers, key, step) for key in powers.kw], axis=1),
    )


def _conjugate(powers: Powers, key: str, step: int) -> np.ndarray:
    """Return the conjugates of the customers' powers of a technology in pu, (customers,)."""
    conjugate: np.ndarray = (powers.kw[key][0, :, step] - 1j * powers.kvar[key][0, :, step]) / BASE_KVA
    return conjugate


def _response(ports: Ports, bus: Map, voltage: np.ndarray) -> np.ndarray:
    """Return what each bus's voltage gets for the conjugate of each customer's power, by technology."""
    if not ports.by_phase:
        at = ports.of_customer
        response: np.ndarray = (bus.response(at) / np.conj(voltage[at]))[:, :, None]
        return response
    by_port = bus.response(np.arange(len(ports.bus))) / np.conj(voltage)
    kinds = [TECHNOLOGIES[USUAL]] if ports.pv_shares is None else list(TECHNOLOGIES.values())
    shares = [ports.shares_of(on_pv_phases=each.on_pv_phases) for each in kinds]
    return np.stack([by_port @ each.T for each in shares], axis=2)
