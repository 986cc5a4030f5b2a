"""The nose point: the largest multiple of an operating point that has a solution, by Newton continuation.

Kept apart from pandapower's own Newton-Raphson, which starts each case anew and so says nothing certain
close to the nose: this one follows the solution from no load, and the smallest singular value of its Jacobian
says how close it has come.
"""

from dataclasses import dataclass

import numpy as np
import pandapower as pp

from simulator.grid.schema import Feeder
from simulator.tests.feeders import customer_buses
from simulator.tests.oracles.newton import convert

MISMATCH_PU = 1e-11  # on 1 MVA: 1e-8 kW
RESOLUTION = 1e-7


@dataclass(frozen=True, eq=False)
class Continuation:
    """A feeder's equations for one direction: S = V conj(Y V + source current), S = scale x direction.

    Shape: ``ybus`` (buses, buses); ``source_current`` and ``direction`` (buses,). Units: pu on 1 MVA.
    """

    ybus: np.ndarray
    source_current: np.ndarray
    direction: np.ndarray

    def no_load(self) -> np.ndarray:
        """Return the voltages without any injection."""
        return np.linalg.solve(self.ybus, -self.source_current)

    def correct(self, scale: float, start: np.ndarray) -> np.ndarray | None:
        """Return the solution that Newton's method finds from ``start``, or None."""
        voltage = start
        for _ in range(25):
            current = self.ybus @ voltage + self.source_current
            mismatch = voltage * np.conj(current) - scale * self.direction
            if np.abs(mismatch).max() < MISMATCH_PU:
                return voltage
            try:
                step = np.linalg.solve(self._jacobian(voltage, current), np.r_[mismatch.real, mismatch.imag])
            except np.linalg.LinAlgError:
                return None
            voltage = voltage - (step[: len(voltage)] + 1j * step[len(voltage) :])
        return None

    def stiffness(self, voltage: np.ndarray) -> float:
        """Return the Jacobian's smallest singular value, which is zero at the nose."""
        current = self.ybus @ voltage + self.source_current
        return float(np.linalg.svd(self._jacobian(voltage, current), compute_uv=False)[-1])

    def _jacobian(self, voltage: np.ndarray, current: np.ndarray) -> np.ndarray:
        """Return d(S)/d(V) in real and imaginary parts."""
        own, others = np.diag(np.conj(current)), voltage[:, None] * np.conj(self.ybus)
        real, imaginary = own + others, 1j * (own - others)
        return np.block([[real.real, imaginary.real], [real.imag, imaginary.imag]])

    def follow(self, scales: list[float]) -> list[np.ndarray]:
        """Return the voltages at rising scales, in small steps from no load; all must have a solution."""
        voltage, at, found = self.no_load(), 0.0, []
        for scale in scales:
            for middle in np.linspace(at, scale, 6)[1:]:
                after = self.correct(middle, voltage)
                if after is None:
                    raise ValueError(f"no solution at {middle}")
                voltage = after
            at = scale
            found.append(voltage)
        return found

    def nose(self) -> tuple[float, np.ndarray]:
        """Return the largest scale that has a solution, and that solution."""
        reached, step, growth, voltage = 0.0, 1.0, 2.0, self.no_load()
        while step > RESOLUTION * max(reached, RESOLUTION):
            after = self.correct(reached + step, voltage)
            if after is None:
                growth = 1.0
                step /= 2
            else:
                reached, voltage = reached + step, after
                step *= growth
        return reached, voltage


def continuation(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> Continuation:
    """Return the equations of a feeder loaded in the direction of one case, from pandapower's matrix.

    Shape: (injection buses,). Units: kW, kvar; positive feeds in.
    """
    net = convert(feeder)
    pp.runpp(net, algorithm="nr", init="auto", numba=False, trafo_model="pi")
    order = net._pd2ppc_lookups["bus"]
    ybus = net._ppc["internal"]["Ybus"].toarray()[np.ix_(order, order)]
    buses = [bus.id for bus in feeder.buses]
    direction = np.zeros(len(buses), dtype=complex)
    direction[[buses.index(bus) for bus in customer_buses(feeder)]] = (p_kw + 1j * q_kvar) / 1000
    return Continuation(ybus[1:, 1:], ybus[1:, 0] * feeder.source.vm_pu, direction)
