"""The heat map's colours: classes over the day's own range, so that a day within one band is not blank.

What is beyond a limit has the colours of every picture; a bar shows the day's range between the limits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from simulator.drawing.band import EDGE
from simulator.drawing.labels import width_of
from simulator.drawing.panel import Panel
from simulator.drawing.scales import VOLTAGE, Look
from simulator.drawing.state import voltage_digits
from simulator.drawing.svg import FAINT, INK, element, group, label, path
from simulator.grid.limits import Limits, edge_words

COLOURS = ("#f7f6d8", "#e3e8a8", "#bfd98a", "#93c47d", "#68ab78", "#4a9078")
CLASSES = tuple(Look(f"d-{number}", colour, 5, "") for number, colour in enumerate(COLOURS, start=1))
SMALLEST = 1e-5  # pu: the range of a day that has no classes within it
BAR = 12.0
HEIGHT = 58.0  # of the bar with its numbers
SIZE = 11.5


@dataclass(frozen=True)
class DayScale:
    """A day's voltages in classes; ``edges`` in pu bound the classes within the limits, rising."""

    limits: Limits
    edges: tuple[float, ...]
    lowest: float
    highest: float
    digits: int

    @property
    def looks(self) -> tuple[Look, ...]:
        """The classes within the limits, lowest first."""
        return CLASSES if len(self.edges) > 2 else CLASSES[2:3] if self.edges else ()

    @property
    def entries(self) -> list[tuple[Look, str]]:
        """The classes that occur with their ranges in pu, lowest first; those beyond a limit say so."""
        low, high = self.limits.vm_min_pu, self.limits.vm_max_pu
        words = [f"{a:.{self.digits}f}–{b:.{self.digits}f}" for a, b in pairwise(self.edges)]
        found = list(zip(self.looks, words, strict=True))
        below = [(VOLTAGE["v-below"], f"below the limit {edge_words(low)}")] * (self.lowest < low)
        above = [(VOLTAGE["v-above"], f"above the limit {edge_words(high)}")] * (self.highest > high)
        return [*below, *found, *above]

    def classify(self, vm_pu: np.ndarray) -> np.ndarray:
        """Return the class's key of each voltage."""
        keys = np.array([look.key for look in self.looks] or ["v-none"])
        within = keys[np.searchsorted(self.edges[1:-1], vm_pu, side="right")]
        beyond = [~np.isfinite(vm_pu), vm_pu < self.limits.vm_min_pu, vm_pu > self.limits.vm_max_pu]
        return np.select(beyond, ["v-none", "v-below", "v-above"], within)


def read_scale(vm_pu: np.ndarray, limits: Limits) -> DayScale:
    """Return the classes of a day's voltages in pu, of any shape; NaN has no solution."""
    solved = vm_pu[np.isfinite(vm_pu)]
    if not solved.size:
        return DayScale(limits, (), np.nan, np.nan, 3)
    lowest, highest = float(solved.min()), float(solved.max())
    within = solved[(solved >= limits.vm_min_pu) & (solved <= limits.vm_max_pu)]
    if not within.size:
        return DayScale(limits, (), lowest, highest, 3)
    low, high = float(within.min()), float(within.max())
    if high - low < SMALLEST:
        return DayScale(limits, (low, high), lowest, highest, 4)
    step = (high - low) / len(CLASSES)
    digits = next((n for n in (3, 4, 5) if step >= 2 * 10**-n), 6)
    inner = (round(low + i * step, digits) for i in range(1, len(CLASSES)))
    return DayScale(limits, (low, *inner, high), lowest, highest, digits)


def draw_scale(panel: Panel, scale: DayScale, top: float) -> str:
    """Return a bar from limit to limit, or as far as the day goes beyond, with the day in its colours."""
    if np.isnan(scale.lowest):
        return ""
    low, high = scale.limits.vm_min_pu, scale.limits.vm_max_pu
    ends = (min(low, scale.lowest), max(high, scale.highest))
    bar = Panel(panel.left, top, panel.right, top + BAR, *ends, 0, 1)
    width = bar.right - bar.left
    track = element("rect", x=bar.left, y=top, width=width, height=BAR, class_="track", fill=FAINT)
    parts = [track, *_segments(bar, scale), *_limits(bar, low, high), *_ends(bar, scale)]
    return group(parts, class_="day-scale", font_size=SIZE)


def _segments(bar: Panel, scale: DayScale) -> Iterator[str]:
    """Yield the part of the bar that each class takes; those beyond a limit reach to the day's own end."""
    limits = scale.limits
    parts = list(zip(scale.looks, pairwise(scale.edges), strict=True))
    parts.append((VOLTAGE["v-below"], (scale.lowest, min(limits.vm_min_pu, scale.highest))))
    parts.append((VOLTAGE["v-above"], (max(limits.vm_max_pu, scale.lowest), scale.highest)))
    for look, (first, last) in parts:
        if last >= first:
            x, width = round(bar.x(first), 1), round(max(bar.x(last) - bar.x(first), 1.0), 1)
            yield element("rect", x=x, y=bar.top, width=width, height=BAR, class_=look.key, fill=look.colour)


def _limits(bar: Panel, low: float, high: float) -> Iterator[str]:
    """Yield both limits' lines with their values below, apart from one another."""
    words = [f"limit {edge_words(edge)}" for edge in (low, high)]
    half = max(width_of(each, SIZE) for each in words) / 2
    right = min(max(bar.x(high), bar.left + 3 * half + 8), bar.right - half)
    left = min(max(bar.x(low), bar.left + half), right - 2 * half - 8)
    for edge, middle, each in zip((low, high), (left, right), words, strict=True):
        line = path([(bar.x(edge), bar.top - 4), (bar.x(edge), bar.bottom + 4)])
        yield element("path", d=line, class_="limit", stroke=EDGE, stroke_width=2)
        yield label(middle, bar.bottom + 16, each, class_="limit-value", fill=EDGE, text_anchor="middle")


def _ends(bar: Panel, scale: DayScale) -> Iterator[str]:
    """Yield the day's lowest and highest voltage above the bar, apart from one another."""
    low, high = (voltage_digits(value, scale.limits) for value in (scale.lowest, scale.highest))
    words = (f"lowest {low}", f"highest {high} pu")
    wide = [width_of(each, SIZE) for each in words]
    start = min(max(bar.x(scale.highest) + 3, bar.left + wide[0] + 8), bar.right - wide[1])
    end = min(max(bar.x(scale.lowest) - 3, bar.left + wide[0]), start - 8)
    yield label(end, bar.top - 7, words[0], fill=INK, text_anchor="end")
    yield label(start, bar.top - 7, words[1], fill=INK)
