"""Why a voltage is what it is: its exact parts from the source to the bus, by customer and kind."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from simulator.grid.clock import STEPS_PER_DAY
from simulator.grid.errors import QuestionError
from simulator.grid.limits import Limits
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.grid.topology import trace
from simulator.powerflow.compiled import compile_feeder
from simulator.studies.assessment import VOLTAGE_KINDS, Assessment, Violation
from simulator.studies.cases import solve_cases
from simulator.studies.scenario import When
from simulator.studies.shares import Splitter, split_currents


@dataclass(frozen=True, eq=False)
class Section:
    """Where voltage changes between two buses: without load, and by each customer's load, PV and battery.

    Shape: ``shares_pu`` (customers, 3): load, PV, battery. Units: pu; positive raises the voltage.
    """

    element: str
    from_bus: str
    to_bus: str
    no_load_pu: float
    shares_pu: np.ndarray

    @cached_property
    def by_customers_pu(self) -> float:
        """What all customers' currents change together."""
        return float(self.shares_pu.sum())

    @property
    def total_pu(self) -> float:
        """The whole change."""
        return self.no_load_pu + self.by_customers_pu


@dataclass(frozen=True, eq=False)
class Parts:
    """A bus's voltage as a sum: the source, the transformer, then each line section on the way.

    The transformer's part without load comes from its ratio, its tap and its own current.
    """

    source_pu: float
    transformer: Section
    lines: tuple[Section, ...]
    voltage_pu: float

    @property
    def sections(self) -> tuple[Section, ...]:
        """The transformer and the lines, in the order of the way."""
        return (self.transformer, *self.lines)

    @property
    def lines_pu(self) -> float:
        """What the lines change together."""
        return sum(line.total_pu for line in self.lines)

    @cached_property
    def customers_pu(self) -> np.ndarray:
        """What each customer's load, PV and battery change along the whole way; shape (customers, 3)."""
        shares: np.ndarray = np.sum([section.shares_pu for section in self.sections], axis=0)
        return shares


@dataclass(frozen=True, eq=False)
class Ledger:
    """A bus's voltage at a quarter-hour, its tightest limit, and its parts; None without a solution.

    ``when`` is how the quarter-hour was chosen. ``bus`` is None where there is no solution and none was
    asked for. ``vm_pu``, ``line_loading`` and ``transformer_loading`` hold the feeder's state, an element
    each in its order, and ``source_kw`` what it imports.
    """

    step: int
    when: When
    pv_adoption: float
    battery_adoption: float
    limits: Limits
    tightest: Violation
    bus: str | None
    parts: Parts | None
    vm_pu: np.ndarray
    line_loading: np.ndarray
    transformer_loading: np.ndarray
    source_kw: float

    @property
    def solved(self) -> bool:
        """Whether the quarter-hour has a solution."""
        return self.parts is not None

    @property
    def violated(self) -> bool:
        """Whether the voltage is beyond its tightest limit."""
        value, limit = self.tightest.value, self.tightest.limit
        if value is None or limit is None:
            return False
        return value < limit if self.tightest.kind == "undervoltage" else value > limit


def explain_voltage(  # noqa: PLR0913 - the names are the question's own
    feeder: Feeder,
    profiles: Profiles,
    *,
    pv_adoption: float,
    battery_adoption: float,
    hour: int,
    when: When,
    bus: str | None,
    limits: Limits,
) -> Ledger:
    """Split a bus's voltage into exact parts that sum to the power flow's result.

    ``bus`` None takes the bus whose voltage or rise is tightest against its limit, ``when`` "day" the
    quarter-hour at which it is; "time" looks at ``hour`` alone.

    Raises: QuestionError for a bus that the feeder does not have.
    Source: voltages are linear in the settled currents, and |Vj| - |Vi| = Re(conj(Vi + Vj) (Vj - Vi)) /
    (|Vi| + |Vj|) is linear in their difference: each current has its own part in it.
    """
    _check_bus(feeder, bus)
    steps = range(STEPS_PER_DAY) if when == "day" else [hour]
    cases = solve_cases(feeder, profiles, [pv_adoption], battery_adoption, steps, limits)
    case, tightest = _bind(cases.assessment, bus)
    parts = None
    if tightest.kind != "no_solution":
        bus = tightest.element
        splitter = split_currents(feeder, profiles, pv_adoption, battery_adoption, tightest.step)
        parts = _split(feeder, splitter, bus)
    flow = cases.flow
    return Ledger(
        tightest.step,
        when,
        pv_adoption,
        battery_adoption,
        limits,
        tightest,
        bus,
        parts,
        flow.vm_pu[case],
        flow.line_loading[case],
        flow.transformer_loading[case],
        float(flow.source_kw[case]),
    )


def _check_bus(feeder: Feeder, bus: str | None) -> None:
    buses = [each.id for each in feeder.buses]
    if bus is not None and bus not in buses:
        raise QuestionError("bus", f"{bus[:64]} is no bus of {feeder.feeder_id}; it has {', '.join(buses)}.")


def _bind(assessment: Assessment, bus: str | None) -> tuple[int, Violation]:
    """Return the case in which voltage is tightest, anywhere or at a bus, and the limit there."""
    if not assessment.solved.all():
        case = int(np.argmin(assessment.solved))
        return case, assessment.at(case, 0)
    chosen = np.isin(assessment.kinds, VOLTAGE_KINDS)
    if bus is not None:
        chosen &= assessment.elements == bus
    constraints = np.flatnonzero(chosen)
    excess = assessment.excess[:, constraints]
    case, constraint = map(int, np.unravel_index(int(np.argmax(excess)), excess.shape))
    return case, assessment.at(case, int(constraints[constraint]))


def _split(feeder: Feeder, splitter: Splitter, bus: str) -> Parts:
    topology = trace(feeder)
    way = topology.path(bus)
    names = ", ".join(t.id for t in feeder.transformers if t.lv_bus == way[0])
    source_pu = compile_feeder(feeder).source_vm_pu
    transformer = Section(names, "source", way[0], *splitter.behind_source(way[0], source_pu))
    lines = tuple(
        Section(topology.parent_line[end], start, end, *splitter.between(start, end))
        for start, end in pairwise(way)
    )
    return Parts(source_pu, transformer, lines, splitter.magnitude(bus))
