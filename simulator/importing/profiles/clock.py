"""From times as written to the beginnings of equal intervals in standard time."""

from datetime import date

import numpy as np

from simulator.importing.profiles.stamps import DAY, StampError, Times

HOUR, QUARTER = 3600, 900
STEPS = "1, 5, 10, 15, 30 or 60 minutes"


def span(seconds: int) -> str:
    """Return the length of an interval in words."""
    return f"{seconds // 60} minutes" if seconds % 60 == 0 and seconds != 60 else (
        "1 minute" if seconds == 60 else f"{seconds} seconds")  # fmt: skip


def step_of(clock: np.ndarray) -> int:
    """Return the interval that most times have."""
    if len(clock) < 2:
        raise StampError(0, "is the only time; a day, a week, a month or a year is accepted")
    lengths, counts = np.unique(np.diff(clock), return_counts=True)
    step = int(lengths[np.argmax(counts)])
    if step <= 0 or step > HOUR or HOUR % step or DAY % step:
        row = int(np.argmax(np.diff(clock) == step)) + 1
        words = f"is {step} seconds" if abs(step) < 60 else f"is {step // 60} minutes"
        raise StampError(row, f"{words} after the time before; accepted are intervals of {STEPS}")
    return step


def standard_time(times: Times, step: int, told: list[str]) -> tuple[np.ndarray, int]:
    """Return times in standard time, and how many changes of the clock there were."""
    clock = times.clock
    if times.offset is not None:
        least = int(times.offset.min())
        found = clock - times.offset + least
        if (times.offset != least).any():
            told.append(
                "The times name their zone: those of summer time go back by an hour, to standard time."
            )
        else:
            told.append(
                f"The times name one zone alone, {least / 3600:+g} hours from UTC, whose clock is kept."
            )
        return found, len(np.unique(times.offset)) - 1
    steps = np.diff(clock)
    forward = np.flatnonzero((steps == step + HOUR) & _may_change(clock[:-1] + step, times.dated))
    back = np.flatnonzero((steps == step - HOUR) & _may_change(clock[:-1] + step, times.dated))
    if len(forward) + len(back) == 0:
        return clock, 0
    shift = np.zeros(len(clock), dtype=np.int64)
    for row in forward:
        shift[row + 1 :] -= HOUR
    for row in back:
        shift[row + 1 :] += HOUR
    words = []
    if len(forward):
        words.append(f"forward in {len(forward)} night{'s' if len(forward) > 1 else ''} (a day of 23 hours)")
    if len(back):
        words.append(f"back in {len(back)} night{'s' if len(back) > 1 else ''} (a day of 25 hours)")
    told.append(
        f"Clocks are put {' and '.join(words)}: hours of summer time go back by one, to standard time."
    )
    return clock + shift - shift.max(), len(forward) + len(back)


def _may_change(at: np.ndarray, dated: bool) -> np.ndarray:
    """Tell where clocks may be changed: by night, on a Sunday of spring or autumn where dated."""
    night = at % DAY <= 4 * HOUR
    if not dated:
        return np.asarray(night)
    sunday = (at // DAY) % 7 == 0  # ordinal 1 is a Monday
    months = np.array([date.fromordinal(int(day)).month if ok else 0 for day, ok in
                       zip(at // DAY, night & sunday, strict=True)])  # fmt: skip
    return np.asarray(night & sunday & np.isin(months, (3, 4, 9, 10, 11)))


def beginnings(clock: np.ndarray, step: int, told: list[str]) -> np.ndarray:
    """Return times as the beginnings of their intervals."""
    within = clock % step
    if (within != within[0]).any():
        row = int(np.argmax(within != within[0]))
        raise StampError(row, f"is not {span(step)}, or a multiple, after the first; {_follow(step)}")
    if within[0]:
        told.append(
            f"Times stand {span(int(within[0]))} within their interval of {span(step)}: taken as that one."
        )
    clock = clock - within[0]
    falls = np.diff(clock) <= 0
    if falls.any():
        row = int(np.argmax(falls)) + 1
        raise StampError(row, f"does not come after the time before it; {_follow(step)}")
    if clock[0] % DAY == step and clock[-1] % DAY == 0 and not within[0]:
        told.append(
            f"Times run from {span(step)} past midnight to midnight: they are the ends of their intervals."
        )
        return np.asarray(clock - step)
    return np.asarray(clock)


def _follow(step: int) -> str:
    return f"times follow each other by {span(step)}, each once but for the hour in which summer time ends"
