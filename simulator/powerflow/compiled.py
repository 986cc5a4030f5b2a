"""A feeder compiled into arrays: everything a power flow needs is linear in the injected currents."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator.grid.errors import UnsolvableError
from simulator.grid.memory import MEMORY
from simulator.grid.schema import Feeder
from simulator.grid.weights import feeder_bytes
from simulator.powerflow.admittances import read_admittances
from simulator.powerflow.balanced import balanced_equations
from simulator.powerflow.equations import Equations
from simulator.powerflow.injections import extreme_kva
from simulator.powerflow.maps import Affine, FactoredMap, Map, below_one_another
from simulator.powerflow.network import build_network
from simulator.powerflow.ports import Ports, ports_of
from simulator.powerflow.sweep.grid import Grid, grid_of
from simulator.powerflow.wires.assembly import equations_by_phase, phase_rows
from simulator.powerflow.wires.nodes import nodes_of

BASE_KVA = 1000.0
PHASES = 3  # rows of each line and transformer by phase
MAX_WRITTEN_OUT = 500  # buses that inject: beyond, their full matrices take gigabytes and seconds

_NO_NUMBERS = "its equations have no finite solution; some of its impedances or voltages cannot be"


@dataclass(frozen=True, eq=False)
class CompiledFeeder:
    """Frozen arrays of one feeder, in pu on 1 MVA.

    ``injection`` gives the voltages at the injection buses: its base is the no-load voltage, its matrix the
    reduced impedance matrix. ``bus`` gives all bus voltages; ``line_from`` and ``line_to`` the line
    currents, ``transformer_hv`` and ``transformer_lv`` the transformer currents, each as a share of its
    rating; ``source`` the current drawn from the source, whose voltage is ``source_vm_pu``. ``grid`` is the
    same for the sweep; None where full matrices shall solve it. By phase ``phase_rows`` (buses, 3) says
    which row of ``bus`` is a phase of a bus, and lines and transformers have three rows each.
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
    phase_rows: np.ndarray | None = None

    @cached_property
    def extreme_kva(self) -> float:
        """The apparent power beyond which injections are refused."""
        return extreme_kva(self.feeder)

    @cached_property
    def bus_of_row(self) -> np.ndarray | None:
        """The bus of each row of ``bus``; None where each bus has one."""
        if self.phase_rows is None:
            return None
        return np.repeat(np.arange(len(self.phase_rows)), (self.phase_rows >= 0).sum(axis=1))

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


def compile_feeder(feeder: Feeder, ports: Ports | None = None) -> CompiledFeeder:
    """Return the feeder's arrays, kept by its content hash: balanced, or by phase at the given ports.

    Source: the admittance matrix that pandapower builds, so that taps, vector groups, parallel and meshed
    lines and several transformers are right by construction; by phase, its transformers and own lines.
    Raises: UnsolvableError where its equations have no finite solution.
    """
    asked = ports_of(feeder) if ports is None else ports
    return MEMORY.recall(
        "compiled",
        feeder.content_hash + asked.key,
        lambda: _compile(feeder, asked),
        lambda compiled: compiled.size_bytes,
        feeder.feeder_id,
    )


def _compile(feeder: Feeder, ports: Ports) -> CompiledFeeder:
    try:
        equations, grid, rows = _by_phase(feeder, ports) if ports.by_phase else _balanced(feeder, ports)
        large = len(ports.bus) > MAX_WRITTEN_OUT
        maps = equations.factored() if large else equations.written_out()
    except (RuntimeError, ZeroDivisionError) as error:  # a singular matrix
        raise UnsolvableError(f"{feeder.feeder_id}: {_NO_NUMBERS}") from error
    pu = feeder.source.vm_pu
    compiled = CompiledFeeder(feeder=feeder, source_vm_pu=pu, grid=grid, phase_rows=rows, **maps)
    if not all(part.finite for part in compiled.parts):
        raise UnsolvableError(f"{feeder.feeder_id}: {_NO_NUMBERS}")
    return compiled


def _balanced(feeder: Feeder, ports: Ports) -> tuple[Equations, Grid, None]:
    admittances = read_admittances(build_network(feeder))
    equations, shares = balanced_equations(feeder, admittances, ports)
    extreme_pu = extreme_kva(feeder) / BASE_KVA
    return equations, grid_of(feeder, admittances, shares, equations.no_load(), extreme_pu), None


def _by_phase(feeder: Feeder, ports: Ports) -> tuple[Equations, None, np.ndarray]:
    nodes = nodes_of(feeder)
    return equations_by_phase(feeder, nodes, ports), None, phase_rows(nodes)
