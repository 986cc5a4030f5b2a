"""How many power flows a question asks for at most, and how long this machine takes for each of them.

The counts are bounds that hold before any work; the tests count what each study really solves.
"""

from dataclasses import dataclass
from typing import Literal

from simulator.grid.clock import STEPS_PER_DAY
from simulator.questions.question import Question
from simulator.studies.compare.question import CompareQuestion
from simulator.studies.nodes.question import NodesQuestion
from simulator.studies.sweep.question import SweepQuestion

LEVEL_FLOWS = 65  # of a sweep at one quarter-hour: 51 levels, a bisection, and the state without generation
SETS = 2.0  # times as many for every limit set: the levels are shared, the bisections are not
MEASURES = 5  # sweeps
# Of one room: a bisection, and the other quarter-hours held against it.
ROOM_FLOWS, ROOM_FLOWS_A_STEP = 30, 1.3

OverSteps = SweepQuestion | CompareQuestion
FlowKind = Literal["case", "phase case", "addition"]


@dataclass(frozen=True)
class Size:
    """At most so many power flows, told in words; ``kind`` is what they solve.

    Where one field alone makes a question larger, ``field`` names it, ``count`` is what it holds, and
    ``apart`` are the flows that do not depend on it.
    """

    flows: int
    words: str
    kind: FlowKind = "case"
    field: str = ""
    count: int = 0
    apart: int = 0

    def count_within(self, flows: float) -> int:
        """Return the largest count that asks for so many power flows at most; 0 where there is none."""
        each = (self.flows - self.apart) / max(self.count, 1)
        return max(int((flows - self.apart) / each), 0) if self.count else 0


def kind_of(question: Question) -> FlowKind:
    """Return what a study's power flows solve, unless it adds power at single buses."""
    return "phase case" if question.by_phase else "case"


def day_size(question: Question) -> Size:
    """Return the size of a day's question: with and without generation, and a bus looked at."""
    return Size(3 * STEPS_PER_DAY, "a day", kind_of(question))


def sweep_size(question: OverSteps) -> Size:
    """Return the size of a sweep's question."""
    return _of_steps(question, LEVEL_FLOWS)


def standards_size(question: OverSteps) -> Size:
    """Return the size of a question under every limit set."""
    return _of_steps(question, int(SETS * LEVEL_FLOWS))


def measures_size(question: OverSteps) -> Size:
    """Return the size of a question of what helps: a sweep for each measure."""
    return _of_steps(question, MEASURES * LEVEL_FLOWS)


def nodes_size(question: NodesQuestion) -> Size:
    """Return the size of a question of places: a room for a plant and one for a load at every bus."""
    steps = STEPS_PER_DAY if question.when == "day" else 1
    states = 1 if question.limits.rise_max is None else 2
    buses = len(question.feeder.buses)
    flows = 2 * buses * states * int(ROOM_FLOWS + ROOM_FLOWS_A_STEP * steps)
    return Size(flows, f"2 rooms at {buses:,} buses, each held against {_quarter_hours(steps)},", "addition")


def _of_steps(question: OverSteps, flows: int) -> Size:
    steps = len(question.steps)
    flows *= 2 if question.by_phase else 1  # and once more as balanced
    return Size(flows * steps, f"{flows} states at {_quarter_hours(steps)}", kind_of(question))


def _quarter_hours(steps: int) -> str:
    return "1 quarter-hour" if steps == 1 else f"{steps} quarter-hours"
