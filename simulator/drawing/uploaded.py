"""An uploaded profile: a day or some weeks as steps, or a year as each day's range and mean."""

from datetime import date, timedelta

import numpy as np

from simulator.drawing.bar import FILL
from simulator.drawing.hours import LEFT, day_panel, step_path, time_axis
from simulator.drawing.labels import width_of
from simulator.drawing.legend import draw_legend
from simulator.drawing.panel import WIDE, Panel
from simulator.drawing.svg import INK, MUTED, RING, element, group, label, path, picture
from simulator.importing.profiles.series import Series

HEIGHT = 210.0
AXIS = "all customers together (kW)"
STUDIED = "the day of studies without a date"
MAX_DRAWN_DAYS = 31  # whose intervals are drawn one by one


def render_uploaded(
    series: Series, total_kw: np.ndarray, typical: int, what: str, width: float = WIDE
) -> str:
    """Return a profile as SVG; ``typical`` is the day that studies take where none is asked for.

    Shape: ``total_kw`` (days, intervals of a day).
    """
    name = f"Uploaded {what}"
    story = f"{total_kw.min():.1f} to {total_kw.max():.1f} kW, mean {total_kw.mean():.1f} kW"
    if series.first_day is None:
        return picture(_day(total_kw[0], width), (width, HEIGHT), "chart uploaded", name, story)
    some_days = len(total_kw) <= MAX_DRAWN_DAYS
    draw = _days if some_days else _year
    parts, height = draw(series.first_day, total_kw, typical, width)
    return picture(parts, (width, height), "chart uploaded", name, story)


def _day(total_kw: np.ndarray, width: float) -> list[str]:
    panel = day_panel(width, 36, HEIGHT - 50, 0, _top(total_kw))
    curve = element("path", d=step_path(panel, total_kw), class_="mean", fill="none", stroke=INK,
                    stroke_width=2)  # fmt: skip
    return [panel.y_axis(AXIS, 5), curve, time_axis(panel, width)]


def _days(first: date, total_kw: np.ndarray, typical: int, width: float) -> tuple[list[str], float]:
    """Return every interval of some days as steps."""
    days, a_day = total_kw.shape
    panel = Panel(LEFT.get(width, LEFT[WIDE]), 36, width - 14, HEIGHT - 50, 0, days, 0, _top(total_kw))
    edges = np.repeat(np.arange(days * a_day + 1) / a_day, 2)[1:-1]
    curve = element("path", d=path(panel.points(edges.tolist(), np.repeat(total_kw.ravel(), 2).tolist())),
                    class_="mean", fill="none", stroke=INK, stroke_width=1.4)  # fmt: skip
    every = -(-days // (10 if width == WIDE else 4))
    shown = list(range(0, days, every))
    names = [_day_name(first + timedelta(days=day)) for day in shown]
    last = first + timedelta(days=days - 1)
    axis = panel.x_axis(shown, names, f"days from {first} to {last}")
    entries = [entry for entry in _entries() if entry[2] == STUDIED]
    key, height = draw_legend([("", entries)], 6, HEIGHT + 8, width - 6)
    marked = _marked(panel, typical, str(first + timedelta(days=typical)))
    return [panel.y_axis(AXIS, 5), curve, marked, axis, key], height


def _day_name(day: date) -> str:
    return f"{day.day} {day.strftime('%b')}"


def _year(first: date, total_kw: np.ndarray, typical: int, width: float) -> tuple[list[str], float]:
    days = len(total_kw)
    panel = Panel(LEFT.get(width, LEFT[WIDE]), 36, width - 14, HEIGHT - 50, 0, days, 0, _top(total_kw))
    middle = [day + 0.5 for day in range(days)]
    upper = panel.points(middle, total_kw.max(axis=1).tolist())
    lower = panel.points(middle, total_kw.min(axis=1).tolist())
    spread = element("path", d=path([*upper, *reversed(lower)]) + "Z", class_="range", fill=FILL,
                     fill_opacity="0.4")  # fmt: skip
    mean = element("path", d=path(panel.points(middle, total_kw.mean(axis=1).tolist())), class_="mean",
                   fill="none", stroke=INK, stroke_width=1.6)  # fmt: skip
    key, height = draw_legend([("", _entries())], 6, HEIGHT + 8, width - 6)
    marked = _marked(panel, typical, str(first + timedelta(days=typical)))
    return [panel.y_axis(AXIS, 5), spread, mean, marked, _months(panel, first, days, width), key], height


def _months(panel: Panel, first: date, days: int, width: float) -> str:
    """Return the axis of the months; every third one on a telephone."""
    starts = [day for day in range(days) if (first + timedelta(days=day)).day == 1]
    shown = starts if width == WIDE else starts[::3]
    names = [(first + timedelta(days=day)).strftime("%b") for day in shown]
    years = sorted({first.year, (first + timedelta(days=days - 1)).year})
    return panel.x_axis(shown, names, "months of " + " and ".join(map(str, years)))


def _marked(panel: Panel, typical: int, day: str) -> str:
    x, room = panel.x(typical + 0.5), width_of(day) + 8
    line = element("path", d=path([(x, panel.top - 4), (x, panel.bottom)]), class_="ring", stroke=RING,
                   stroke_width=1.4, stroke_dasharray="4 3")  # fmt: skip
    at = x + 4 if x + room < panel.right else x - room + 4
    return line + label(at, panel.top + 6, day, class_="note", fill=MUTED)


def _entries() -> list[tuple[float, str, str]]:
    box = element("rect", x=0, y=-6, width=20, height=12, class_="range", fill=FILL, fill_opacity="0.4")
    line = element("path", d="M2 0H22", class_="mean", fill="none", stroke=INK, stroke_width=1.6)
    ring = element("path", d="M10 -8V8", class_="ring", stroke=RING, stroke_width=1.4, stroke_dasharray="4 3")
    return [
        (22.0, box, "lowest to highest of each day"),
        (24.0, line, "mean of each day"),
        (22.0, group([ring]), STUDIED),
    ]


def _top(total_kw: np.ndarray) -> float:
    return float(total_kw.max()) * 1.12 or 1.0
