"""The voltages of single phases, of many cases."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False)
class PhaseVoltages:
    """Every phase's voltage to the neutral, or to earth where a bus has none.

    Shape: ``vm_pu`` (cases, rows), NaN where a case has no solution; ``rows`` (buses, 3), the row of each
    bus's a, b and c, bus by bus, -1 where a bus has no such phase. Units: pu of the phase voltage.
    """

    vm_pu: np.ndarray
    rows: np.ndarray

    @cached_property
    def first(self) -> np.ndarray:
        """Where each bus's rows begin, (buses,)."""
        there = (self.rows >= 0).sum(axis=1)
        first: np.ndarray = np.cumsum(there) - there
        return first

    @property
    def each(self) -> np.ndarray:
        """The voltages on a, b and c, (cases, buses, 3); NaN where a bus has no such phase."""
        voltages: np.ndarray = np.where(self.rows < 0, np.nan, self.vm_pu[:, self.rows])
        return voltages

    @property
    def low(self) -> np.ndarray:
        """The lowest at each bus, (cases, buses)."""
        return np.minimum.reduceat(self.vm_pu, self.first, axis=1)

    @property
    def high(self) -> np.ndarray:
        """The highest at each bus, (cases, buses)."""
        return np.maximum.reduceat(self.vm_pu, self.first, axis=1)

    @property
    def furthest(self) -> np.ndarray:
        """At each bus that which is furthest from 1 pu, (cases, buses)."""
        furthest, low = self.high, self.low
        np.copyto(furthest, low, where=1 - low > furthest - 1)
        return furthest

    @property
    def lowest(self) -> np.ndarray:
        """Which phase is the lowest at each bus, 0 to 2, (cases, buses); any without a solution."""
        lowest: np.ndarray = np.argmin(np.nan_to_num(self.each, nan=np.inf), axis=2)
        return lowest

    @property
    def highest(self) -> np.ndarray:
        """Which phase is the highest at each bus, 0 to 2, (cases, buses); any without a solution."""
        highest: np.ndarray = np.argmax(np.nan_to_num(self.each, nan=-np.inf), axis=2)
        return highest

    def above(self, bare: "PhaseVoltages") -> "PhaseVoltages":
        """Return how far voltages are above those of ``bare``, whose cases these repeat."""
        repeats = len(self.vm_pu) // len(bare.vm_pu)
        return replace(self, vm_pu=self.vm_pu - np.tile(bare.vm_pu, (repeats, 1)))

    def at(self, cases: Any) -> "PhaseVoltages":
        """Return some of the cases."""
        return replace(self, vm_pu=self.vm_pu[cases])
