"""Panels over a day: 96 quarter-hours from 00:00 to 24:00, as steps, with gaps where nothing solves."""

from itertools import pairwise
from math import ceil, isfinite, isnan

import numpy as np

from simulator.drawing.panel import NARROW, WIDE, Panel
from simulator.drawing.scales import VOLTAGE
from simulator.drawing.svg import MUTED, element, group, plain, title
from simulator.grid.clock import STEPS_PER_DAY, time_of

LEFT = {WIDE: 58.0, NARROW: 44.0}
END_ROOM = 24.0  # for half of 24:00
STRIPE = 6.0

Run = tuple[int, int]


def runs(chosen: np.ndarray) -> list[Run]:
    """Return the stretches (first, one past the last) of what is chosen."""
    return [(first, past) for first, past in equal_runs(chosen) if chosen[first]]


def equal_runs(values: np.ndarray) -> list[Run]:
    """Return the stretches (first, one past the last) of equal values."""
    edges = [0, *(np.flatnonzero(values[1:] != values[:-1]) + 1).tolist(), len(values)]
    return list(pairwise(edges))


def day_panel(width: float, top: float, bottom: float, low: float, high: float, left: float = 0) -> Panel:
    """Return a panel over the day; its quarter-hours are alike to a tenth of a unit, so that cells meet."""
    left = max(left, LEFT.get(width, LEFT[WIDE]))
    cell = int((width - END_ROOM - left) / STEPS_PER_DAY * 10) / 10
    return Panel(left, top, left + cell * STEPS_PER_DAY, bottom, 0, STEPS_PER_DAY, low, high)


def time_axis(panel: Panel, width: float, name: str = "time of day") -> str:
    """Return the axis of the time of day, every three hours, every six on a telephone."""
    ticks = range(0, STEPS_PER_DAY + 1, 12 if width > NARROW else 24)
    return panel.x_axis(ticks, list(map(time_of, ticks)), name)


def stripe_steps(panel: Panel) -> int:
    """Return every how many quarter-hours a stripe can be told from the next."""
    return ceil(STRIPE / (panel.x(1) - panel.x(0)))


def quarter_hours(panel: Panel) -> list[str]:
    """Return the x of each quarter-hour's beginning and of 24:00, as path data has it."""
    return [plain(panel.x(step)) for step in range(STEPS_PER_DAY + 1)]


def step_path(panel: Panel, values: np.ndarray) -> str:
    """Return path data of quarter-hour means as steps; gaps where there is no solution."""
    at, heights = quarter_hours(panel), _heights(panel, values)
    return "".join(
        f"M{at[first]} {heights[first]}{_steps(at, heights, first, past)}"
        for first, past in runs(np.isfinite(values))
    )


def area_path(panel: Panel, values: np.ndarray) -> str:
    """Return path data of the area between steps and zero; nothing where there is no value."""
    at, heights, base = quarter_hours(panel), _heights(panel, values), plain(panel.y(0))
    return "".join(
        f"M{at[first]} {base}{_steps(at, heights, first, past)}V{base}Z"
        for first, past in runs(np.isfinite(values))
    )


def _heights(panel: Panel, values: np.ndarray) -> list[str]:
    return ["" if isnan(value) else plain(panel.y(value)) for value in values.tolist()]


def _steps(at: list[str], heights: list[str], first: int, past: int) -> str:
    return "".join(f"V{heights[step]}H{at[step + 1]}" for step in range(first, past))


def unsolved_columns(panel: Panel, solved: np.ndarray) -> str:
    """Return grey columns with a cross, where quarter-hours have no solution; empty where all have one."""
    return group((_column(panel, *run) for run in runs(~solved)), class_="unsolved-columns")


def _column(panel: Panel, first: int, past: int) -> str:
    left, right = panel.x(first), panel.x(past)
    until = time_of(past)
    box = f"M{plain(left)} {plain(panel.top)}H{plain(right)}V{plain(panel.bottom)}H{plain(left)}Z"
    cross = (
        f"M{plain(left)} {plain(panel.top)}L{plain(right)} {plain(panel.bottom)}"
        f"M{plain(left)} {plain(panel.bottom)}L{plain(right)} {plain(panel.top)}"
    )
    return group([
        title(f"{time_of(first)} to {until}: no solution"),
        element("path", d=box, class_="v-none-area", fill=VOLTAGE["v-none"].colour),
        element("path", d=cross, class_="cross", stroke=MUTED, stroke_width=1.4, fill="none"),
    ])  # fmt: skip


def finite(values: np.ndarray) -> list[float]:
    """Return the values that are numbers."""
    return [value for value in values.ravel().tolist() if isfinite(value)]
