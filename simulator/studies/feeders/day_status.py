"""A feeder's day in one line: the quarter-hour and the constraint nearest to a limit, or furthest beyond."""

from dataclasses import dataclass

import numpy as np

from simulator.assessment.cases import solve_cases
from simulator.assessment.violations import Violation
from simulator.grid.clock import STEPS_PER_DAY
from simulator.questions.question import Question
from simulator.studies.sizes import day_size
from simulator.studies.task import Task, by_itself


@dataclass(frozen=True, eq=False)
class DayLine:
    """The tightest constraint of a day, and how many of its 96 quarter-hours are in violation."""

    tightest: Violation
    violated_steps: int

    @property
    def within_limits(self) -> bool:
        """Whether no quarter-hour is in violation."""
        return self.violated_steps == 0


@dataclass(frozen=True, eq=False)
class DayStatus(DayLine):
    """A day's line, with ``vm_pu`` (buses,) and ``line_loading`` (lines,) at the tightest quarter-hour."""

    vm_pu: np.ndarray
    line_loading: np.ndarray


def day_status(question: Question) -> DayStatus:
    """Solve all 96 quarter-hours and return what is tightest."""
    feeder = question.feeder
    cases = solve_cases(question, range(STEPS_PER_DAY))
    tightest = cases.assessment.tightest()
    if tightest is None:
        raise ValueError(f"{feeder.feeder_id} has nothing that a limit applies to")
    step, flow = tightest.step, cases.flow
    return DayStatus(
        tightest, int(cases.assessment.violated.sum()), flow.vm_pu[step], flow.line_loading[step]
    )


DAY_STATUS = Task("day_status", by_itself(day_status), day_size)
