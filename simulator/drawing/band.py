"""The band of voltage limits in a chart, shaded, with its values written."""

from simulator.drawing.panel import Panel
from simulator.drawing.svg import element, label, path
from simulator.grid.limits import Limits

EDGE = "#7a1f3d"
SHADE = "#e6f1ea"
LIMIT_ROOM = 98.0


def voltage_range(limits: Limits, values: list[float]) -> tuple[float, float]:
    """Return an axis range that holds the limits and all values with some air."""
    low, high = min([limits.vm_min_pu, *values]), max([limits.vm_max_pu, *values])
    air = 0.08 * (high - low)
    return low - air, high + air


def draw_band(panel: Panel, limits: Limits) -> str:
    """Return the shaded band."""
    top, bottom = panel.y(limits.vm_max_pu), panel.y(limits.vm_min_pu)
    return element("rect", x=panel.left, y=top, width=panel.right - panel.left, height=bottom - top,
                   class_="band", fill=SHADE)  # fmt: skip


def draw_limits(panel: Panel, limits: Limits) -> str:
    """Return the two limit lines with their values at the right; leave ``LIMIT_ROOM`` for these."""
    top, bottom = panel.y(limits.vm_max_pu), panel.y(limits.vm_min_pu)
    lines = path([(panel.left, top), (panel.right, top)]) + path(
        [(panel.left, bottom), (panel.right, bottom)]
    )
    return (
        element("path", d=lines, class_="limit", stroke=EDGE, stroke_width=1.2, stroke_dasharray="6 4")
        + _value(panel, top, limits.vm_max_pu)
        + _value(panel, bottom, limits.vm_min_pu)
    )


def _value(panel: Panel, y: float, limit: float) -> str:
    return label(panel.right + 6, y + 4, f"limit {limit:g} pu", class_="limit-value", fill=EDGE)
