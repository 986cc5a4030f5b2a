"""The one result of every solver: voltages, loadings, losses and source power of many cases."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class PowerFlow:
    """Solved cases; rows that found no solution hold NaN and have ``converged`` false.

    Shape: (cases, buses), (cases, lines), (cases, transformers) in the feeder's order; else (cases,).
    Units: voltage in pu of the feeder's ``base_kv``; loadings as a fraction of the current rating
    (the higher of an element's two sides), NaN for a transformer without a rating; powers in kW and kvar.
    ``phase_pu`` (cases, buses, 3) are the voltages from a, b and c to the neutral where phases were asked
    for, NaN where a bus has no such phase; ``vm_pu`` is then the one furthest from 1 pu, and a loading that
    of the most loaded conductor.
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
    phase_pu: np.ndarray | None = None

    @property
    def low_pu(self) -> np.ndarray:
        """The lowest voltage at each bus, (cases, buses)."""
        return self.vm_pu if self.phase_pu is None else np.fmin.reduce(self.phase_pu, axis=2)

    @property
    def high_pu(self) -> np.ndarray:
        """The highest voltage at each bus, (cases, buses)."""
        return self.vm_pu if self.phase_pu is None else np.fmax.reduce(self.phase_pu, axis=2)

    @property
    def transformer_peak(self) -> np.ndarray:
        """The loading of the most loaded transformer in each case; NaN where none is rated, or unsolved."""
        peak: np.ndarray = np.fmax.reduce(self.transformer_loading, axis=1)
        return peak
