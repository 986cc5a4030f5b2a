"""A feeder compiled into arrays: everything a power flow needs is linear in the injected currents."""

from dataclasses import dataclass, replace
from functools import cached_property
from math import sqrt
from typing import Any

import numpy as np

from simulator.grid.errors import UnsolvableError
from simulator.grid.memory import MEMORY
from simulator.grid.schema import Feeder
from simulator.grid.weights import feeder_bytes
from simulator.powerflow.admittances import read_admittances
from simulator.powerflow.injections import extreme_kva, injection_buses
from simulator.powerflow.network import SOURCE_BUS, build_network

BASE_KVA = 1000.0

_NO_NUMBERS = "its equations have no finite solution; some of its impedances or voltages cannot be"


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


@dataclass(frozen=True, eq=False)
class CompiledFeeder:
    """Frozen arrays of one feeder, in pu on 1 MVA.

    ``injection`` gives the voltages at the injection buses: its base is the no-load voltage, its matrix the
    reduced impedance matrix. ``bus`` gives all bus voltages; ``line_from`` and ``line_to`` the line
    currents, ``transformer_hv`` and ``transformer_lv`` the transformer currents, each as a share of its
    rating; ``source`` the current drawn from the source, whose voltage is ``source_vm_pu``.
    """

    feeder: Feeder
    injection: LinearMap
    bus: LinearMap
    line_from: LinearMap
    line_to: LinearMap
    transformer_hv: LinearMap
    transformer_lv: LinearMap
    source: LinearMap
    source_vm_pu: float

    @cached_property
    def extreme_kva(self) -> float:
        """The apparent power beyond which injections are refused."""
        return extreme_kva(self.feeder)

    @property
    def rows(self) -> int:
        """How many quantities a power flow gives, as ``everything`` holds them."""
        return len(self.bus.base) + 2 * (len(self.line_from.base) + len(self.transformer_hv.base)) + 1

    @property
    def parts(self) -> tuple[LinearMap, ...]:
        """Bus voltages, line currents from both ends, transformers' on both sides, source; in this order."""
        return (
            self.bus,
            self.line_from,
            self.line_to,
            self.transformer_hv,
            self.transformer_lv,
            self.source,
        )

    @cached_property
    def everything(self) -> np.ndarray:
        """All parts one below the other, in real numbers as ``LinearMap.affine`` has them."""
        columns = self.injection.matrix.shape[1]
        whole = np.empty((2 * self.rows, 2 * columns + 1))
        first = 0
        for part in self.parts:
            rows = slice(first, first + len(part.base))
            below = slice(self.rows + first, self.rows + rows.stop)
            whole[rows, :columns] = whole[below, columns:-1] = part.matrix.real
            np.negative(part.matrix.imag, out=whole[rows, columns:-1])
            whole[below, :columns] = part.matrix.imag
            whole[rows, -1], whole[below, -1] = part.base.real, part.base.imag
            first = rows.stop
        return whole

    @property
    def size_bytes(self) -> int:
        """About how much memory all of it takes, with what is only made when it is first asked for."""
        columns = len(self.injection.base)
        complex_bytes = 16 * (columns + 1) * (columns + self.rows)
        return complex_bytes + 48 * columns**2 + 32 * columns * self.rows + feeder_bytes(self.feeder)

    def restricted(self, columns: np.ndarray) -> "CompiledFeeder":
        """Return the same feeder where power enters at some of its injection buses alone, given by position.

        A power flow costs the square of their number: few buses with power need not pay for many without.
        """
        maps: dict[str, Any] = {
            name: LinearMap(part.base, np.ascontiguousarray(part.matrix[:, columns]))
            for name, part in vars(self).items()
            if isinstance(part, LinearMap) and name != "injection"
        }
        injection = LinearMap(self.injection.base[columns], self.injection.matrix[np.ix_(columns, columns)])
        return replace(self, injection=injection, **maps)


def compile_feeder(feeder: Feeder) -> CompiledFeeder:
    """Return the feeder's arrays, kept by its content hash.

    Source: the admittance matrix that pandapower builds, so that taps, vector groups, parallel and meshed
    lines and several transformers are right by construction.
    Raises: UnsolvableError where its equations have no finite solution.
    """
    return MEMORY.recall(
        "compiled",
        feeder.content_hash,
        lambda: _compile(feeder),
        lambda compiled: compiled.size_bytes,
        feeder.feeder_id,
    )


def _compile(feeder: Feeder) -> CompiledFeeder:
    admittances = read_admittances(build_network(feeder))
    source, low = admittances.order[SOURCE_BUS], admittances.order[1:]
    inject = injection_buses(feeder)
    try:
        voltages = _voltages(admittances.bus, source, low, inject, feeder.source.vm_pu)
    except RuntimeError as error:  # a singular matrix
        raise UnsolvableError(f"{feeder.feeder_id}: {_NO_NUMBERS}") from error

    def mapped(rows: Any) -> LinearMap:
        return LinearMap(np.ascontiguousarray(rows[:, 0]), np.ascontiguousarray(rows[:, 1:]))

    line_pu = np.array([sqrt(3) * feeder.base_kv * line.rating_ka for line in feeder.lines])[:, None]
    # Without a rating nothing counts as load: 0 here, which what reads a flow tells as not rated.
    sn_mva = np.array([t.sn_kva / 1000 if t.rated else np.inf for t in feeder.transformers])
    hv_pu = (sn_mva * [feeder.source.vn_kv / t.vn_hv_kv for t in feeder.transformers])[:, None]
    lv_pu = (sn_mva * [feeder.base_kv / t.vn_lv_kv for t in feeder.transformers])[:, None]
    lines, transformers = admittances.lines, admittances.transformers
    compiled = CompiledFeeder(
        feeder=feeder,
        injection=mapped(voltages[low][inject]),
        bus=mapped(voltages[low]),
        line_from=mapped(admittances.branch_from[lines] @ voltages / line_pu),
        line_to=mapped(admittances.branch_to[lines] @ voltages / line_pu),
        transformer_hv=mapped(admittances.branch_from[transformers] @ voltages / hv_pu),
        transformer_lv=mapped(admittances.branch_to[transformers] @ voltages / lv_pu),
        source=mapped(admittances.bus[[source]] @ voltages),
        source_vm_pu=feeder.source.vm_pu,
    )
    if not all(np.isfinite(part.matrix).all() and np.isfinite(part.base).all() for part in compiled.parts):
        raise UnsolvableError(f"{feeder.feeder_id}: {_NO_NUMBERS}")
    return compiled


def _voltages(ybus: Any, source: int, low: np.ndarray, inject: np.ndarray, vm_pu: float) -> np.ndarray:
    """Return every bus's voltage without load (column 0) and for 1 pu of current at each injection bus."""
    from scipy.sparse.linalg import splu

    right = np.zeros((len(low), 1 + len(inject)), dtype=complex)
    right[:, 0] = -ybus[low][:, [source]].toarray()[:, 0] * vm_pu
    right[inject, 1 + np.arange(len(inject))] = 1
    voltages = np.zeros((len(low) + 1, 1 + len(inject)), dtype=complex)
    voltages[low] = splu(ybus[low][:, low].tocsc()).solve(right)
    voltages[source, 0] = vm_pu
    return voltages
