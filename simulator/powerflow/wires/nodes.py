"""Nodes: each conductor of each bus, numbered; where customers connect to them."""

from dataclasses import dataclass

import numpy as np

from simulator.grid.phases import PHASES, Conductors
from simulator.grid.schema import Feeder

GROUND = -1
NEUTRAL = 3
LEAK_OHM = 1e10  # of each neutral's insulators: where nothing else earths it, its potential is somebody's
A_THIRD = np.exp(2j * np.pi / 3)
# What a balanced source has on a, b, c; and the matrix from sequences 0, 1, 2 to phases.
BALANCED = np.array([1, A_THIRD**2, A_THIRD])
FORTESCUE = np.array([[1, 1, 1], [1, A_THIRD**2, A_THIRD], [1, A_THIRD, A_THIRD**2]])


@dataclass(frozen=True, eq=False)
class Nodes:
    """The conductors a, b, c, n of the source, of each bus, and of what lies between source and transformers.

    ``number`` (1 + buses + 1 or 0, 4) holds each one's number, ``GROUND`` where there is none or where it is
    earthed without impedance. The source's are the first three: their voltages are given.
    """

    number: np.ndarray
    between: bool

    @property
    def count(self) -> int:
        """How many there are."""
        return int(self.number.max()) + 1

    @property
    def of_buses(self) -> np.ndarray:
        """Those of the feeder's buses, (buses, 4)."""
        number: np.ndarray = self.number[1:-1] if self.between else self.number[1:]
        return number

    @property
    def head(self) -> np.ndarray:
        """Those that the transformers hang on, on their high-voltage side."""
        number: np.ndarray = self.number[-1] if self.between else self.number[0]
        return number


def nodes_of(feeder: Feeder) -> Nodes:
    """Return a feeder's nodes: a bus has the conductors that lines or transformers bring it."""
    at = {bus.id: i for i, bus in enumerate(feeder.buses)}
    there = np.zeros((len(at), 4), dtype=bool)
    for line in feeder.lines:
        has = [PHASES.index(phase) for phase in line.phases]
        if own_neutral(line.wires):
            has.append(NEUTRAL)
        for bus in (line.from_bus, line.to_bus):
            there[at[bus], has] = True
    there[[at[bus] for bus in feeder.heads], :NEUTRAL] = True
    earthed = [at[bus.id] for bus in feeder.buses if bus.earth_ohm == 0]
    earthed += [at[t.lv_bus] for t in feeder.transformers if not t.star_point_ohm]
    if feeder.source.bus and feeder.buses[at[feeder.source.bus]].earth_ohm is None:
        earthed.append(at[feeder.source.bus])
    there[earthed, NEUTRAL] = False
    between = bool(feeder.source.impedance and feeder.transformers)
    three = np.array([[True, True, True, False]])
    every = np.concatenate([three, there, three[: int(between)]])
    number = np.full(every.shape, GROUND)
    number[every] = np.arange(every.sum())
    return Nodes(number, between)


def own_neutral(wires: object) -> bool:
    """Whether a line has a neutral conductor of its own."""
    return isinstance(wires, Conductors) and len(wires.r_ohm_per_km) == NEUTRAL + 1


def by_phase(zero: np.ndarray, positive: np.ndarray, negative: np.ndarray) -> np.ndarray:
    """Return matrices of phases (..., 3, 3) that have these sequences on their diagonals, (...)."""
    sequences = np.stack([zero, positive, negative], axis=-1)
    phases: np.ndarray = (FORTESCUE * sequences[..., None, :]) @ FORTESCUE.conj().T / 3
    return phases
