"""The day's heat map: every bus's voltage in every quarter-hour, in classes over the day's own range.

Cells of a colour are one path of runs: a rectangle a cell would weigh ten times as much. Violated cells are
striped besides: uprights above the limit, a level line below it, dots where the rise is too large.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from simulator.assessment.wording import NO_SOLUTION, percent
from simulator.drawing.drawable import draw_note, too_large
from simulator.drawing.heat_scale import CLASSES, HEIGHT, DayScale, draw_scale, read_scale
from simulator.drawing.hours import (
    day_panel,
    equal_runs,
    quarter_hours,
    runs,
    stripe_steps,
    time_axis,
    unsolved_columns,
)
from simulator.drawing.labels import short_names, width_of
from simulator.drawing.layout import lay_out
from simulator.drawing.legend import Entry, draw_legend
from simulator.drawing.panel import WIDE, Panel
from simulator.drawing.scales import VOLTAGE
from simulator.drawing.state import voltage_digits
from simulator.drawing.svg import INK, MUTED, PAPER, element, group, label, picture, plain, text, title
from simulator.grid.limits import Limits
from simulator.grid.schema import Feeder

ROW, TALLEST = 13.0, 560.0  # a row's height, and that of all rows together at most
BRANCH_GAP = 4.0
NAME_SIZE = 10.5
TOP = 34.0


@dataclass(frozen=True)
class _Rows:
    """Where each bus's row stands: ``order`` holds the buses' positions from the top, ``top`` their y."""

    order: list[int]
    top: list[float]
    height: float
    bottom: float


def render_heat_map(
    feeder: Feeder,
    vm_pu: np.ndarray,
    limits: Limits,
    rise_violated: np.ndarray | None = None,
    width: float = WIDE,
) -> str:
    """Return the voltages of a day as SVG: a row a bus, in the diagram's order, a column a quarter-hour.

    Shape: ``vm_pu`` and ``rise_violated`` (96, buses), in the feeder's order. Units: pu; NaN has no solution.
    """
    title_words = f"Voltage of every bus over the day, {feeder.name}"
    if why := too_large(feeder):
        return draw_note(title_words, why)
    rows = _stack(feeder)
    names = short_names([bus.id for bus in feeder.buses])
    left = max(width_of(name, NAME_SIZE) for name in names.values()) + 14
    panel = day_panel(width, TOP, rows.bottom, 0, 1, left)
    rise = np.zeros(vm_pu.shape, dtype=bool) if rise_violated is None else rise_violated
    solved = np.isfinite(vm_pu).all(axis=1)
    scale = read_scale(vm_pu, limits)
    bar_top = rows.bottom + 74
    key, height = draw_legend(_legend(scale, solved), 6, bar_top + HEIGHT - 14, width - 6)
    parts = [
        group(_cells(panel, rows, vm_pu, scale), class_="cells", shape_rendering="crispEdges"),
        group(_marks(panel, rows, vm_pu, limits, rise), class_="marks"),
        unsolved_columns(panel, solved),
        group(_names(panel, rows, feeder, names), class_="scale", font_size=NAME_SIZE, fill=MUTED),
        group(_hovers(panel, rows, feeder, vm_pu, limits)),
        label(6, TOP - 16, "bus, outwards along each branch", class_="note", fill=MUTED,
              font_weight="bold"),
        time_axis(panel, width),
        draw_scale(panel, scale, bar_top),
        key,
    ]  # fmt: skip
    return picture(parts, (width, height), "chart heat", title_words, _story(feeder, vm_pu))


def _stack(feeder: Feeder) -> _Rows:
    """Return the rows in the order of the diagram's lanes, with a gap between two of them."""
    layout = lay_out(feeder)
    ids = [bus.id for bus in feeder.buses]
    order = sorted(range(len(ids)), key=lambda i: (layout.y[ids[i]], layout.x[ids[i]]))
    height = min(ROW, TALLEST / len(ids))
    top, y = [], TOP
    for lane, (_, lane_rows) in enumerate(groupby(order, key=lambda i: layout.y[ids[i]])):
        y += min(BRANCH_GAP, height / 3) if lane else 0
        for _ in lane_rows:
            top.append(round(y, 1))
            y += height
    return _Rows(order, top, height, round(y, 1))


