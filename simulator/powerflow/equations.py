"""A feeder's linear equations: what injected currents make of voltages, and of all that follows from them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from simulator.powerflow.maps import ENTRY_BYTES, FactoredMap, LinearMap, Map, Maps

Quantity = tuple[Any, np.ndarray]  # a sparse matrix (rows, nodes) and a base (rows,): linear in the voltages
QUANTITIES = ("bus", "line_from", "line_to", "transformer_hv", "transformer_lv", "source")


@dataclass(frozen=True, eq=False)
class Equations:
    """The nodes' admittances and what is asked of their voltages.

    Shape: ``matrix`` (nodes, nodes), sparse; ``source`` (nodes,), the currents that the source's own voltage
    drives; ``ports`` (nodes, ports), sparse: what a port's current is at each node. ``quantities`` by name:
    ``injection``, the voltages at the ports, ``QUANTITIES``, and by phase more that is rarely asked for.
    """

    matrix: Any
    source: np.ndarray
    ports: Any
    quantities: Mapping[str, Quantity]

    @cached_property
    def factors(self) -> Any:
        """The admittance matrix in SciPy's sparse factors. Raises: RuntimeError where it is singular."""
        return _factors(self.matrix)

    @cached_property
    def no_load(self) -> np.ndarray:
        """Every node's voltage without any current injected, (nodes,)."""
        without: np.ndarray = self.factors.solve(self.source)
        return without

    def quantity(self, name: str, current: np.ndarray) -> np.ndarray:
        """Return a quantity, (cases, rows), of currents at the ports, (cases, ports), without any map."""
        rows, base = self.quantities[name]
        injected = np.asfortranarray(self.ports @ current.T)
        voltages = self.no_load[:, None] + self.factors.solve(injected)
        found: np.ndarray = (base[:, None] + rows @ voltages).T
        return found

    @property
    def finite(self) -> bool:
        """Whether they give numbers alone."""
        injected = np.asarray(self.ports.sum(axis=1), dtype=complex).ravel()
        voltages = np.column_stack([self.no_load, self.factors.solve(injected)])
        found = (base[:, None] + rows @ voltages for rows, base in self.quantities.values())
        return all(bool(np.isfinite(quantity).all()) for quantity in found)

    @property
    def size_bytes(self) -> int:
        """About how much memory they take, their factors included."""
        rows = sum(rows.nnz + len(base) for rows, base in self.quantities.values())
        entries = self.matrix.nnz + self.factors.nnz + self.ports.nnz + rows + 2 * len(self.source)
        return int(ENTRY_BYTES * entries)

    @property
    def rows(self) -> dict[str, slice]:
        """Which rows each quantity has where all but ``injection`` are one below the other."""
        ends = np.cumsum([len(self.quantities[name][1]) for name in QUANTITIES]).tolist()
        return {name: slice(*each) for name, each in zip(QUANTITIES, pairwise([0, *ends]), strict=True)}

    def maps(self, *, written_out: bool) -> Maps:
        """Return full matrices, the fastest where few ports inject, or sparse factors.

        Memory and time of these grow with the nodes, not with their square.
        """
        from scipy.sparse import vstack

        mapped = self._written_out() if written_out else self._factored
        rows, base = zip(*(self.quantities[name] for name in QUANTITIES), strict=True)
        whole = mapped(vstack(rows, format="csr"), np.concatenate(base))
        return Maps(mapped(*self.quantities["injection"]), whole, self.rows)

    def _written_out(self) -> Callable[[Any, np.ndarray], Map]:
        response = self.factors.solve(self.ports.toarray(order="F").astype(complex))
        return lambda rows, base: LinearMap(base + rows @ self.no_load, rows @ response)

    def _factored(self, rows: Any, base: np.ndarray) -> Map:
        return FactoredMap(base + rows @ self.no_load, rows, self.factors, self.ports)


def _factors(matrix: Any) -> Any:
    from scipy.sparse.linalg import splu

    return splu(matrix.tocsc())
