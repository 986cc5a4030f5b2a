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
from simulator.powerflow.admittances import Admittances, read_admittances
from simulator.powerflow.injections import extreme_kva
from simulator.powerflow.maps import Affine, FactoredMap, LinearMap, Map, below_one_another
from simulator.powerflow.network import SOURCE_BUS, build_network
from simulator.powerflow.ports import ports_of
from simulator.powerflow.sweep.grid import Grid, grid_of

BASE_KVA = 1000.0
MAX_WRITTEN_OUT = 500  # buses that inject: beyond, their full matrices take gigabytes and seconds

_NO_NUMBERS = "its equations have no finite solution; some of its impedances or voltages cannot be"


@dataclass(frozen=True, eq=False)
class CompiledFeeder:
    """Frozen arrays of one feeder, in pu on 1 MVA.

    ``injection`` gives the voltages at the injection buses: its base is the no-load voltage, its matrix the
    reduced impedance matrix. ``bus`` gives all bus voltages; ``line_from`` and ``line_to`` the line
    currents, ``transformer_hv`` and ``transformer_lv`` the transformer currents, each as a share of its
    rating; ``source`` the current drawn from the source, whose voltage is ``source_vm_pu``. ``grid`` is the
    same for the sweep; None where full matrices shall solve it.
    """

    feeder: Feeder
    injection: Map
    bus: Map
    line_from: Map
    line_to: Map
    transformer_hv: Map
    transformer_lv: Map
    source: Map
    source_vm_pu: float
    grid: Grid | None = None

    @cached_property
    def extreme_kva(self) -> float:
        """The apparent power beyond which injections are refused."""
        return extreme_kva(self.feeder)

    @property
    def rows(self) -> int:
        """How many quantities a power flow gives, as ``everything`` holds them."""
        return len(self.bus.base) + 2 * (len(self.line_from.base) + len(self.transformer_hv.base)) + 1

    @property
    def parts(self) -> tuple[Map, ...]:
        """Bus voltages, line currents from both ends, transformers' on both sides, source; in this order."""
        return (
            self.bus,
            self.line_from,
            self.line_to,
            self.transformer_hv,
            self.transformer_lv,
            self.source,
        )

    def everything(self, current: np.ndarray, out: np.ndarray) -> None:
        """Write all parts one below the other, real parts above imaginary parts, as ``Map.times`` does."""
        self._whole.times(current, out)

    @cached_property
    def _whole(self) -> Affine | FactoredMap:
        return below_one_another(self.parts)

    @property
    def work(self) -> tuple[int, int]:
        """How many multiplications a case takes: an iteration, and all quantities after the last."""
        return self.injection.work, sum(part.work for part in self.parts)

    @property
    def size_bytes(self) -> int:
        """About how much memory all of it takes, with what is only made when it is first asked for."""
        parts = sum(part.size_bytes for part in self.parts)
        grid = self.grid.size_bytes if self.grid else 0
        return 3 * parts + 4 * self.injection.size_bytes + feeder_bytes(self.feeder) + grid


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
    from scipy.sparse import diags

    admittances = read_admittances(build_network(feeder))
    inject = ports_of(feeder).bus
    lay = _factored if len(inject) > MAX_WRITTEN_OUT else _written_out
    quantities = _quantities(feeder, admittances)
    try:
        maps = lay(admittances, quantities, inject, feeder.source.vm_pu, len(feeder.buses))
        shares = {name: diags(1 / by[:, 0]) @ matrix for name, (matrix, by) in quantities.items()}
        extreme_pu = extreme_kva(feeder) / BASE_KVA
        no_load = _voltages(admittances, np.zeros((len(admittances.order) - 1, 0)), feeder.source.vm_pu)[:, 0]
        grid = grid_of(feeder, admittances, shares, no_load, extreme_pu)
    except (RuntimeError, ZeroDivisionError) as error:  # a singular matrix
        raise UnsolvableError(f"{feeder.feeder_id}: {_NO_NUMBERS}") from error
    compiled = CompiledFeeder(feeder=feeder, source_vm_pu=feeder.source.vm_pu, grid=grid, **maps)
    if not all(part.finite for part in compiled.parts):
        raise UnsolvableError(f"{feeder.feeder_id}: {_NO_NUMBERS}")
    return compiled


