"""Where there is room for more: what one more plant, or one more load, may add at each bus."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from simulator.assessment.violations import Violation
from simulator.grid.clock import STEPS_PER_DAY
from simulator.grid.limits import Limits
from simulator.questions.values import When
from simulator.studies.nodes.additions import Additions, read_additions
from simulator.studies.nodes.plant import added_plant, plant_power_factor
from simulator.studies.nodes.question import NodesQuestion
from simulator.studies.sizes import nodes_size
from simulator.studies.sweep.hosting_capacity import SWEEP, HostingCapacity
from simulator.studies.sweep.question import SweepQuestion
from simulator.studies.task import ALONE, Asking, Task
from simulator.technologies.powers import Adoption
from simulator.technologies.registry import TECHNOLOGIES, Over

PER_KW = 100  # rooms are counted in hundredths of a kW
BISECTIONS = 16  # of a room, about: what progress reckons with


@dataclass(frozen=True)
class Room:
    """What a bus may still take, in kW, and the violation met 0.01 kW above."""

    kw: float
    binding: Violation


@dataclass(frozen=True)
class Node:
    """A bus with its room for one more plant, and for one more load of unity power factor."""

    bus: str
    plant: Room
    load: Room


@dataclass(frozen=True)
class Nodes(Over):
    """The room at every bus, in the feeder's order, each bus alone and all else as in the scenario.

    ``baseline`` is the worst violation before anything is added, ``violated`` the quarter-hours of all: then
    there is no room anywhere. ``room_up_to`` is the adoption at and below which there is; its binding
    violation is there without any where it is 0. The plants absorb at ``power_factor``.
    """

    adoption: Adoption
    step: int
    when: When
    limits: Limits
    baseline: Violation | None
    nodes: tuple[Node, ...]
    potential: float
    violated: tuple[int, ...] = ()
    room_up_to: HostingCapacity | None = None
    over: str = "pv"
    power_factor: float = 1.0


def nodes(question: NodesQuestion, asking: Asking = ALONE) -> Nodes:
    """Find for each bus the kW that one more plant, and one more load, may add before a violation.

    With ``when`` "time" it is the kW fed in or drawn at the quarter-hour ``step``. With "day" it holds over
    all 96: the plant follows its technology's profile, the mean by size where each customer has its own, so
    that its figure is its rating; the load stays constant.
    """
    feeder, when, over = question.feeder, question.when, question.over
    steps = tuple(range(STEPS_PER_DAY)) if when == "day" else (question.step,)
    additions = read_additions(question, steps)
    expected = 2 * len(feeder.buses) * (BISECTIONS + len(steps))
    additions = replace(additions, solved=_counted(asking.report, expected))
    buses, (baseline, violated) = len(feeder.buses), _baseline(additions)
    up_to = None
    if baseline:
        swept = asking.ask(SWEEP, question.asking(SweepQuestion, steps=steps, over=over))
        up_to = swept.capacity.within_potential
    rooms = [Room(0.0, baseline)] * (2 * buses) if baseline else _find_rooms(additions, added_plant(question))
    by_bus = zip(feeder.buses, rooms[:buses], rooms[buses:], strict=True)
    return Nodes(
        adoption=question.adoption,
        step=question.step,
        when=when,
        limits=question.limits,
        baseline=baseline,
        nodes=tuple(Node(bus.id, plant, load) for bus, plant, load in by_bus),
        potential=question.potential(over),
        violated=violated,
        room_up_to=up_to,
        over=over,
        power_factor=plant_power_factor(feeder, TECHNOLOGIES[over], question.power_factors.get(over)),
    )


NODES = Task("nodes", nodes, nodes_size, needs=(SWEEP,), long=True)


def _baseline(additions: Additions) -> tuple[Violation | None, tuple[int, ...]]:
    """Return the worst violation where nothing is added, if there is one, and all quarter-hours with any."""
    at = np.arange(len(additions.steps))
    before = additions.assess(np.zeros_like(at), at, np.zeros(len(at)))
    violated = tuple(int(step) for step in additions.steps[before.violated])
    return before.tightest() if violated else None, violated


def _counted(progress: Callable[[float], None], expected: int) -> Callable[[int], None]:
    """Return what turns cases solved into progress; more than expected may be needed."""
    done = 0

    def solved(cases: int) -> None:
        nonlocal done
        done += cases
        progress(min(done / expected, 0.99))

    return solved


def _find_rooms(additions: Additions, plant: np.ndarray) -> list[Room]:
    """Return the room at every bus for a plant, then for a load; the scenario must be within limits.

    A room is found at one quarter-hour and then held against all: where another is violated, it is found
    anew there, and is smaller. ``plant`` (steps,) is what 1 kW of it feeds in, kW + j kvar.
    """
    shapes = np.array([plant, -np.ones(len(plant))])
    buses, steps = len(additions.question.feeder.buses), np.arange(len(additions.steps))
    bus, shape = np.tile(np.arange(buses), len(shapes)), np.repeat(shapes, buses, axis=0)
    at = np.repeat(_likely_steps(additions, shapes), buses)
    found, beyond = np.zeros(len(bus), dtype=int), np.full(len(bus), PER_KW)

    def excess(rows: np.ndarray, at: np.ndarray, hundredths: np.ndarray) -> np.ndarray:
        return additions.worst(bus[rows], at, shape[rows, at] * hundredths / PER_KW)

    def violates(rows: np.ndarray, hundredths: np.ndarray) -> np.ndarray:
        return excess(rows, at[rows], hundredths) > 0

    left = np.arange(len(bus))
    while len(left):
        found[left] = _bisect(violates, left, beyond[left])
        row, step = np.nonzero(shape[left])  # where nothing is added, nothing changes
        there = np.full((len(left), len(steps)), -np.inf)
        there[row, step] = excess(left[row], step, found[left][row])
        worst = there.argmax(axis=1)
        broken = there.max(axis=1) > 0
        left, worst = left[broken], worst[broken]
        at[left], beyond[left] = worst, found[left]
    bindings = additions.bindings(bus, at, shape[np.arange(len(bus)), at] * (found + 1) / PER_KW)
    return [Room(int(kw) / PER_KW, binding) for kw, binding in zip(found, bindings, strict=True)]


def _likely_steps(additions: Additions, shapes: np.ndarray) -> np.ndarray:
    """Return for each shape the step that likely binds: where it adds most to what already flows that way."""
    net_kw = additions.p_kw.sum(axis=1)
    kw = shapes.real
    scores = np.abs(kw) * additions.question.feeder.transformer_kva + np.sign(kw) * net_kw
    return np.asarray(scores.argmax(axis=1))


Violates = Callable[[np.ndarray, np.ndarray], np.ndarray]


def _bisect(violates: Violates, rows: np.ndarray, beyond: np.ndarray) -> np.ndarray:
    """Return for each row the largest whole number that does not violate; ``beyond`` is a first guess above.

    ``violates`` takes rows and a number for each. The guess doubles until it violates, as it must: beyond
    three times all ratings nothing has a solution. Numbers far beyond are not tried: they take longest.
    """
    good, bad = np.zeros_like(beyond), beyond.copy()
    going = np.arange(len(rows))
    while len(going := going[~violates(rows[going], bad[going])]):
        good[going] = bad[going]
        bad[going] *= 2
    while len(going := np.flatnonzero(bad - good > 1)):
        middle = (good + bad)[going] // 2
        broken = violates(rows[going], middle)
        bad[going[broken]], good[going[~broken]] = middle[broken], middle[~broken]
    return good
