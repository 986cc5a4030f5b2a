"""From a question's adoption and quarter-hours to assessed power flows: the spine of every study."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.assessment.violations import Assessment, assess
from simulator.powerflow.batch import solve
from simulator.powerflow.flow import PowerFlow
from simulator.questions.question import Question
from simulator.technologies.powers import Adoption
from simulator.technologies.registry import drawing


@dataclass(frozen=True, eq=False)
class Cases:
    """Every level of adoption at every step, level by level: solved and held against limits."""

    flow: PowerFlow
    assessment: Assessment


def solve_cases(question: Question, steps: Sequence[int], levels: Sequence[Adoption] | None = None) -> Cases:
    """Solve all (level, step) cases with the batch engine; rows run step by step within each level.

    The levels are the question's adoption alone where none are given.
    """
    asked = [question.adoption] if levels is None else levels
    flow = solve_levels(question, asked, steps)
    bare = flow_without_generation(question, asked, steps) if question.limits.rise_max else None
    rows = np.tile(np.asarray(steps, dtype=int), len(asked))
    return Cases(flow, assess(question.feeder, flow, question.limits, rows, bare))


def flow_without_generation(
    question: Question, levels: Sequence[Adoption], steps: Sequence[int]
) -> PowerFlow:
    """Solve the steps with generation off: once where the levels differ in generation alone."""
    kept = drawing()
    bare = [{key: share for key, share in level.items() if key in kept} for level in levels]
    if all(level == bare[0] for level in bare):
        bare = bare[:1]
    powers = question.powers(bare, steps).only(kept)
    return solve(question.compiled, *powers.inject(question.ports))


def solve_levels(question: Question, levels: Sequence[Adoption], steps: Sequence[int]) -> PowerFlow:
    """Solve all steps of each level of adoption, level by level; no limits are asked about."""
    return solve(question.compiled, *question.powers(levels, steps).inject(question.ports))
