"""The marks that diagrams, charts and legends share: a bus in each of its classes, an element overloaded."""

from simulator.drawing.scales import Look
from simulator.drawing.svg import INK, MUTED, PAPER, element, path, plain

BUSBAR_ROOM = 14.0


def bus_mark(x: float, y: float, look: Look, size: float | None = None) -> str:
    """Return a bus: circle; triangle with ! pointing up above the limit, down below it; cross unsolved."""
    size = look.size if size is None else size
    if look.key in ("v-above", "v-below"):
        return _triangle(x, y, size, 1 if look.key == "v-above" else -1, look)
    if look.key == "v-none":
        ways = [(x - size, y - size), (x + size, y + size)], [(x - size, y + size), (x + size, y - size)]
        return element("path", d="".join(map(path, ways)), class_="mark v-none", stroke=MUTED, stroke_width=2)
    if look.key == "plain":
        return element("circle", cx=x, cy=y, r=size, class_="mark plain", fill=look.colour)
    outline = 1.2 if size > 4 else 0.8
    return element(
        "circle",
        cx=x,
        cy=y,
        r=size,
        class_=f"mark {look.key}",
        fill=look.colour,
        stroke=INK,
        stroke_width=outline,
    )


def _triangle(x: float, y: float, size: float, upwards: int, look: Look) -> str:
    tip, base = y - upwards * 1.3 * size, y + upwards * 0.9 * size
    shape = path([(x, tip), (x + 1.25 * size, base), (x - 1.25 * size, base)]) + "Z"
    small = size < 5
    mark = element("path", d=shape, class_=f"mark {look.key}", fill=look.colour, stroke=INK,
                   stroke_width=0.6 if small else 1.2)  # fmt: skip
    return mark if small else mark + _bang(x, y + upwards * 0.15 * size, 1.4 * size)


def overload_mark(x: float, y: float, look: Look) -> str:
    """Return the mark of an element over its rating: a square with !."""
    square = element("rect", x=x - 7, y=y - 7, width=14, height=14, rx=2, class_=f"mark {look.key}",
                     fill=look.colour, stroke=PAPER, stroke_width=1.5)  # fmt: skip
    return square + _bang(x, y, 9)


def _bang(x: float, y: float, size: float) -> str:
    """Return an exclamation mark about (x, y), drawn so that no font is needed."""
    way = f"M{plain(x)} {plain(y - 0.5 * size)}v{plain(0.6 * size)}m0 {plain(0.2 * size)}v{plain(0.2 * size)}"
    return element("path", d=way, class_="bang", stroke=PAPER, stroke_width=2)
