"""What a day tells a planner: its worst time, whether EN 50160 is kept, and when power flows back."""

from collections.abc import Iterator

import numpy as np

from simulator.assessment.en50160 import BAND_PU, SHARE_MAX, WIDE_PU
from simulator.assessment.wording import explain, percent, sided
from simulator.grid.clock import HOURS_PER_STEP, STEPS_PER_DAY, time_of
from simulator.studies.day.day import Day
from simulator.studies.guidance import Finding

STRETCHES = 3  # as many stretches of time are told one by one
ADVICE = "look on the page Why for what makes it, and on What helps for what was computed against it"
ONE_DAY = (
    "this day's quarter-hour means only approximate the standard, which counts the 10-minute means of a week"
)


def day_findings(day: Day) -> tuple[Finding, ...]:
    """Return what the day tells, the gravest first."""
    return tuple(_findings(day))


def _findings(day: Day) -> Iterator[Finding]:
    if day.hours_outside:
        worst, when = day.worst, stretches(day.assessment.violated)
        reason = f"{explain(worst)}; outside limits for {hours_words(day.hours_outside)}: {when}"
        title = f"Worst at {time_of(worst.step)}"
        yield Finding("worst_time", "danger", title, ADVICE, reason)
    yield _en50160(day)
    exporting = day.flow.source_kw < 0
    if exporting.any():
        step = int(np.nanargmin(day.flow.source_kw))
        reason = (
            f"the feeder exports for {hours_words(float(exporting.sum()) * HOURS_PER_STEP)}, "
            f"{stretches(exporting)}, most at {time_of(step)} with {-day.flow.source_kw[step]:.1f} kW"
        )
        advice = "check protection, metering and the medium-voltage grid's voltage control for these hours"
        yield Finding("reverse_flow", "info", "Reverse flow through the transformer", advice, reason)


def _en50160(day: Day) -> Finding:
    reading = day.en50160
    if reading is None:
        reason = "some quarter-hours have no solution and so no voltage to count"
        return Finding("en50160", "warning", "EN 50160 cannot be read", ONE_DAY, reason)
    band, wide = (f"{low:.2f} to {high:.2f} pu" for low, high in (BAND_PU, WIDE_PU))
    outside = sided(reading.outside_band * 100, (0, SHARE_MAX * 100), 1)
    reason = (
        f"{reading.bus}, the worst bus, is outside {band} for {outside} % of the day, "
        f"at most {percent(SHARE_MAX)} may be, and "
        + (
            f"up to {sided(reading.outside_wide * 100, (0,), 1)} % of it is outside {wide}, none may be"
            if reading.outside_wide
            else f"no bus is ever outside {wide}"
        )
    )
    if reading.met:
        return Finding("en50160", "good", "EN 50160 kept, as far as one day tells", ONE_DAY, reason)
    return Finding("en50160", "danger", "EN 50160 not kept, as far as one day tells", ONE_DAY, reason)


def stretches(chosen: np.ndarray) -> str:
    """Return stretches of the day as ``10:30 to 14:15 and 18:00 to 20:30``; first and last where many."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], chosen, [False]]).astype(int)))
    pairs = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    if pairs == [(0, STEPS_PER_DAY)]:
        return "all day"
    if len(pairs) > STRETCHES:
        return f"{len(pairs)} stretches between {time_of(pairs[0][0])} and {time_of(pairs[-1][1])}"
    *first, last = (f"{time_of(start)} to {time_of(end)}" for start, end in pairs)
    return f"{', '.join(first)} and {last}" if first else last


def hours_words(hours: float) -> str:
    """Return a duration as ``3.5 h``."""
    return f"{hours:g} h"
