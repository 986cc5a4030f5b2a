"""Where the parts of a single-line diagram stand in the picture."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from simulator.drawing.layout import Joint, Layout
from simulator.drawing.state import FeederState
from simulator.grid.elements import Line
from simulator.grid.schema import Feeder

LEFT, TOP, RIGHT = 184.0, 46.0, 70.0
LOOP_ROOM = 44.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Plan:
    """One feeder in one state, laid out; positions in picture units. ``highlight`` holds ringed elements."""

    feeder: Feeder
    state: FeederState
    layout: Layout
    highlight: frozenset[str]

    @property
    def width(self) -> float:
        """The picture's width."""
        return LEFT + self.layout.width + RIGHT

    @cached_property
    def lines(self) -> dict[str, Line]:
        """The lines by id."""
        return {line.id: line for line in self.feeder.lines}

    @cached_property
    def overloaded(self) -> list[str]:
        """The lines above the loading that the limits allow."""
        return [line for line in self.lines if self.state.line_look(line).key == "l-over"]

    @cached_property
    def busbars(self) -> dict[str, Joint]:
        """The uprights of the transformers' LV busbars by bus."""
        busbars = {t.lv_bus for t in self.feeder.transformers}
        return {joint.bus: joint for joint in self.layout.joints if joint.bus in busbars}

    def at(self, bus: str) -> Point:
        """Return where a bus stands."""
        return LEFT + self.layout.x[bus], TOP + self.layout.y[bus]

    @cached_property
    def middles(self) -> dict[str, Point]:
        """The middle of each line."""
        level = {line: (LEFT + (near + far) / 2, TOP + y) for line, near, far, y in self.layout.edges}
        return level | {line: on_curve(*self.bow(line), 0.5) for line in self.layout.loops}

    def bow(self, line_id: str) -> tuple[Point, Point, Point, Point]:
        """Return an arc's ends and the handles between: upwards within a lane, to the right between lanes."""
        line = self.lines[line_id]
        start, end = self.at(line.from_bus), self.at(line.to_bus)
        if start[1] == end[1]:
            above = start[1] - LOOP_ROOM / 2 - 14 * self._beside[line_id]
            return start, (start[0], above), (end[0], above), end
        beyond = max(start[0], end[0]) + LOOP_ROOM
        return start, (beyond, start[1]), (beyond, end[1]), end

    @cached_property
    def _beside(self) -> dict[str, int]:
        """Which each line is of those that close meshes between the same buses: they stay apart."""
        count: Counter[frozenset[str]] = Counter()
        found = {}
        for line_id in self.layout.loops:
            ends = frozenset((self.lines[line_id].from_bus, self.lines[line_id].to_bus))
            found[line_id] = count[ends]
            count[ends] += 1
        return found


def on_curve(start: Point, one: Point, other: Point, end: Point, t: float) -> Point:
    """Return the point of a cubic Bézier curve at parameter ``t`` of 0..1."""
    shares = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
    x, y = (
        sum(share * p[i] for share, p in zip(shares, (start, one, other, end), strict=True)) for i in (0, 1)
    )
    return x, y
