"""Power flows held against limits: every violation, how bad it is, and what binds first."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, cast

import numpy as np

from simulator.grid.limits import Limits
from simulator.grid.phases import PHASES
from simulator.grid.schema import Feeder
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.phase_voltages import PhaseVoltages

Kind = Literal["undervoltage", "overvoltage", "rise", "line", "transformer", "no_solution"]
VOLTAGE_KINDS = ("undervoltage", "overvoltage", "rise")


@dataclass(frozen=True)
class Violation:
    """A limit and what was found there; ``value`` is in pu, or a share for rise, line and transformer."""

    kind: Kind
    element: str
    step: int
    value: float | None
    limit: float | None
    phase: str | None = None  # of a bus, where phases are told apart

    @property
    def place(self) -> str:
        """Where it is: ``bus_27``, or ``bus_27 (phase b)``."""
        return place_of(self.element, self.phase)


@dataclass(frozen=True, eq=False)
class Assessment:
    """Values against limits, one row a case.

    Shape: ``value`` (cases, constraints); ``kinds``, ``elements``, ``limits`` (constraints); ``steps`` and
    ``solved`` (cases). Where phases are told apart, ``phase`` (cases, constraints) is the one that the value
    is of, -1 for lines and transformers.
    """

    kinds: np.ndarray
    elements: np.ndarray
    limits: np.ndarray
    value: np.ndarray
    steps: np.ndarray
    solved: np.ndarray
    phase: np.ndarray | None = None

    @cached_property
    def excess(self) -> np.ndarray:
        """How far each value is beyond its limit, relative to it; NaN where there is no solution.

        Shape: (cases, constraints).
        """
        excess: np.ndarray = self.value / self.limits - 1
        excess[:, self.kinds == "undervoltage"] *= -1
        return excess

    def __getstate__(self) -> dict[str, Any]:
        """Leave out of what is kept what the values tell again."""
        return {name: value for name, value in vars(self).items() if name != "excess"}

    @property
    def violated(self) -> np.ndarray:
        """Whether each case violates anything or has no solution; shape (cases,)."""
        return ~self.solved | (self.excess > 0).any(axis=1)

    def rows(self, chosen: slice) -> "Assessment":
        """Return some of the cases."""
        return replace(
            self,
            value=self.value[chosen],
            steps=self.steps[chosen],
            solved=self.solved[chosen],
            phase=None if self.phase is None else self.phase[chosen],
        )

    def at(self, case: int, constraint: int) -> Violation:
        """Return one constraint of one case, in words that pages understand."""
        if not self.solved[case]:
            return Violation("no_solution", "feeder", int(self.steps[case]), None, None)
        return Violation(
            cast("Kind", str(self.kinds[constraint])),
            str(self.elements[constraint]),
            int(self.steps[case]),
            float(self.value[case, constraint]),
            float(self.limits[constraint]),
            None if self.phase is None else phase_name(int(self.phase[case, constraint])),
        )

    def violations(self, case: int) -> tuple[Violation, ...]:
        """Return every violation of a case, the worst first."""
        if not self.solved[case]:
            return (self.at(case, 0),)
        excess = self.excess[case]
        return tuple(self.at(case, i) for i in np.argsort(-excess, kind="stable") if excess[i] > 0)

    def tightest(self, kind: Kind | None = None) -> Violation | None:
        """Return the constraint (of a kind) nearest to its limit, or furthest beyond, over all cases.

        None where nothing of that kind is bounded; no solution is tighter than anything.
        """
        chosen = np.flatnonzero(self.kinds == kind) if kind else np.arange(len(self.kinds))
        if not len(chosen):
            return None
        if not self.solved.all():
            return self.at(int(np.argmin(self.solved)), 0)
        excess = self.excess[:, chosen]
        case, constraint = np.unravel_index(int(np.argmax(excess)), excess.shape)
        return self.at(int(case), int(chosen[constraint]))


def assess(
    feeder: Feeder, flow: PowerFlow, limits: Limits, steps: np.ndarray, bare: PowerFlow | None = None
) -> Assessment:
    """Hold each case of ``flow`` against the limits.

    ``steps`` (cases,) are the cases' quarter-hours. ``bare`` holds the first cases, which the
    others repeat in turn, with generation off; the limits' voltage-rise rule needs it.
    """
    buses = [bus.id for bus in feeder.buses]
    loading, solved = limits.loading_max, flow.converged
    lines = flow.line_loading[:, np.array(feeder.rated_lines, dtype=bool)]
    transformers = flow.transformer_loading[:, np.array(feeder.rated, dtype=bool)]
    parts: list[tuple[str, list[str], float, np.ndarray]] = [
        ("undervoltage", buses, limits.vm_min_pu, flow.low_pu),
        ("overvoltage", buses, limits.vm_max_pu, flow.high_pu),
        ("line", [line.id for line in feeder.lines if line.rated], loading, lines),
        ("transformer", [t.id for t in feeder.transformers if t.rated], loading, transformers),
    ]
    if limits.rise_max is not None:
        if bare is None:
            raise ValueError(f"the limits {limits.name!r} need the power flow with generation off")
        repeats = len(flow.converged) // len(bare.converged)
        parts.insert(2, ("rise", buses, limits.rise_max, flow.rise_above(bare)))
        solved = solved & np.tile(bare.converged, repeats)
    value = np.concatenate([values for *_, values in parts], axis=1)
    kinds = np.repeat([kind for kind, *_ in parts], [len(elements) for _, elements, *_ in parts])
    bound = np.repeat([limit for *_, limit, _ in parts], [len(elements) for _, elements, *_ in parts])
    elements = np.array([element for _, names, *_ in parts for element in names])
    phase = None if flow.phases is None else _phases(flow.phases, bare, kinds)
    return Assessment(kinds, elements, bound, value, steps, solved, phase)


def _phases(phases: PhaseVoltages, bare: PowerFlow | None, kinds: np.ndarray) -> np.ndarray:
    """Return which phase each value is of, (cases, constraints)."""
    found = np.full((len(phases.vm_pu), len(kinds)), -1, dtype=np.int8)
    found[:, kinds == "undervoltage"] = phases.lowest
    found[:, kinds == "overvoltage"] = phases.highest
    if bare is not None and bare.phases is not None:
        found[:, kinds == "rise"] = phases.above(bare.phases).highest
    return found


def place_of(element: str, phase: str | None) -> str:
    """Return an element, with its phase if one is told: ``bus_27 (phase b)``."""
    return element if phase is None else f"{element} (phase {phase})"


def phase_name(number: int) -> str | None:
    """Return a, b or c; None where there is none."""
    return PHASES[number] if number >= 0 else None
