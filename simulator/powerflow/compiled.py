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
from simulator.powerflow.maps import Maps, multiplications
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
    """One feeder as its power flows need it, at some ports, in pu on 1 MVA; ``key`` tells it apart.

    ``equations`` tell all that is linear in the injected currents. ``grid`` is the same for the sweep; None
    where full matrices shall solve it. By phase ``phase_rows`` (buses, 3) says which row of the voltages is
    a phase of a bus, and lines and transformers have three rows each.
    """

    feeder: Feeder
    key: str
    equations: Equations
    grid: Grid | None = None
    phase_rows: np.ndarray | None = None

    @cached_property
    def extreme_kva(self) -> float:
        """The apparent power beyond which injections are refused."""
        return extreme_kva(self.feeder)

    @cached_property
    def bus_of_row(self) -> np.ndarray | None:
        """The bus of each row of voltages; None where each bus has one."""
        if self.phase_rows is None:
            return None
        return np.repeat(np.arange(len(self.phase_rows)), (self.phase_rows >= 0).sum(axis=1))

    @cached_property
    def maps(self) -> Maps:
        """The equations solved, for whom the sweep does not answer: made when first asked for."""
        made = self.equations.maps(written_out=self.written_out)
        MEMORY.weigh("compiled", self.key, self, self.size_bytes + made.size_bytes)
        return made

    @property
    def written_out(self) -> bool:
        """Whether ``maps`` are full matrices."""
        return self.ports <= MAX_WRITTEN_OUT

    @property
    def ports(self) -> int:
        """How many ports there are."""
        return int(self.equations.ports.shape[1])

    @property
    def rows(self) -> int:
        """How many quantities a power flow gives, as ``maps.whole`` holds them."""
        return int(self.equations.rows["source"].stop)

    @property
    def work(self) -> tuple[int, int]:
        """How many multiplications a case takes by ``maps``: an iteration, and all quantities at the end."""
        if not self.written_out:
            return self.maps.injection.work, self.maps.whole.work
        return multiplications(self.ports, self.ports), multiplications(self.rows, self.ports)

    @property
    def size_bytes(self) -> int:
        """About how much memory it takes without ``maps``."""
        grid = self.grid.size_bytes if self.grid else 0
        return self.equations.size_bytes + feeder_bytes(self.feeder) + grid


def compile_feeder(feeder: Feeder, ports: Ports | None = None) -> CompiledFeeder:
    """Return the feeder's arrays, kept by its content hash: balanced, or by phase at the given ports.

    Source: the admittance matrix that pandapower builds, so that taps, vector groups, parallel and meshed
    lines and several transformers are right by construction; by phase, its transformers and own lines.
    Raises: UnsolvableError where its equations have no finite solution.
    """
    asked = ports_of(feeder) if ports is None else ports
    key = feeder.content_hash + asked.key
    return MEMORY.recall(
        "compiled",
        key,
        lambda: _compile(feeder, asked, key),
        lambda compiled: compiled.size_bytes,
        feeder.feeder_id,
    )


def _compile(feeder: Feeder, ports: Ports, key: str) -> CompiledFeeder:
    try:
        equations, grid, rows = _by_phase(feeder, ports) if ports.by_phase else _balanced(feeder, ports)
        finite = equations.finite
    except (RuntimeError, ZeroDivisionError) as error:  # a singular matrix
        raise UnsolvableError(f"{feeder.feeder_id}: {_NO_NUMBERS}") from error
    if not finite:
        raise UnsolvableError(f"{feeder.feeder_id}: {_NO_NUMBERS}")
    return CompiledFeeder(feeder, key, equations, grid, rows)


def _balanced(feeder: Feeder, ports: Ports) -> tuple[Equations, Grid, None]:
    admittances = read_admittances(build_network(feeder))
    equations, shares = balanced_equations(feeder, admittances, ports)
    extreme_pu = extreme_kva(feeder) / BASE_KVA
    return equations, grid_of(feeder, admittances, shares, equations.no_load, extreme_pu), None


def _by_phase(feeder: Feeder, ports: Ports) -> tuple[Equations, None, np.ndarray]:
    nodes = nodes_of(feeder)
    return equations_by_phase(feeder, nodes, ports), None, phase_rows(nodes)
