"""The day's curves: transformer loading with its direction, power, and what the batteries hold."""

import numpy as np

from simulator.assessment.wording import NO_SOLUTION
from simulator.drawing.band import EDGE
from simulator.drawing.bar import FILL
from simulator.drawing.hours import (
    area_path,
    day_panel,
    finite,
    step_path,
    stripe_steps,
    time_axis,
    unsolved_columns,
)
from simulator.drawing.labels import width_of
from simulator.drawing.legend import Entry, draw_legend
from simulator.drawing.panel import WIDE, Panel
from simulator.drawing.scales import LOADING
from simulator.drawing.svg import INK, MUTED, PAPER, RING, element, group, label, path, picture
from simulator.studies.day.day import DayPower
from simulator.technologies.registry import TECHNOLOGIES

LOADING_HEIGHT, POWER_HEIGHT, STORED_HEIGHT = 260.0, 310.0, 150.0
SUN = LOADING["l-medium"].colour
AREAS = {
    "import": ("import", FILL),
    "export": ("export", SUN),
    "over": ("beyond the limit", LOADING["l-over"].colour),
}
# key: words, colour, width, dashes
CURVES: dict[str, tuple[str, str, float, str | None]] = {
    "load": ("load", MUTED, 2.0, "7 3"),
    "pv": ("PV", SUN, 2.4, None),
    "battery": ("battery, charging below 0", RING, 2.0, "2 2.5"),
    "exchange": ("import, export below 0", INK, 2.6, None),
}


def render_day_loading(loading: np.ndarray, source_kw: np.ndarray, limit: float, width: float = WIDE) -> str:
    """Return the transformer's loading as SVG: imports above zero, exports below, striped beyond the limit.

    Shape: (96,); NaN has no solution. Units: loading and limit as a share of rating; kW from the grid above,
    whose sign tells the direction.
    """
    signed = 100 * np.where(source_kw < 0, -loading, loading)
    numbers, edge = finite(signed), 100 * limit
    exports = min(numbers, default=0) < 0
    low = 1.12 * min([-edge, *numbers]) if exports else 0.0
    panel = day_panel(width, 36, LOADING_HEIGHT - 50, low, 1.12 * max([edge, *numbers]))
    over = np.abs(signed) > edge
    shown = {"import": signed > 0, "export": signed < 0, "over": over}
    entries = [_swatch(name) for name, chosen in shown.items() if chosen.any()]
    key, height = draw_legend([("", entries)], 6, LOADING_HEIGHT + 10, width - 6)
    parts = [
        panel.y_axis("transformer loading (%), exports below 0" if exports else "transformer loading (%)"),
        group((_area(panel, signed, name, chosen) for name, chosen in shown.items()), class_="loadings"),
        _zero(panel),
        *(_limit(panel, share, signed) for share in ((edge, -edge) if exports else (edge,))),
        unsolved_columns(panel, np.isfinite(signed)),
        time_axis(panel, width),
        key,
        "" if numbers else panel.note(NO_SOLUTION),
    ]
    story = f"highest import {max(numbers, default=0):.0f} %, highest export {-min(numbers, default=0):.0f} %"
    name = "Transformer loading over the day"
    return picture(parts, (width, height), "chart day-loading", name, story if numbers else NO_SOLUTION)


def _area(panel: Panel, signed: np.ndarray, name: str, chosen: np.ndarray) -> str:
    """Return the area of the chosen quarter-hours, with stripes where they are over the limit."""
    ways = area_path(panel, np.where(chosen, signed, np.nan))
    if not ways:
        return ""
    area = element("path", d=ways, class_=f"area {name}", fill=AREAS[name][1])
    if name != "over":
        return area
    every = stripe_steps(panel)
    striped = "".join(
        path([(panel.x(step + 0.5), panel.y(0)), (panel.x(step + 0.5), panel.y(signed[step]))])
        for step in np.flatnonzero(chosen).tolist()
        if step % every == 0
    )
    return area + element("path", d=striped, class_="stripes", stroke=PAPER, stroke_width=1)


def _swatch(name: str) -> Entry:
    words, colour = AREAS[name]
    box = element("rect", x=0, y=-6, width=20, height=12, class_=f"area {name}", fill=colour)
    stripes = element("path", d="M5 -6V6M10 -6V6M15 -6V6", class_="stripes", stroke=PAPER)
    return (22.0, box + stripes * (name == "over"), words)


