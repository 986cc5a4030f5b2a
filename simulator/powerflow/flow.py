"""The one result of every solver: voltages, loadings, losses and source power of many cases."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulator.powerflow.phase_voltages import PhaseVoltages


@dataclass(frozen=True, eq=False)
class PowerFlow:
    """Solved cases; rows that found no solution hold NaN and have ``converged`` false.

    Shape: (cases, buses), (cases, lines), (cases, transformers) in the feeder's order; else (cases,).
    Units: voltage in pu of the feeder's ``base_kv``; loadings as a fraction of the current rating
    (the higher of an element's two sides), NaN for a transformer without a rating; powers in kW and kvar.
    ``phases`` are the voltages of each phase where these were asked for; ``vm_pu`` is then that which is
    furthest from 1 pu, and a loading that of the most loaded conductor.
    ``source_kw`` is drawn from the medium-voltage source: negative when the feeder exports.
    """

    vm_pu: np.ndarray
    line_loading: np.ndarray
    transformer_loading: np.ndarray
    loss_kw: np.ndarray
    source_kw: np.ndarray
    source_kvar: np.ndarray
    converged: np.ndarray
    iterations: np.ndarray
    algorithm: str
    phases: PhaseVoltages | None = None

    @property
    def low_pu(self) -> np.ndarray:
        """The lowest voltage at each bus, (cases, buses)."""
        return self.phases.low if self.phases else self.vm_pu

    @property
    def high_pu(self) -> np.ndarray:
        """The highest voltage at each bus, (cases, buses)."""
        return self.phases.high if self.phases else self.vm_pu

    @property
    def supply_pu(self) -> np.ndarray:
        """Every voltage that customers may have, (cases, buses or phases of buses)."""
        return self.phases.vm_pu if self.phases else self.vm_pu

    def worst_pu(self, vm_min_pu: float, vm_max_pu: float) -> np.ndarray:
        """Return at each bus the voltage nearest to its limit, or furthest beyond; (cases, buses)."""
        if not self.phases:
            return self.vm_pu
        worst, low = self.phases.high, self.phases.low
        np.copyto(worst, low, where=low - vm_min_pu < vm_max_pu - worst)
        return worst

    def rise_above(self, bare: "PowerFlow") -> np.ndarray:
        """Return how far voltages are above those of ``bare``, whose cases these repeat; (cases, buses)."""
        if self.phases and bare.phases:
            return self.phases.above(bare.phases).high
        repeats = len(self.converged) // len(bare.converged)
        rise: np.ndarray = self.vm_pu - np.tile(bare.vm_pu, (repeats, 1))
        return rise

    def at(self, cases: Any) -> "PowerFlow":
        """Return some of the cases."""
        own = {name: part[cases] for name, part in vars(self).items() if isinstance(part, np.ndarray)}
        return replace(self, **own, phases=self.phases.at(cases) if self.phases else None)

    @property
    def transformer_peak(self) -> np.ndarray:
        """The loading of the most loaded transformer in each case; NaN where none is rated, or unsolved."""
        peak: np.ndarray = np.fmax.reduce(self.transformer_loading, axis=1)
        return peak
