"""Between which two levels of adoption the first violation lies that counts."""

import numpy as np

from simulator.assessment.violations import Assessment, Violation

WORSE = 1e-9  # relative: what counts as worsened by PV


def counted_excess(assessment: Assessment, baseline: np.ndarray | None) -> np.ndarray:
    """Return the excess of the violations that count, -inf elsewhere; +inf where nothing solves.

    All count without a ``baseline``; with one, (steps, constraints), which the cases repeat in turn, those
    that are further beyond their limit than there. What had no solution there cannot be told to be worse.
    """
    excess: np.ndarray = np.where(assessment.excess > 0, assessment.excess, -np.inf)
    excess[~assessment.solved] = np.inf
    if baseline is not None:
        before = np.tile(baseline, (len(excess) // len(baseline), 1))
        excess[(excess <= before + WORSE) | np.isnan(before)] = -np.inf
    return excess


class Bracket:
    """The highest level without a violation below the lowest with one, in thousandths.

    ``baseline`` is the excess without PV, where only what is beyond that counts.
    """

    def __init__(self, baseline: np.ndarray | None = None) -> None:
        self.good = 0
        self.bad: int | None = None
        self.baseline = baseline

    @property
    def open(self) -> bool:
        """Whether no level is violated yet."""
        return self.bad is None

    @property
    def middle(self) -> int | None:
        """The level to try next; None where the two are neighbours, or none is violated."""
        if self.bad is None or self.bad - self.good <= 1:
            return None
        return (self.good + self.bad) // 2

    def take(self, level: int, found: Assessment) -> None:
        """Take the next level on the way up; those above a violated one change nothing."""
        if self.open:
            self.narrow(level, found)

    def narrow(self, level: int, found: Assessment) -> None:
        """Move one edge to a level."""
        if (counted_excess(found, self.baseline) > 0).any():
            self.bad = level
        else:
            self.good = level

    def worst(self, found: Assessment) -> Violation:
        """Return the worst violation that counts; there must be one."""
        excess = counted_excess(found, self.baseline)
        case, constraint = np.unravel_index(int(np.argmax(excess)), excess.shape)
        return found.at(int(case), int(constraint))
