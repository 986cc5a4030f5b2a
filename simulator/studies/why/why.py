"""Why a voltage is what it is: its exact parts from the source to the bus, by customer and kind."""

from dataclasses import dataclass

import numpy as np

from simulator.assessment.cases import solve_cases
from simulator.assessment.violations import VOLTAGE_KINDS, Assessment, Violation, place_of
from simulator.grid.clock import STEPS_PER_DAY
from simulator.grid.errors import QuestionError
from simulator.grid.limits import Limits
from simulator.grid.schema import Feeder
from simulator.grid.topology import trace
from simulator.questions.values import When
from simulator.studies.sizes import day_size
from simulator.studies.task import Task, by_itself
from simulator.studies.why.parts import Parts, Section, add_up, section
from simulator.studies.why.question import WhyQuestion
from simulator.studies.why.shares import Splitter, split_currents
from simulator.technologies.powers import Adoption

MAX_NAMED = 100  # buses in an error


@dataclass(frozen=True, eq=False)
class Why:
    """A bus's voltage at a quarter-hour, its tightest limit, and its parts; None without a solution.

    ``when`` is how the quarter-hour was chosen. ``bus`` is None where there is no solution and none was
    asked for. ``vm_pu``, ``line_loading`` and ``transformer_loading`` hold the feeder's state, an element
    each in its order, and ``source_kw`` what it imports.
    """

    step: int
    when: When
    adoption: Adoption
    limits: Limits
    tightest: Violation
    bus: str | None
    parts: Parts | None
    vm_pu: np.ndarray
    line_loading: np.ndarray
    transformer_loading: np.ndarray
    source_kw: float

    @property
    def place(self) -> str | None:
        """The bus, with its phase where phases are told apart."""
        return self.bus and place_of(self.bus, self.tightest.phase)

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


def why(question: WhyQuestion) -> Why:
    """Split a bus's voltage into exact parts that sum to the power flow's result.

    ``bus`` None takes the bus whose voltage or rise is tightest against its limit, ``when`` "day" the
    quarter-hour at which it is; "time" looks at ``step`` alone.

    Raises: QuestionError for a bus that the feeder does not have.
    Source: voltages are linear in the settled currents, and |Vj| - |Vi| = Re(conj(Vi + Vj) (Vj - Vi)) /
    (|Vi| + |Vj|) is linear in their difference: each current has its own part in it.
    """
    feeder, bus = question.feeder, question.bus
    _check_bus(feeder, bus)
    steps = range(STEPS_PER_DAY) if question.when == "day" else [question.step]
    cases = solve_cases(question, steps)
    case, tightest = _bind(cases.assessment, bus)
    parts = None
    if tightest.kind != "no_solution":
        bus = tightest.element
        splitter = split_currents(question, tightest.step, tightest.phase)
        parts = _split(feeder, splitter, bus)
    flow = cases.flow
    return Why(
        tightest.step,
        question.when,
        question.adoption,
        question.limits,
        tightest,
        bus,
        parts,
        flow.worst_pu(question.limits.vm_min_pu, question.limits.vm_max_pu)[case],
        flow.line_loading[case],
        flow.transformer_loading[case],
        float(flow.source_kw[case]),
    )


def _check_bus(feeder: Feeder, bus: str | None) -> None:
    buses = [each.id for each in feeder.buses]
    if bus is not None and bus not in buses:
        more = f" and {len(buses) - MAX_NAMED:,} more" if len(buses) > MAX_NAMED else ""
        has = f"{', '.join(buses[:MAX_NAMED])}{more}"
        raise QuestionError("bus", f"{bus[:64]} is not a bus of {feeder.feeder_id}; it has {has}.")


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
    source_pu = feeder.source.vm_pu
    transformer = section(names, "source", way[0], *splitter.behind_source(way[0], source_pu))

    def line(position: int) -> Section:
        start, end = way[position : position + 2]
        return section(topology.parent_line[end], start, end, *splitter.between(start, end))

    return add_up(source_pu, transformer, len(way) - 1, line, splitter.magnitude(bus))


WHY = Task("why", by_itself(why), day_size)
