"""The key to a picture: what each colour, shape and width means, in numbers with units."""

from simulator.drawing.labels import width_of
from simulator.drawing.scales import VOLTAGE, Look, loading_legend, voltage_legend
from simulator.drawing.svg import MUTED, RING, element, group, label, path
from simulator.drawing.symbols import bus_mark, overload_mark
from simulator.grid.limits import Limits

ROW = 22.0
SIZE = 11.5

Entry = tuple[float, str, str]


def voltage_entries(limits: Limits) -> list[Entry]:
    """Return the voltage classes' entries: room for the sample, the sample at the origin, its words."""
    return [(18.0, bus_mark(9, 0, look), words) for look, words in voltage_legend(limits)]


def unsolved_entry() -> Entry:
    """Return the entry of a bus that has no voltage."""
    return (18.0, bus_mark(9, 0, VOLTAGE["v-none"]), VOLTAGE["v-none"].words)


def loading_entries(limits: Limits) -> list[Entry]:
    """Return the loading classes' entries."""
    return [(30.0, _line_sample(look), words) for look, words in loading_legend(limits)]


def loop_entry() -> Entry:
    """Return the entry of a line that closes a mesh."""
    dashes = element("path", d=path([(2, 0), (28, 0)]), class_="line plain", stroke=MUTED,
                     stroke_width=2, stroke_dasharray="6 4")  # fmt: skip
    return (30.0, dashes, "closes a mesh")


def _line_sample(look: Look) -> str:
    line = element("path", d=path([(2, 0), (28, 0)]), class_=f"line {look.key}", stroke=look.colour,
                   stroke_width=look.size)  # fmt: skip
    return line + (overload_mark(15, 0, look) if look.key == "l-over" else "")


def ring_entry() -> Entry:
    """Return the entry of what the picture's page speaks of."""
    ring = element("circle", cx=9, cy=0, r=7, class_="ring", fill="none", stroke=RING, stroke_width=2.5)
    return (18.0, ring, "named in the answer")


def draw_legend(rows: list[tuple[str, list[Entry]]], x: float, y: float, right: float) -> tuple[str, float]:
    """Return the legend's SVG from (x, y) on, wrapped before ``right``, and the y below it."""
    parts = []
    head_width = max((width_of(head, SIZE) for head, _ in rows), default=0) + 12
    for head, entries in rows:
        parts.append(label(x, y + 4, head, font_weight="bold"))
        at = x + head_width
        for room, sample, words in entries:
            wide = room + 5 + width_of(words, SIZE) + 12
            if at + wide > right and at > x + head_width:
                at, y = x + head_width, y + ROW
            parts.append(group([sample, label(room + 5, 4, words)], transform=f"translate({at:.0f} {y:.0f})"))
            at += wide
        y += ROW
    return group(parts, class_="legend", font_size=SIZE), y
