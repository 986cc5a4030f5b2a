"""The parts of a single-line diagram, drawn from a layout and a state."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from simulator.grid.elements import Line
from simulator.grid.schema import Feeder
from simulator.reports.labels import Box, LabelSpace, Place, along, around, short_names
from simulator.reports.layout import Joint, Layout
from simulator.reports.state import FeederState, loading_words
from simulator.reports.svg import FAINT, MUTED, RING, element, group, label, path, plain, title
from simulator.reports.symbols import BUSBAR_ROOM, bus_mark, overload_mark
from simulator.reports.ticks import distance_unit, nice_ticks

LEFT, TOP, RIGHT = 184.0, 46.0, 70.0
LOOP_ROOM = 44.0
NAME_SIZE, EXTREME_SIZE = 11.5, 12.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Drawing:
    """One feeder in one state at its places; each method gives a part's SVG."""

    feeder: Feeder
    state: FeederState
    layout: Layout
    highlight: frozenset[str]

    @property
    def width(self) -> float:
        """The picture's width in its units."""
        return LEFT + self.layout.width + RIGHT

    @cached_property
    def _lines(self) -> dict[str, Line]:
        return {line.id: line for line in self.feeder.lines}

    @cached_property
    def _middles(self) -> dict[str, Point]:
        level = {line: (LEFT + (near + far) / 2, TOP + y) for line, near, far, y in self.layout.edges}
        return level | {line: _on_curve(*self._bow(line), 0.5) for line in self.layout.loops}

    @cached_property
    def _overloaded(self) -> list[str]:
        return [line for line in self._lines if self.state.line_look(line).key == "l-over"]

    @cached_property
    def _busbars(self) -> dict[str, Joint]:
        busbars = {t.lv_bus for t in self.feeder.transformers}
        return {joint.bus: joint for joint in self.layout.joints if joint.bus in busbars}

    def _places(self, bus: str, gap: float) -> list[Place]:
        """Return where a bus's label may stand: about its mark; a busbar's first below or above its end."""
        x, y = self._at(bus)
        gap += 5.0 if bus in self.highlight else 0.0
        if bus not in self._busbars:
            return around(x, y, gap)
        bottom, top = TOP + self._busbars[bus].bottom, TOP + self._busbars[bus].top
        ends = bottom + BUSBAR_ROOM + 14, top - BUSBAR_ROOM - 5
        return [(x - 4, end, "start") for end in ends] + around(x, y, gap)

    def _at(self, bus: str) -> Point:
        return LEFT + self.layout.x[bus], TOP + self.layout.y[bus]

    def axis(self, y: float) -> str:
        """Return the axis of distance below the tree, with faint uprights at its ticks."""
        unit, per_km = distance_unit(self.layout.longest_km)
        ticks = nice_ticks(0, self.layout.longest_km * per_km, 8)
        at = {tick: LEFT + tick / per_km * self.layout.units_per_km for tick in ticks}
        grid = "".join(path([(x, TOP - 22), (x, y)]) for x in at.values())
        base = path([(LEFT, y), (LEFT + self.layout.width, y)])
        marks = "".join(path([(x, y), (x, y + 5)]) for x in at.values())
        numbers = (label(x, y + 18, f"{tick:g}", text_anchor="middle") for tick, x in at.items())
        name = label(LEFT, y + 36, f"distance from the transformer ({unit})")
        return (
            element("path", d=grid, class_="grid", stroke=FAINT, stroke_width=1)
            + element("path", d=base + marks, class_="axis", stroke=MUTED, fill="none")
            + group([*numbers, name], class_="scale", font_size=NAME_SIZE, fill=MUTED)
        )

    def lines(self) -> Iterator[str]:
        """Yield every line once: level in its lane, or as a dashed arc where it closes a mesh."""
        for line, near, far, y in self.layout.edges:
            yield self._line(line, path([(LEFT + near, TOP + y), (LEFT + far, TOP + y)]))
        for line in self.layout.loops:
            start, *handles, end = (f"{plain(x)} {plain(y)}" for x, y in self._bow(line))
            yield self._line(line, f"M{start}C{' '.join(handles)} {end}", "7 5")

    def _line(self, line: str, way: str, dashes: str | None = None) -> str:
        look = self.state.line_look(line)
        ring = element("path", d=way, class_="ring", stroke=RING, stroke_width=look.size + 8)
        parts = [
            title(self._line_words(line)),
            ring if line in self.highlight else "",
            element("path", d=way, stroke_dasharray=dashes),
            element("path", d=way, class_="touch", opacity=0),
            overload_mark(*self._middles[line], look) if look.key == "l-over" else "",
        ]
        return group(parts, class_=f"line {look.key}", stroke=look.colour, stroke_width=look.size)

    def _line_words(self, line_id: str) -> str:
        line = self._lines[line_id]
        loading = self.state.line_loading.get(line_id)
        said = "" if loading is None else f"{loading_words(loading)} of {1000 * line.rating_ka:.0f} A, "
        built = f"{1000 * line.length_km:.0f} m {line.std_type}"
        return f"{line_id}: {said}{built}, {line.from_bus} to {line.to_bus}"

    def _bow(self, line_id: str) -> tuple[Point, Point, Point, Point]:
        """Return an arc's ends and the handles between: upwards within a lane, to the right between lanes."""
        line = self._lines[line_id]
        start, end = self._at(line.from_bus), self._at(line.to_bus)
        if start[1] == end[1]:
            ends = {line.from_bus, line.to_bus}
            beside = [other for other in self.layout.loops if {*self._ends(other)} == ends].index(line_id)
            above = start[1] - LOOP_ROOM / 2 - 14 * beside  # parallel lines stay apart
            return start, (start[0], above), (end[0], above), end
        beyond = max(start[0], end[0]) + LOOP_ROOM
        return start, (beyond, start[1]), (beyond, end[1]), end

    def _ends(self, line_id: str) -> tuple[str, str]:
        line = self._lines[line_id]
        return line.from_bus, line.to_bus

    def joints(self) -> Iterator[str]:
        """Yield the uprights of buses whose lines leave at other levels; the busbars thick."""
        for joint in self.layout.joints:
            room, width = (BUSBAR_ROOM, 5.0) if joint.bus in self._busbars else (0.0, 1.5)
            x = LEFT + joint.x
            ends = [(x, TOP + joint.top - room), (x, TOP + joint.bottom + room)]
            yield element("path", d=path(ends), class_="busbar" if room else "joint", stroke_width=width)

    def buses(self) -> Iterator[str]:
        """Yield every bus once."""
        for bus in self.feeder.buses:
            x, y = self._at(bus.id)
            ring = element(
                "circle", cx=x, cy=y, r=13, class_="ring", fill="none", stroke=RING, stroke_width=2.5
            )
            metres = 1000 * self.layout.x[bus.id] / (self.layout.units_per_km or 1)
            words = f"{bus.id}: {self.state.voltage_words(bus.id)}, {metres:.0f} m from the transformer"
            mark = bus_mark(x, y, self.state.bus_look(bus.id))
            yield group([title(words), ring if bus.id in self.highlight else "", mark], class_="bus")

    def labels(self) -> Iterator[str]:
        """Yield what has room: extreme voltages and the most loaded line with numbers, buses' names."""
        space = LabelSpace((2, 2, self.width - 2, TOP + self.layout.height + 38))
        space.block(self._occupied())
        for bus in self.state.extremes:
            words = f"{bus} {self.state.voltage_words(bus).split(',')[0]}"
            yield space.place(words, self._places(bus, 9), EXTREME_SIZE, font_weight="bold")
        most = self.state.most_loaded_line
        strained = most is not None and self.state.line_look(most).key in ("l-high", "l-over")
        if most and strained:
            yield self._loading(space, most, f"{most} ") or self._loading(space, most)
        yield from self._names(space)
        if most and not strained:
            yield self._loading(space, most, f"{most} ")
        yield from (self._loading(space, line) for line in self._overloaded if line != most)

    def _loading(self, space: LabelSpace, line: str, name: str = "") -> str:
        words = name + loading_words(self.state.line_loading[line])
        x, y = self._middles[line]
        places = [(x, y + dy, "middle") for dy in (-14, 23, -29)]  # further aside it would name a neighbour
        return space.place(words, places, EXTREME_SIZE, font_weight="bold")

    def _names(self, space: LabelSpace) -> Iterator[str]:
        names = short_names([bus.id for bus in self.feeder.buses])
        rest = [bus.id for bus in self.feeder.buses if bus.id not in self.state.extremes]
        for bus in sorted(rest, key=lambda bus: not self.state.outside(bus)):  # violated ones choose first
            yield space.place(names[bus], self._places(bus, 7), NAME_SIZE)

    def _occupied(self) -> Iterator[Box]:
        for bus in self.feeder.buses:
            x, y = self._at(bus.id)
            room = 14 if bus.id in self.highlight else 8
            yield (x - room, y - room, x + room, y + room)
        for _, near, far, y in self.layout.edges:
            yield (LEFT + near, TOP + y - 3, LEFT + far, TOP + y + 3)
        for joint in self.layout.joints:
            x, cap = LEFT + joint.x, BUSBAR_ROOM if joint.bus in self._busbars else 0
            yield (x - 3, TOP + joint.top - cap, x + 3, TOP + joint.bottom + cap)
        for x, y in (self._middles[line] for line in self._overloaded):
            yield (x - 9, y - 9, x + 9, y + 9)
        for line in self.layout.loops:
            bow = self._bow(line)
            knots = [_on_curve(*bow, number / 24) for number in range(25)]
            yield from (box for start, end in pairwise(knots) for box in along(start, end))
        for y in self.layout.transformers.values():
            yield (0, TOP + y - 36, LEFT - 16, TOP + y + 50)


def _on_curve(start: Point, one: Point, other: Point, end: Point, t: float) -> Point:
    """Return the point of a cubic Bézier curve at parameter ``t`` of 0..1."""
    shares = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
    x, y = (
        sum(share * p[i] for share, p in zip(shares, (start, one, other, end), strict=True)) for i in (0, 1)
    )
    return x, y
