"""The parts of a single-line diagram, drawn from a layout and a state."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from simulator.grid.schema import Feeder, Line, Transformer
from simulator.reports.labels import Box, LabelSpace, around, short_names, width_of
from simulator.reports.layout import Layout
from simulator.reports.state import FeederState, loading_words
from simulator.reports.svg import FAINT, INK, MUTED, element, group, label, path, title
from simulator.reports.symbols import (
    BUSBAR_ROOM,
    COILS_X,
    SOURCE_X,
    bus_mark,
    overload_mark,
    source_symbol,
    transformer_symbol,
)
from simulator.reports.ticks import distance_unit, nice_ticks

LEFT, TOP, RIGHT = 164.0, 46.0, 76.0
LOOP_ROOM = 44.0

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

    def at(self, bus: str) -> Point:
        """Return where a bus stands in the picture."""
        return LEFT + self.layout.x[bus], TOP + self.layout.y[bus]

    @cached_property
    def _lines(self) -> dict[str, Line]:
        return {line.id: line for line in self.feeder.lines}

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
            + group([*numbers, name], class_="scale", font_size=11, fill=MUTED)
        )

    def lines(self) -> Iterator[str]:
        """Yield every line once: level in its lane, or as a dashed arc where it closes a mesh."""
        for line, near, far, y in self.layout.edges:
            yield self._line(line, path([(LEFT + near, TOP + y), (LEFT + far, TOP + y)]), self._middle(line))
        for line in self.layout.loops:
            yield self._line(line, self._arc(line), self._middle(line), stroke_dasharray="7 5")

    def _line(self, line: str, way: str, middle: Point, **attributes: str) -> str:
        look = self.state.line_look(line)
        ring = element("path", d=way, class_="ring", stroke_width=look.size + 8) if line in self.highlight else ""
        drawn = element("path", d=way, stroke=look.colour, stroke_width=look.size, **attributes)
        wide = element("path", d=way, class_="touch", stroke_width=14, stroke_opacity=0)
        mark = overload_mark(*middle, look) if look.key == "l-over" else ""
        kind = f"line {look.key}" + (" loop" if attributes else "")
        return group([title(self._line_words(line)), ring, drawn, wide, mark], class_=kind)

    def _line_words(self, line_id: str) -> str:
        line = self._lines[line_id]
        loading = self.state.line_loading.get(line_id)
        said = "" if loading is None else f"{loading_words(loading)} of {1000 * line.rating_ka:.0f} A, "
        return f"{line_id}: {said}{1000 * line.length_km:.0f} m {line.std_type}, {line.from_bus} to {line.to_bus}"

    def _arc(self, line_id: str) -> str:
        (x1, y1), (x2, y2), (x3, y3), (x4, y4) = self._bow(line_id)
        return f"M{x1:.1f} {y1:.1f}C{x2:.1f} {y2:.1f} {x3:.1f} {y3:.1f} {x4:.1f} {y4:.1f}"

    def _bow(self, line_id: str) -> list[Point]:
        """Return the arc's ends and handles: upwards within a lane, to the right between lanes."""
        line = self._lines[line_id]
        (x1, y1), (x4, y4) = self.at(line.from_bus), self.at(line.to_bus)
        if y1 == y4:
            return [(x1, y1), (x1, y1 - LOOP_ROOM / 2), (x4, y1 - LOOP_ROOM / 2), (x4, y4)]
        beyond = max(x1, x4) + LOOP_ROOM
        return [(x1, y1), (beyond, y1), (beyond, y4), (x4, y4)]

    def _middle(self, line_id: str) -> Point:
        if line_id in self.layout.loops:
            a, b, c, d = self._bow(line_id)
            return tuple((p + 3 * q + 3 * r + s) / 8 for p, q, r, s in zip(a, b, c, d, strict=True))  # type: ignore[return-value]
        near, far, y = next(edge[1:] for edge in self.layout.edges if edge[0] == line_id)
        return LEFT + (near + far) / 2, TOP + y

    def joints(self) -> Iterator[str]:
        """Yield the uprights of buses whose lines leave at other levels; the busbars thick."""
        busbars = {t.lv_bus for t in self.feeder.transformers}
        for joint in self.layout.joints:
            room, width = (BUSBAR_ROOM, 5) if joint.bus in busbars else (0, 1.5)
            x = LEFT + joint.x
            ends = [(x, TOP + joint.top - room), (x, TOP + joint.bottom + room)]
            kind = "busbar" if room else "joint"
            yield element("path", d=path(ends), class_=kind, stroke_width=width)

    def buses(self) -> Iterator[str]:
        """Yield every bus once."""
        for bus in self.feeder.buses:
            x, y = self.at(bus.id)
            ring = element("circle", cx=x, cy=y, r=12, class_="ring", fill="none", stroke=INK, stroke_width=2)
            mark = bus_mark(x, y, self.state.bus_look(bus.id))
            distance = round(1000 * self.layout.x[bus.id] / (self.layout.units_per_km or 1))
            words = f"{bus.id}: {self.state.voltage_words(bus.id)}, {distance} m from the transformer"
            yield group([title(words), ring if bus.id in self.highlight else "", mark], class_="bus")

    def transformers(self, direction: str | None) -> Iterator[str]:
        """Yield the source's bar with its arrow, and every transformer with its rating and loading."""
        levels = [TOP + y for y in self.layout.transformers.values()]
        x = LEFT + SOURCE_X
        yield source_symbol(x, min(levels), max(levels), direction)
        middle = (min(levels) + max(levels)) / 2
        words = group(
            [
                label(x, min(levels) - 24, f"{self.feeder.source.vn_kv:g} kV", text_anchor="middle"),
                label(x - 17, middle + 18, direction or "", text_anchor="middle") if direction else "",
            ],
            fill=INK,
            font_size=11,
        )
        yield words
        for transformer in self.feeder.transformers:
            yield self._transformer(transformer)

    def _transformer(self, transformer: Transformer) -> str:
        y = TOP + self.layout.transformers[transformer.id]
        x = LEFT + sum(COILS_X) / 2
        loading = self.state.transformer_loading.get(transformer.id)
        said = "" if loading is None else loading_words(loading)
        symbol = transformer_symbol(LEFT, y, self.state.transformer_look(transformer.id), LEFT + SOURCE_X)
        words = [
            label(x, y - 24, short_names([transformer.id])[transformer.id], text_anchor="middle"),
            label(x, y + 31, f"{transformer.sn_kva:g} kVA", text_anchor="middle"),
            label(x, y + 45, said, text_anchor="middle", font_weight="bold") if said else "",
        ]
        ratio = f"{transformer.vn_hv_kv:g}/{transformer.vn_lv_kv:g} kV"
        hover = title(f"{transformer.id}: {said + ' of ' if said else ''}{transformer.sn_kva:g} kVA, {ratio}")
        ring = element("circle", cx=x, cy=y, r=32, class_="ring", stroke=INK, stroke_width=2)
        ringed = ring if transformer.id in self.highlight else ""
        return group([hover, ringed, symbol, group(words, fill=INK, font_size=11)], class_="transformer")

    def labels(self) -> Iterator[str]:
        """Yield the labels that have room: the extreme voltages, the most loaded line, then the buses' names."""
        space = LabelSpace((2, 2, self.width - 2, TOP + self.layout.height + 36))
        space.block(self._occupied())
        named = set(self.state.extremes)
        for bus in self.state.extremes:
            words = f"{bus} {self.state.voltage_words(bus).split(',')[0]}"
            yield space.place(words, around(*self.at(bus), gap=9), 11.5, font_weight="bold", class_="extreme")
        if line := self.state.most_loaded_line:
            words = f"{line} {loading_words(self.state.line_loading[line])}"
            yield space.place(words, around(*self._middle(line), gap=9), 11.5, font_weight="bold", class_="extreme")
        names = short_names([bus.id for bus in self.feeder.buses])
        ends = {line[0]: line for line in self.layout.edges}
        del ends
        for bus in sorted(self.feeder.buses, key=lambda b: self.state.bus_look(b.id).key not in ("v-above", "v-below")):
            if bus.id not in named:
                yield space.place(names[bus.id], around(*self.at(bus.id)), 10.5)

    def _occupied(self) -> Iterator[Box]:
        for bus in self.feeder.buses:
            x, y = self.at(bus.id)
            yield (x - 8, y - 8, x + 8, y + 8)
        for _, near, far, y in self.layout.edges:
            yield (LEFT + near, TOP + y - 3, LEFT + far, TOP + y + 3)
        for joint in self.layout.joints:
            yield (LEFT + joint.x - 3, TOP + joint.top, LEFT + joint.x + 3, TOP + joint.bottom)
        for line, look in ((line, self.state.line_look(line)) for line in self._lines):
            if look.key == "l-over":
                x, y = self._middle(line)
                yield (x - 9, y - 9, x + 9, y + 9)
        for y in self.layout.transformers.values():
            yield (0, TOP + y - 36, LEFT - 4, TOP + y + 48)
