"""A bar for tables and cards: a value against its limit."""

from math import isfinite

from simulator.reports.scales import LOADING
from simulator.reports.svg import INK, MUTED, PAPER, element, path, picture

SIZE = (120.0, 14.0)


def render_bar(value: float | None, limit: float, maximum: float) -> str:
    """Return a bar of 120 by 14 units from 0 to ``maximum`` with a tick at the limit.

    What exceeds the limit is darker and barred. A value beyond the maximum fills the bar and ends in a point;
    None or NaN leaves it empty and dashed. ``limit`` and ``maximum`` are in the value's unit.
    """
    width, height = SIZE
    track = element("rect", x=0.5, y=3.5, width=width - 1, height=height - 7, rx=2, class_="track",
                    fill=PAPER, stroke=MUTED, stroke_width=0.8,
                    stroke_dasharray=None if _known(value) else "3 2")  # fmt: skip
    tick_x = 1 + (width - 2) * min(limit / maximum, 1)
    tick = element(
        "path", d=path([(tick_x, 0), (tick_x, height)]), class_="tick", stroke=INK, stroke_width=1.6
    )
    if value is None or not isfinite(value):
        return picture([track, tick], SIZE, "bar", "no solution", stretch=True)
    end = 1 + (width - 2) * min(max(value / maximum, 0), 1)
    within = element(
        "rect", x=1, y=4, width=max(min(end, tick_x) - 1, 0), height=height - 8, class_="fill", fill="#5b7083"
    )
    over = _over(tick_x, end) if value > limit else ""
    return picture(
        [track, within, over, tick], SIZE, "bar", f"{value:.3g} against a limit of {limit:.3g}", ""
    )


def _known(value: float | None) -> bool:
    return value is not None and isfinite(value)


def _over(start: float, end: float) -> str:
    """Return the part beyond the limit: full height, with bars of paper across."""
    look = LOADING["l-over"]
    block = element(
        "rect", x=start, y=1, width=max(end - start, 3), height=12, class_="over", fill=look.colour
    )
    stripes = "".join(path([(x, 1), (x, 13)]) for x in _range(start + 4, max(end, start + 3) - 1, 4))
    return block + (
        element("path", d=stripes, class_="stripes", stroke=PAPER, stroke_width=1.2) if stripes else ""
    )


def _range(start: float, stop: float, step: float) -> list[float]:
    return [start + step * number for number in range(max(0, int((stop - start) / step) + 1))]
