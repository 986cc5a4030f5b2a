"""What adopters add to what a street draws and feeds in, case by case."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from simulator.powerflow.ports import Ports
from simulator.technologies.powers import Powers


@dataclass(frozen=True, eq=False)
class Adopters:
    """What customers feed in without the technology, and what each adopter adds to it.

    Shape: (steps, customers), in kW and kvar; ``kvar`` (steps, ports) where adopters add none.
    """

    ports: Ports
    kw: np.ndarray
    added_kw: np.ndarray
    kvar: np.ndarray
    added_kvar: np.ndarray | None

    @classmethod
    def read(cls, powers: Powers, ports: Ports, steps: Sequence[int]) -> Self:
        """Take the table of nobody and of all apart."""
        chosen = list(steps)
        (kw, all_kw), (kvar, all_kvar) = powers.net_kw[..., chosen], powers.net_kvar[..., chosen]
        added = (all_kvar - kvar).T
        if not added.any():
            return cls(ports, kw.T, (all_kw - kw).T, ports.sum(kvar.T), None)
        return cls(ports, kw.T, (all_kw - kw).T, kvar.T, added)

    def inject(self, adopted: np.ndarray, step: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return kW and kvar at ports, (cases, ports); ``adopted`` (cases, customers), ``step`` (cases,)."""
        kw = self.kw[step] + adopted * self.added_kw[step]
        if self.added_kvar is None:
            return self.ports.sum(kw), self.kvar[step]
        return self.ports.sum(kw), self.ports.sum(self.kvar[step] + adopted * self.added_kvar[step])
