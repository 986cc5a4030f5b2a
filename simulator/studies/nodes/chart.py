"""Room by bus as bars: for one more plant above, for one more load below, with what binds at each."""

from collections.abc import Iterator, Sequence
from math import ceil

from simulator.assessment.violations import Kind
from simulator.assessment.wording import KIND_WORDS, rounded_down
from simulator.drawing.labels import short_names, width_of
from simulator.drawing.legend import Entry, draw_legend
from simulator.drawing.panel import WIDE, Panel
from simulator.drawing.scales import LOADING, VOLTAGE
from simulator.drawing.svg import INK, element, group, label, picture, title
from simulator.studies.nodes.room import RoomState

HEIGHT, LEFT, RIGHT = 480.0, 58.0, 12.0
LETTER_ROOM = 9.0  # of a bar, below which no letter fits above it
# What binds: its letter above a bar, and the bar's print colour.
BINDING: dict[Kind, tuple[str, str]] = {
    "overvoltage": ("V", VOLTAGE["v-high-edge"].colour),
    "undervoltage": ("V", VOLTAGE["v-low-edge"].colour),
    "rise": ("R", VOLTAGE["v-high"].colour),
    "line": ("L", "#5b7083"),
    "transformer": ("T", LOADING["l-over"].colour),
    "no_solution": ("N", VOLTAGE["v-none"].colour),
}


def render_rooms_chart(plant: RoomState, load: RoomState, width: float = WIDE, what: str = "PV plant") -> str:
    """Return the bars as SVG, a bus each, in the feeder's order; least and most are named."""
    buses = list(plant.rooms)
    kinds = {room.binding.kind for state in (plant, load) for room in state.rooms.values()}
    legend, bottom = draw_legend(
        [("Binding", [_entry(k) for k in BINDING if k in kinds])], 8, HEIGHT - 4, width
    )
    upper = _panel(plant, 36, 198, width)
    lower = _panel(load, 262, 424, width)
    parts = [
        *_draw(upper, plant, f"room for one more {what} ({plant.unit})", buses, named=False),
        *_draw(lower, load, f"room for one more load ({load.unit})", buses, named=True),
        legend,
    ]
    story = "; ".join(f"{bus}: {state.bus_words(bus)}" for state in (plant, load) for bus in state.extremes)
    return picture(parts, (width, bottom), "chart rooms", "Room by bus", story)


def _panel(state: RoomState, top: float, bottom: float, width: float) -> Panel:
    most = max(room.kw for room in state.rooms.values())
    return Panel(LEFT, top, width - RIGHT, bottom, -0.5, len(state.rooms) - 0.5, 0, 1.22 * most or 1)


def _draw(panel: Panel, state: RoomState, name: str, buses: Sequence[str], *, named: bool) -> Iterator[str]:
    pitch = (panel.right - panel.left) / len(buses)
    names = short_names(buses)
    widest = max(width_of(word) for word in names.values()) + 5
    every = next((n for n in (1, 2, 5, 10, 20, 50, 100) if n * pitch >= widest), ceil(widest / pitch))
    ticks = range(0, len(buses), every)
    yield panel.y_axis(name, 4)
    yield group(_bars(panel, state, pitch), class_="rooms")
    yield panel.x_axis(ticks, [names[buses[i]] for i in ticks], "bus" if named else "")
    for bus in state.extremes:
        yield _number(panel, state, bus, buses.index(bus), pitch)


def _bars(panel: Panel, state: RoomState, pitch: float) -> Iterator[str]:
    """Yield a bar a bus, with the letter of what binds where it has room."""
    for i, (bus, room) in enumerate(state.rooms.items()):
        letter, colour = BINDING[room.binding.kind]
        top, wide = panel.y(room.kw), 0.78 * pitch
        bar = element("rect", x=panel.x(i) - wide / 2, y=top, width=wide, height=panel.bottom - top,
                      class_=f"room {room.binding.kind}", fill=colour)  # fmt: skip
        size = min(11.0, pitch)
        said = label(panel.x(i), top - 3, letter, text_anchor="middle", font_size=size)
        yield group([title(f"{bus}: {state.bus_words(bus)}"), bar, said if pitch >= LETTER_ROOM else ""])


def _number(panel: Panel, state: RoomState, bus: str, place: int, pitch: float) -> str:
    """Return an extreme's name and number above its bar, on the side where the neighbours' bars are lower."""
    words = f"{bus} {rounded_down(state.rooms[bus].kw)}"
    half = width_of(words) / 2

    def clear_of(x: float) -> float:
        return max(r.kw for i, r in enumerate(state.rooms.values()) if abs(panel.x(i) - x) < half + pitch / 2)

    sides = (0, -half, half)
    x = min(
        (min(max(panel.x(place) + side, panel.left + half), panel.right - half) for side in sides),
        key=clear_of,
    )
    y = panel.y(clear_of(x)) - (16 if pitch >= LETTER_ROOM else 5)
    return label(x, y, words, text_anchor="middle", font_weight="bold", class_="value", fill=INK)


def _entry(kind: Kind) -> Entry:
    letter, colour = BINDING[kind]
    sample = element("rect", x=2, y=-6, width=12, height=12, class_=f"room {kind}", fill=colour)
    return (16.0, sample, f"{letter} {KIND_WORDS[kind]}")