def _quantities(feeder: Feeder, admittances: Admittances) -> dict[str, tuple[Any, np.ndarray]]:
    """Return what is linear in all voltages: a sparse matrix each, and what its rows are parted by."""
    # Without a rating nothing counts as load: 0 here, which what reads a flow tells as not rated.
    rating_ka = np.array([line.rating_ka if line.rated else np.inf for line in feeder.lines])
    line_pu = sqrt(3) * feeder.base_kv * rating_ka[:, None]
    sn_mva = np.array([t.sn_kva / 1000 if t.rated else np.inf for t in feeder.transformers])
    hv_pu = (sn_mva * [feeder.source.vn_kv / t.vn_hv_kv for t in feeder.transformers])[:, None]
    lv_pu = (sn_mva * [feeder.base_kv / t.vn_lv_kv for t in feeder.transformers])[:, None]
    lines, transformers = admittances.lines, admittances.transformers
    return {
        "line_from": (admittances.branch_from[lines], line_pu),
        "line_to": (admittances.branch_to[lines], line_pu),
        "transformer_hv": (admittances.branch_from[transformers], hv_pu),
        "transformer_lv": (admittances.branch_to[transformers], lv_pu),
        "source": (admittances.bus[[admittances.order[SOURCE_BUS]]], np.ones((1, 1))),
    }


def _written_out(
    admittances: Admittances,
    quantities: dict[str, tuple[Any, np.ndarray]],
    inject: np.ndarray,
    vm_pu: float,
    buses: int,
) -> dict[str, Map]:
    """Return full matrices: the fastest where few buses inject."""
    low = admittances.order[1:]
    unit = np.zeros((len(low), len(inject)), dtype=complex)
    unit[inject, np.arange(len(inject))] = 1
    voltages = _voltages(admittances, unit, vm_pu)

    def mapped(rows: Any) -> LinearMap:
        return LinearMap(np.ascontiguousarray(rows[:, 0]), np.ascontiguousarray(rows[:, 1:]))

    others = {name: mapped(matrix @ voltages / by) for name, (matrix, by) in quantities.items()}
    return {"injection": mapped(voltages[low][inject]), "bus": mapped(voltages[low[:buses]]), **others}


def _factored(
    admittances: Admittances,
    quantities: dict[str, tuple[Any, np.ndarray]],
    inject: np.ndarray,
    vm_pu: float,
    buses: int,
) -> dict[str, Map]:
    """Return sparse factors: memory and time grow with the buses, not with their square."""
    from scipy.sparse import diags, identity

    low = admittances.order[1:]
    no_load = _voltages(admittances, np.zeros((len(low), 0)), vm_pu)[:, 0]
    factors, every = _factors(admittances), identity(len(low), format="csr")
    whole = FactoredMap(no_load[low], every, factors, inject)
    others = {
        name: replace(whole, base=(matrix @ no_load) / by[:, 0], rows=diags(1 / by[:, 0]) @ matrix[:, low])
        for name, (matrix, by) in quantities.items()
    }
    injection, bus = (replace(whole, base=whole.base[at], rows=every[at]) for at in (inject, slice(buses)))
    return {"injection": injection, "bus": bus, **others}


def _voltages(admittances: Admittances, unit: np.ndarray, vm_pu: float) -> np.ndarray:
    """Return every bus's voltage without load (column 0) and for each column of injected currents."""
    source, low = admittances.order[SOURCE_BUS], admittances.order[1:]
    without = -admittances.bus[low][:, [source]].toarray() * vm_pu
    voltages = np.zeros((len(low) + 1, 1 + unit.shape[1]), dtype=complex)
    voltages[low] = _factors(admittances).solve(np.hstack([without, unit]))
    voltages[source, 0] = vm_pu
    return voltages


def _factors(admittances: Admittances) -> Any:
    from scipy.sparse.linalg import splu

    low = admittances.order[1:]
    return splu(admittances.bus[low][:, low].tocsc())
