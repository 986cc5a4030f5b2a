"""What adopters add to what a street draws and feeds in, case by case."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from simulator.powerflow.ports import Ports
from simulator.technologies.powers import Powers
from simulator.technologies.technology import Technology


@dataclass(frozen=True, eq=False)
class Adopters:
    """What is fed in without the technology, and what each adopter adds to it.

    Shape: ``kw`` and ``kvar`` (steps, ports); ``added_kw`` and ``added_kvar`` (steps, customers), the latter
    None where adopters add none. Units: kW and kvar.
    """

    ports: Ports
    on_pv_phases: bool
    kw: np.ndarray
    kvar: np.ndarray
    added_kw: np.ndarray
    added_kvar: np.ndarray | None

    @classmethod
    def read(cls, powers: Powers, ports: Ports, steps: Sequence[int], over: Technology) -> Self:
        """Take the table of nobody and of all apart."""
        asked = powers.at(steps)
        kw, kvar = (fed_in[: len(steps)] for fed_in in asked.inject(ports))
        added_kw, added_kvar = (
            np.ascontiguousarray((all_of_it - none).T) for none, all_of_it in (asked.net_kw, asked.net_kvar)
        )
        return cls(ports, over.on_pv_phases, kw, kvar, added_kw, added_kvar if added_kvar.any() else None)

    def inject(self, adopted: np.ndarray, step: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return kW and kvar at ports, (cases, ports); ``adopted`` (cases, customers), ``step`` (cases,)."""
        kw = self.kw[step] + self._sum(adopted * self.added_kw[step])
        if self.added_kvar is None:
            return kw, self.kvar[step]
        return kw, self.kvar[step] + self._sum(adopted * self.added_kvar[step])

    def _sum(self, added: np.ndarray) -> np.ndarray:
        return self.ports.sum(added, on_pv_phases=self.on_pv_phases)
