"""What is linear in the injected currents: as full matrices, or, where many buses inject, sparse factors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

_SPARSE = 20  # times the work of a multiplication in a full matrix
_ENTRY_BYTES = 24
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

    @property
    def work(self) -> int:
        """How many multiplications a case takes."""
        return 2 * len(self.base) * max(2 * int(self.matrix.shape[1]), 1)

    @property
    def size_bytes(self) -> int:
        """How much memory it takes in complex numbers; ``affine`` takes twice as much."""
        return self.base.nbytes + self.matrix.nbytes

    @property
    def finite(self) -> bool:
        """Whether it holds numbers alone."""
        return bool(np.isfinite(self.matrix).all() and np.isfinite(self.base).all())


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
        return int(_SPARSE * (self.factors.L.nnz + self.factors.U.nnz + self.rows.nnz))

    @property
    def size_bytes(self) -> int:
        """About how much memory it takes, its factors counted once with each."""
        return int(_ENTRY_BYTES * (self.factors.L.nnz + self.factors.U.nnz + self.rows.nnz + len(self.base)))

    @property
    def finite(self) -> bool:
        """Whether it gives numbers alone."""
        return bool(np.isfinite(self(np.ones((1, self.ports.shape[1]), dtype=complex))).all())

    def _quantity(self, current: np.ndarray) -> np.ndarray:
        injected = np.asfortranarray(self.ports @ current)
        quantity: np.ndarray = self.base[:, None] + self.rows @ self.factors.solve(injected)
        quantity[:, ~np.isfinite(current).all(axis=0)] = np.nan  # also where such a current does not reach
        return quantity


Map = LinearMap | FactoredMap


@dataclass(frozen=True, eq=False)
class Affine:
    """Several ``LinearMap.affine`` in one."""

    matrix: np.ndarray

    def times(self, current: np.ndarray, out: np.ndarray) -> None:
        """Write the quantities, as ``LinearMap.times`` does."""
        np.matmul(self.matrix, current, out=out)


def below_one_another(maps: Sequence[Map]) -> Affine | FactoredMap:
    """Return maps from the same currents as one: all real parts above all imaginary parts."""
    from scipy.sparse import vstack

    factored = [each for each in maps if isinstance(each, FactoredMap)]
    if factored:
        base = np.concatenate([each.base for each in factored])
        return replace(factored[0], base=base, rows=vstack([each.rows for each in factored], format="csr"))
    written = [each for each in maps if isinstance(each, LinearMap)]
    count, columns = sum(len(each.base) for each in written), written[0].matrix.shape[1]
    whole = np.empty((2 * count, 2 * columns + 1))
    first = 0
    for part in written:
        above = slice(first, first + len(part.base))
        below = slice(count + above.start, count + above.stop)
        whole[above, :columns] = whole[below, columns:-1] = part.matrix.real
        np.negative(part.matrix.imag, out=whole[above, columns:-1])
        whole[below, :columns] = part.matrix.imag
        whole[above, -1], whole[below, -1] = part.base.real, part.base.imag
        first = above.stop
    return Affine(whole)