def _cells(panel: Panel, rows: _Rows, vm_pu: np.ndarray, scale: DayScale) -> Iterator[str]:
    """Yield a path for each class of voltage."""
    keys, at = scale.classify(vm_pu.T), quarter_hours(panel)
    ways: dict[str, list[str]] = defaultdict(list)
    for position, top in zip(rows.order, rows.top, strict=True):
        for first, past in equal_runs(keys[position]):
            ways[str(keys[position, first])].append(
                f"M{at[first]} {plain(top)}H{at[past]}v{plain(rows.height)}H{at[first]}z"
            )
    for look, _ in scale.entries:  # what has no solution is whole columns, drawn apart
        if look.key in ways:
            yield element("path", d="".join(ways[look.key]), class_=look.key, fill=look.colour)


def _marks(panel: Panel, rows: _Rows, vm_pu: np.ndarray, limits: Limits, rise: np.ndarray) -> Iterator[str]:
    """Yield the marks of violated cells, each kind of violation one path."""
    stripe, at = stripe_steps(panel) * (panel.x(1) - panel.x(0)), quarter_hours(panel)
    kinds = {"above": vm_pu > limits.vm_max_pu, "below": vm_pu < limits.vm_min_pu, "rise": rise}
    for kind, where in kinds.items():
        ways = "".join(
            f"M{at[first]} {plain(top + rows.height / 2)}H{at[past]}"
            for position, top in zip(rows.order, rows.top, strict=True)
            for first, past in runs(where[:, position])
        )
        if ways:
            yield _mark(kind, ways, rows.height, stripe)


def _mark(kind: str, ways: str, height: float, stripe: float) -> str:
    """Return lines as uprights that fill a row, as a level line, or as dots."""
    looks = {
        "above": (PAPER, 0.6 * height, f"1 {plain(stripe - 1)}"),
        "below": (PAPER, 0.16 * height, None),
        "rise": (INK, 0.22 * height, f"{plain(0.22 * height)} {plain(stripe)}"),
    }
    colour, stroke_width, dashes = looks[kind]
    return element("path", d=ways, class_=f"beyond {kind}", stroke=colour, stroke_width=stroke_width,
                   stroke_dasharray=dashes)  # fmt: skip


def _names(panel: Panel, rows: _Rows, feeder: Feeder, names: dict[str, str]) -> Iterator[str]:
    """Yield the names of as many buses as there is room for."""
    free = 0.0
    for position, top in zip(rows.order, rows.top, strict=True):
        middle = top + rows.height / 2
        if middle - free >= NAME_SIZE * 0.95:
            free = middle
            words = names[feeder.buses[position].id]
            yield label(panel.left - 6, middle + 0.36 * NAME_SIZE, words, text_anchor="end")


def _hovers(panel: Panel, rows: _Rows, feeder: Feeder, vm_pu: np.ndarray, limits: Limits) -> Iterator[str]:
    """Yield a clear row a bus that tells its range on hover."""
    for position, top in zip(rows.order, rows.top, strict=True):
        voltages = vm_pu[:, position][np.isfinite(vm_pu[:, position])]
        words = NO_SOLUTION
        if len(voltages):
            low, high = (voltage_digits(float(v), limits) for v in (voltages.min(), voltages.max()))
            words = f"{low} to {high} pu"
        yield element("rect", title(f"{feeder.buses[position].id}: {words}"), x=panel.left, y=top,
                      width=panel.right - panel.left, height=rows.height, class_="row", fill="none",
                      pointer_events="all")  # fmt: skip


def _legend(scale: DayScale, solved: np.ndarray) -> list[tuple[str, list[Entry]]]:
    limits = scale.limits
    entries = [
        (22.0, _sample(look.colour, look.key, {"v-above": "above", "v-below": "below"}.get(look.key)), words)
        for look, words in scale.entries
    ]
    if limits.rise_max is not None:
        words = f"rise by PV above {percent(limits.rise_max)}"
        entries.append((22.0, _sample(CLASSES[1].colour, CLASSES[1].key, "rise"), words))
    if not solved.all():
        none = VOLTAGE["v-none"]
        cross = element("path", d="M0 -6L20 6M0 6L20 -6", class_="cross", stroke=MUTED, stroke_width=1.4)
        entries.append((22.0, _sample(none.colour, "v-none-area", None) + cross, none.words))
    return [("pu", entries)]


def _sample(colour: str, key: str, kind: str | None) -> str:
    box = element("rect", x=0, y=-6, width=20, height=12, class_=f"swatch {key}", fill=colour)
    return box + (_mark(kind, "M0 0H20", 12, 6) if kind else "")


def _story(feeder: Feeder, vm_pu: np.ndarray) -> str:
    if not np.isfinite(vm_pu).any():
        return NO_SOLUTION
    low, high = np.nanmin(vm_pu), np.nanmax(vm_pu)
    return text(f"{len(feeder.buses)} buses; lowest {low:.3f} pu, highest {high:.3f} pu")