def _zero(panel: Panel) -> str:
    y = panel.y(0)
    return element("path", d=path([(panel.left, y), (panel.right, y)]), class_="axis", stroke=MUTED)


def _limit(panel: Panel, edge: float, signed: np.ndarray) -> str:
    """Return a limit's line with its value above it, at the side where less is drawn."""
    y = panel.y(edge)
    line = element("path", d=path([(panel.left, y), (panel.right, y)]), class_="limit", stroke=EDGE,
                   stroke_width=1.2, stroke_dasharray="6 4")  # fmt: skip
    beyond = np.nan_to_num(signed / edge, nan=2.0)
    at_left = beyond[:24].max() <= beyond[-24:].max()
    words = f"limit {abs(edge):.0f} %"
    x = panel.left + 6 if at_left else panel.right - 6 - width_of(words)
    return line + label(x, y - 5, words, class_="limit-value", fill=EDGE)


def render_day_power(power: DayPower, source_kw: np.ndarray, width: float = WIDE) -> str:
    """Return load, PV, battery and exchange in kW as SVG and, where there are batteries, what they hold.

    Shape: ``source_kw`` (96,), negative on export; NaN has no solution.
    """
    always = ("load", "pv")
    curves = {key: kw for key, kw in power.kw.items() if key in always or kw.any()} | {"exchange": source_kw}
    if power.capacity_kwh:
        curves["battery"] = power.kw["battery"]
    numbers = [0.0, *(value for values in curves.values() for value in finite(values))]
    low, high = min(numbers), max(numbers)
    air = 0.06 * (high - low) or 1.0
    panel = day_panel(width, 36, POWER_HEIGHT - 50, low - air if low < 0 else 0.0, high + air)
    shown = [key for key in CURVES if key in curves] + [key for key in curves if key not in CURVES]
    bottom = POWER_HEIGHT
    stored = ""
    if power.capacity_kwh:
        stored = _stored(power, width, bottom)
        bottom += STORED_HEIGHT
    key, height = draw_legend([("", [_entry(name) for name in shown])], 6, bottom + 12, width - 6)
    parts = [
        panel.y_axis("power (kW)"),
        unsolved_columns(panel, np.isfinite(source_kw)),
        _zero(panel),
        *(_line(name, step_path(panel, curves[name])) for name in shown),
        time_axis(panel, width, "" if stored else "time of day"),
        stored,
        key,
    ]  # fmt: skip
    return picture(parts, (width, height), "chart day-power", "Power over the day",
                   "; ".join(f"{_curve(name)[0]}: {_range(curves[name])}" for name in shown))  # fmt: skip


def _curve(name: str) -> tuple[str, str, float, str | None]:
    return CURVES.get(name) or (TECHNOLOGIES[name].word, INK, 1.6, "9 2 2 2")


def _line(name: str, ways: str) -> str:
    _, colour, stroke_width, dashes = _curve(name)
    return element("path", d=ways, class_=f"day-{name}", fill="none", stroke=colour,
                   stroke_width=stroke_width, stroke_dasharray=dashes) if ways else ""  # fmt: skip


def _entry(name: str) -> Entry:
    return (34.0, _line(name, "M2 0H32"), _curve(name)[0])


def _range(values: np.ndarray) -> str:
    numbers = finite(values)
    return f"{min(numbers):.1f} to {max(numbers):.1f} kW" if numbers else NO_SOLUTION


def _stored(power: DayPower, width: float, top: float) -> str:
    """Return the panel of the batteries' state of charge, with their capacity as its upper end."""
    capacity = power.capacity_kwh
    panel = day_panel(width, top + 22, top + STORED_HEIGHT - 50, 0, 1.18 * capacity)
    points = panel.points(range(len(power.stored_kwh)), power.stored_kwh.tolist())
    outline = [(panel.left, panel.bottom), *points, (panel.right, panel.bottom)]
    y = panel.y(capacity)
    return group([
        panel.y_axis("stored in batteries (kWh)", 3),
        element("path", d=path(outline) + "Z", class_="stored-area", fill=RING, fill_opacity="0.18"),
        element("path", d=path(points), class_="day-battery", fill="none", stroke=RING, stroke_width=2),
        element("path", d=path([(panel.left, y), (panel.right, y)]), class_="axis", stroke=MUTED,
                stroke_dasharray="6 4"),
        label(panel.left + 6, y - 4, f"capacity {capacity:.0f} kWh", class_="note", fill=MUTED),
        time_axis(panel, width),
    ], class_="stored")  # fmt: skip
