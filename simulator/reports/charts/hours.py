"""Panels over a day: 96 quarter-hours from 00:00 to 24:00, as steps, with gaps where nothing solves."""

from collections.abc import Iterator, Sequence
from math import ceil, isfinite

import numpy as np

from simulator.grid.clock import STEPS_PER_DAY, time_of
from simulator.reports.charts.panel import NARROW, WIDE, Panel
from simulator.reports.scales import VOLTAGE
from simulator.reports.svg import MUTED, element, group, plain, title

LEFT = {WIDE: 58.0, NARROW: 44.0}
END_ROOM = 24.0  # for half of 24:00
STRIPE = 6.0

Run = tuple[int, int]


def runs(chosen: Sequence[bool] | np.ndarray) -> Iterator[Run]:
    """Yield the stretches (first, one past the last) of what is chosen."""
    padded = np.concatenate([[False], np.asarray(chosen, dtype=bool), [False]])
    edges = np.flatnonzero(padded[1:] != padded[:-1]).tolist()
    return zip(edges[::2], edges[1::2], strict=True)


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


def step_path(panel: Panel, values: np.ndarray) -> str:
    """Return path data of quarter-hour means as steps; gaps where there is no solution."""
    return "".join(
        f"M{plain(panel.x(first))} {plain(panel.y(values[first]))}{_steps(panel, values, first, past)}"
        for first, past in runs(np.isfinite(values))
    )


def area_path(panel: Panel, values: np.ndarray) -> str:
    """Return path data of the area between steps and zero; nothing where there is no value."""
    base = plain(panel.y(0))
    return "".join(
        f"M{plain(panel.x(first))} {base}{_steps(panel, values, first, past)}V{base}Z"
        for first, past in runs(np.isfinite(values))
    )


def _steps(panel: Panel, values: np.ndarray, first: int, past: int) -> str:
    return "".join(
        f"V{plain(panel.y(values[step]))}H{plain(panel.x(step + 1))}" for step in range(first, past)
    )


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
