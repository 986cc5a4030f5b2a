"""A bar for tables and cards: a value against its limit."""

from math import isfinite

from simulator.drawing.scales import LOADING
from simulator.drawing.svg import INK, MUTED, PAPER, element, path, picture

WIDTH, HEIGHT = 120.0, 14.0
FILL = "#5b7083"
STRIPE = 4.0


def render_bar(value: float | None, limit: float, maximum: float) -> str:
    """Return a bar of 120 by 14 units from 0 to ``maximum`` with a tick at the limit.

    What exceeds the limit is taller, darker and striped; it ends at the maximum. None or NaN, for no
    solution, leaves the bar empty and dashed. All three are in the same unit.

    Raises:
        ValueError: the limit or the maximum is not positive.
    """
    if limit <= 0 or maximum <= 0:
        raise ValueError(f"a bar needs a positive limit and maximum; got {limit} and {maximum}")
    solved = value is not None and isfinite(value)
    tick_x = _x(limit, maximum)
    track = element(
        "rect",
        x=0.5,
        y=3.5,
        width=WIDTH - 1,
        height=HEIGHT - 7,
        rx=2,
        class_="track",
        fill=PAPER,
        stroke=MUTED,
        stroke_width=0.8,
        stroke_dasharray=None if solved else "3 2",
    )
    tick = element(
        "path", d=path([(tick_x, 0), (tick_x, HEIGHT)]), class_="tick", stroke=INK, stroke_width=1.6
    )
    if value is None or not solved:
        return picture([track, tick], (WIDTH, HEIGHT), "bar", "no solution", stretch=True)
    end = _x(value, maximum)
    within = element(
        "rect", x=1, y=4, width=min(end, tick_x) - 1, height=HEIGHT - 8, class_="fill", fill=FILL
    )
    over = _over(tick_x, end) if value > limit else ""
    name = f"{value:.3g}, limit {limit:.3g}"
    return picture([track, within, over, tick], (WIDTH, HEIGHT), "bar", name, stretch=True)


def _x(value: float, maximum: float) -> float:
    return 1 + (WIDTH - 2) * min(max(value / maximum, 0), 1)


def _over(start: float, end: float) -> str:
    """Return the part beyond the limit, three units wide at least so that it shows."""
    end = max(end, start + 3)
    colour = LOADING["l-over"].colour
    block = element("rect", x=start, y=1, width=end - start, height=12, class_="over", fill=colour)
    count = int((end - start - 2) / STRIPE)
    stripes = "".join(path([(start + STRIPE * n, 1), (start + STRIPE * n, 13)]) for n in range(1, count + 1))
    striped = element("path", d=stripes, class_="stripes", stroke=PAPER, stroke_width=1.2)
    return block + (striped if stripes else "")
