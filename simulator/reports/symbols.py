"""The symbols of single-line diagrams and charts: buses, transformers, the source, marks of violation."""

from simulator.reports.scales import Look
from simulator.reports.svg import INK, MUTED, PAPER, element, group, label, path

COIL = 15.0
SOURCE_X, COILS_X = -118.0, (-68.0, -48.0)
BUSBAR_ROOM = 14.0


def bus_mark(x: float, y: float, look: Look, size: float | None = None) -> str:
    """Return a bus: a circle; a triangle with ! pointing up above the limit, down below it; a cross unsolved."""
    size = look.size if size is None else size
    if look.key in ("v-above", "v-below"):
        return _triangle(x, y, size, 1 if look.key == "v-above" else -1, look)
    if look.key == "v-none":
        cross = path([(x - size, y - size), (x + size, y + size)]) + path([(x - size, y + size), (x + size, y - size)])
        return element("path", d=cross, class_="mark v-none", stroke=MUTED, stroke_width=2)
    if look.key == "plain":
        return element("circle", cx=x, cy=y, r=min(size + 2, 4), class_="mark plain", fill=look.colour)
    return element("circle", cx=x, cy=y, r=size, class_=f"mark {look.key}", fill=look.colour, stroke=INK, stroke_width=1.2)


def _triangle(x: float, y: float, size: float, upwards: int, look: Look) -> str:
    tip, base = y - upwards * 1.3 * size, y + upwards * 0.9 * size
    shape = path([(x, tip), (x + 1.25 * size, base), (x - 1.25 * size, base)]) + "Z"
    mark = element("path", d=shape, class_=f"mark {look.key}", fill=look.colour, stroke=INK, stroke_width=1.2)
    if size < 5:
        return mark
    bang = label(x, y + 0.3 * size + upwards * 0.3 * size + 1, "!", class_="bang", text_anchor="middle",
                 font_size=1.6 * size, font_weight="bold", fill=PAPER)
    return mark + bang


def overload_mark(x: float, y: float, look: Look) -> str:
    """Return the mark of an element over its rating: a square with !."""
    square = element("rect", x=x - 7, y=y - 7, width=14, height=14, rx=2, class_=f"mark {look.key}", fill=look.colour,
                     stroke=PAPER, stroke_width=1.5)
    bang = label(x, y + 4, "!", class_="bang", text_anchor="middle", font_size=11, font_weight="bold", fill=PAPER)
    return square + bang


def transformer_symbol(x: float, y: float, look: Look, source_x: float) -> str:
    """Return two overlapping circles with their leads, from the source's bar to the busbar at x."""
    width = max(look.size, 2)
    coils = "".join(element("circle", cx=x + dx, cy=y, r=COIL) for dx in COILS_X)
    leads = path([(source_x, y), (x + COILS_X[0] - COIL, y)]) + path([(x + COILS_X[1] + COIL, y), (x, y)])
    parts = element("path", d=leads, class_="lead", stroke=INK, stroke_width=1.5) + group(
        [coils], class_=f"coils line {look.key}", stroke=look.colour, stroke_width=width, fill="none"
    )
    centre = x + sum(COILS_X) / 2
    return parts + (overload_mark(centre, y, look) if look.key == "l-over" else "")


def source_symbol(x: float, top: float, bottom: float, direction: str | None) -> str:
    """Return the medium-voltage bar with the arrow of power: into the feeder, or out of it when it exports."""
    y = (top + bottom) / 2
    bar = element("path", d=path([(x, top - 18), (x, bottom + 18)]), class_="busbar", stroke=INK, stroke_width=4)
    tip, tail = (x - 30, x - 4) if direction == "export" else (x - 4, x - 30)
    back = tip + (8 if tip < tail else -8)
    arrow = path([(tail, y), (back, y)]) + path([(tip, y), (back, y - 5), (back, y + 5)]) + "Z"
    kind = f"arrow {direction}" if direction else "arrow"
    return bar + element("path", d=arrow, class_=kind, stroke=INK, fill=INK, stroke_width=2)
