"""A feeder's linear equations: what injected currents make of voltages, and of all that follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulator.powerflow.maps import FactoredMap, LinearMap, Map

Quantity = tuple[Any, np.ndarray]  # a sparse matrix (rows, nodes) and a base (rows,): linear in the voltages


@dataclass(frozen=True, eq=False)
class Equations:
    """The nodes' admittances and what is asked of their voltages.

    Shape: ``matrix`` (nodes, nodes), sparse; ``source`` (nodes,), the currents that the source's own voltage
    drives; ``ports`` (nodes, ports), sparse: what a port's current is at each node. ``quantities`` by name.
    """

    matrix: Any
    source: np.ndarray
    ports: Any
    quantities: Mapping[str, Quantity]

    def written_out(self) -> dict[str, Map]:
        """Return full matrices: the fastest where few ports inject."""
        given = np.concatenate([self.source[:, None], self.ports.toarray()], axis=1)
        voltages = _factors(self.matrix).solve(given)

        def mapped(rows: Any, base: np.ndarray) -> LinearMap:
            found = rows @ voltages
            return LinearMap(np.ascontiguousarray(base + found[:, 0]), np.ascontiguousarray(found[:, 1:]))

        return {name: mapped(*quantity) for name, quantity in self.quantities.items()}

    def factored(self) -> dict[str, Map]:
        """Return sparse factors: memory and time grow with the nodes, not with their square."""
        factors = _factors(self.matrix)
        without = factors.solve(self.source)
        whole = FactoredMap(without, None, factors, self.ports)
        return {
            name: replace(whole, base=base + rows @ without, rows=rows)
            for name, (rows, base) in self.quantities.items()
        }

    def no_load(self) -> np.ndarray:
        """Return every node's voltage without any current injected."""
        without: np.ndarray = _factors(self.matrix).solve(self.source)
        return without


def _factors(matrix: Any) -> Any:
    from scipy.sparse.linalg import splu

    return splu(matrix.tocsc())
