"""What is linear in the injected currents: as full matrices, or, where many buses inject, sparse factors."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

_SPARSE = 20  # times the work of a multiplication in a full matrix
ENTRY_BYTES = 24
_AT_ONCE = 100  # columns, where all of them are asked for


@dataclass(frozen=True, eq=False)
class LinearMap:
    """An affine map from the injected currents: ``base + matrix @ current``, complex, in pu.

    ``affine`` (2 rows, 2 columns + 1) says the same in real numbers, real parts above imaginary parts, for
    currents with a row of ones below: real matrix products run faster than complex ones of this size.
    """

    base: np.ndarray
    matrix: np.ndarray

    def __call__(self, current: np.ndarray) -> np.ndarray:
        """Return the quantity for currents of shape (cases, injection buses)."""
        quantity: np.ndarray = self.base + current @ self.matrix.T
        return quantity

    @cached_property
    def affine(self) -> np.ndarray:
        """The matrix and, as its last column, the base, in real numbers."""
        (re, im), base = (self.matrix.real, self.matrix.imag), self.base[:, None]
        return np.ascontiguousarray(np.block([[re, -im, base.real], [im, re, base.imag]]))

    @cached_property
    def affine_single(self) -> np.ndarray:
        """The same in single precision."""
        return self.affine.astype(np.float32)

    def times(self, current: np.ndarray, out: np.ndarray) -> None:
        """Write the quantity of ``affine``'s currents (2 columns + 1, cases) into (2 rows, cases)."""
        affine = self.affine_single if current.dtype == np.float32 else self.affine
        np.matmul(affine, current, out=out)

    def response(self, columns: np.ndarray) -> np.ndarray:
        """Return what 1 pu of current at each of some injection buses makes, (rows, columns)."""
        return self.matrix[:, columns]

    def part(self, rows: slice) -> "LinearMap":
        """Return some rows alone."""
        return LinearMap(self.base[rows], self.matrix[rows])

    @property
    def work(self) -> int:
        """How many multiplications a case takes."""
        return multiplications(*self.matrix.shape)

    @property
    def size_bytes(self) -> int:
        """How much memory it takes in complex numbers; ``affine`` takes twice as much."""
        return self.base.nbytes + self.matrix.nbytes


def multiplications(rows: int, columns: int) -> int:
    """Return how many multiplications a case takes in a full matrix of complex numbers."""
    return 2 * rows * max(2 * columns, 1)


@dataclass(frozen=True, eq=False)
class FactoredMap:
    """A ``LinearMap`` whose matrix is never written out: it would hold buses times buses.

    Currents at the ``ports``, a sparse matrix (nodes, ports), give all voltages by ``factors``, SciPy's of
    the admittance matrix, and these the quantity by ``rows``, a sparse matrix.
    """

    base: np.ndarray
    rows: Any
    factors: Any
    ports: Any

    def __call__(self, current: np.ndarray) -> np.ndarray:
        """Return the quantity for currents of shape (cases, injection buses)."""
        return self._quantity(current.T).T

    def times(self, current: np.ndarray, out: np.ndarray) -> None:
        """Write the quantity of currents in real numbers, as ``LinearMap.times`` does."""
        half = self.ports.shape[1]
        quantity = self._quantity(current[:half] + 1j * current[half:-1])
        out[: len(self.base)], out[len(self.base) :] = quantity.real, quantity.imag

    def response(self, columns: np.ndarray) -> np.ndarray:
        """Return what 1 pu of current at each of some injection buses makes, (rows, columns)."""
        response = np.empty((len(self.base), len(columns)), dtype=complex)
        for start in range(0, len(columns), _AT_ONCE):
            chosen = columns[start : start + _AT_ONCE]
            unit = self.ports[:, chosen].toarray(order="F").astype(complex)
            response[:, start : start + len(chosen)] = self.rows @ self.factors.solve(unit)
        return response

    @property
    def work(self) -> int:
        """How many multiplications a case takes, about; sparse ones count several times."""
        return int(_SPARSE * (self.factors.nnz + self.rows.nnz))

    @property
    def size_bytes(self) -> int:
        """About how much memory it takes, its factors counted once with each."""
        return int(ENTRY_BYTES * (self.factors.nnz + self.rows.nnz + len(self.base)))

    def part(self, rows: slice) -> "FactoredMap":
        """Return some rows alone."""
        return replace(self, base=self.base[rows], rows=self.rows[rows])

    def _quantity(self, current: np.ndarray) -> np.ndarray:
        injected = np.asfortranarray(self.ports @ current)
        quantity: np.ndarray = self.base[:, None] + self.rows @ self.factors.solve(injected)
        quantity[:, ~np.isfinite(current).all(axis=0)] = np.nan  # also where such a current does not reach
        return quantity


Map = LinearMap | FactoredMap


@dataclass(frozen=True, eq=False)
class Maps:
    """What a feeder's currents make: voltages at the injection buses, and all its quantities.

    ``injection`` gives the voltages at the injection buses: its base is the no-load voltage, its matrix the
    reduced impedance matrix. ``whole`` gives what ``of`` names, one below the other: ``bus`` all voltages;
    ``line_from`` and ``line_to`` the line currents, ``transformer_hv`` and ``transformer_lv`` the transformer
    currents, each as a share of its rating; ``source`` the current drawn from the source.
    """

    injection: Map
    whole: Map
    rows: Mapping[str, slice]

    def of(self, quantity: str) -> Map:
        """Return one quantity's map."""
        return self.whole.part(self.rows[quantity])

    @property
    def size_bytes(self) -> int:
        """About how much memory they take, with what is only made when it is first asked for."""
        return 4 * self.injection.size_bytes + 3 * self.whole.size_bytes
