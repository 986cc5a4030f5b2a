"""What a day tells a planner: its worst time, whether EN 50160 is kept, and when power flows back."""

from collections.abc import Callable

import numpy as np

from simulator.assessment.en50160 import BAND_PU, SHARE_MAX, WIDE_PU
from simulator.assessment.wording import explain, percent, sided
from simulator.grid.clock import HOURS_PER_STEP, time_of
from simulator.studies.day.day import Day
from simulator.studies.day.wording import hours_words, stretches
from simulator.studies.guidance import Facts, Rule

ONE_DAY = (
    "this day's quarter-hour means only approximate the standard, which counts the 10-minute means of a week"
)


def worst_time(day: Day) -> Facts:
    """Fire where any quarter-hour is outside limits."""
    if not day.hours_outside:
        return None
    hours, when = hours_words(day.hours_outside), stretches(day.assessment.violated)
    return {"time": time_of(day.worst.step), "worst": explain(day.worst), "hours": hours, "when": when}


def en50160_unread(day: Day) -> Facts:
    """Fire where some quarter-hours have no voltage to count."""
    return {} if day.en50160 is None else None


def en50160(*, met: bool) -> Callable[[Day], Facts]:
    """Return a trigger that fires where the standard is kept, or is not."""

    def trigger(day: Day) -> Facts:
        reading = day.en50160
        if reading is None or reading.met != met:
            return None
        band, wide = (f"{low:.2f} to {high:.2f} pu" for low, high in (BAND_PU, WIDE_PU))
        further = f"no bus is ever outside {wide}"
        if reading.outside_wide:
            further = (
                f"up to {sided(reading.outside_wide * 100, (0,), 1)} % of it is outside {wide}, none may be"
            )
        return {
            "bus": reading.bus,
            "band": band,
            "outside": sided(reading.outside_band * 100, (0, SHARE_MAX * 100), 1),
            "most": percent(SHARE_MAX),
            "further": further,
        }

    return trigger


def reverse_flow(day: Day) -> Facts:
    """Fire where the feeder exports at any time."""
    exporting = day.flow.source_kw < 0
    if not exporting.any():
        return None
    step = int(np.nanargmin(day.flow.source_kw))
    return {
        "hours": hours_words(float(exporting.sum()) * HOURS_PER_STEP),
        "when": stretches(exporting),
        "time": time_of(step),
        "kw": f"{-day.flow.source_kw[step]:.1f}",
    }


READ = (
    "{bus}, the worst bus, is outside {band} for {outside} % of the day, at most {most} may be, and {further}"
)
DAY_RULES = (
    Rule(
        "worst_time",
        "danger",
        "Worst at {time}",
        "look on the page Why for what makes it, and on What helps for what was computed against it",
        "{worst}; outside limits for {hours}: {when}",
        worst_time,
        ("day",),
    ),
    Rule(
        "en50160",
        "warning",
        "EN 50160 cannot be read",
        ONE_DAY,
        "some quarter-hours have no solution and so no voltage to count",
        en50160_unread,
        ("day",),
    ),
    Rule(
        "en50160",
        "good",
        "EN 50160 kept, as far as one day tells",
        ONE_DAY,
        READ,
        en50160(met=True),
        ("day",),
    ),
    Rule(
        "en50160",
        "danger",
        "EN 50160 not kept, as far as one day tells",
        ONE_DAY,
        READ,
        en50160(met=False),
        ("day",),
    ),
    Rule(
        "reverse_flow",
        "info",
        "Reverse flow through the transformer",
        "check protection, metering and the medium-voltage grid's voltage control for these hours",
        "the feeder exports for {hours}, {when}, most at {time} with {kw} kW",
        reverse_flow,
        ("day",),
    ),
)
