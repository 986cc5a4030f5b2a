"""From values and their times to whole days of equal intervals, by rules that are told.

- A time is the beginning of its interval, or its end where the first and the last time show it.
- Local standard time the whole year: where clocks are put forward and back, the hours between go back by one,
  so that no energy is lost or counted twice. Of a single day of 92 quarter-hours the last value is held.
- Missing values, at most two hours in a row: a straight line between the values before and after.
- Days that are not whole, at the beginning or the end, are left out.
- 29 February, where a leap year's file has none, repeats 28 February.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from simulator.importing.profiles.clock import HOUR, QUARTER, beginnings, span, standard_time, step_of
from simulator.importing.profiles.stamps import DAY, StampError, Times

LONGEST_GAP = 2 * HOUR


@dataclass(frozen=True, eq=False)
class Laid:
    """Values in whole days: ``seconds`` an interval, shape (intervals, columns); ``first`` where dated."""

    seconds: int
    first: date | None
    values: np.ndarray
    told: tuple[str, ...]

    @property
    def days(self) -> int:
        """How many days there are."""
        return len(self.values) * self.seconds // DAY


def lay_out(times: Times, numbers: np.ndarray) -> Laid:
    """Return values at their times as whole days.

    Raises: StampError naming the row of a time that does not follow, or that nothing fills.
    """
    told: list[str] = []
    step = step_of(times.clock)
    clock, changes = standard_time(times, step, told)
    clock = beginnings(clock, step, told)
    first = int(clock[0]) // DAY * DAY
    slots = (clock - first) // step
    a_day = DAY // step
    begin = int(-(-slots[0] // a_day)) * a_day
    count = int(slots[-1]) + 1
    whole = _end(count, a_day, begin, held=changes * HOUR // step)
    if whole <= begin:
        raise StampError(0, _no_day(len(clock), step))
    kept = (slots >= begin) & (slots < whole)
    if not kept.all():
        left = int((~kept).sum())
        told.append(
            f"{left:,} value{'s' if left > 1 else ''} before the first and after the last whole day left out."
        )
    start, rows = first + begin * step, np.flatnonzero(kept)
    grid = _Kept(slots[rows] - begin, rows, numbers[rows], whole - begin, step, start, times.dated)
    full = _filled(grid, told)
    day = date.fromordinal(start // DAY) if times.dated else None
    return Laid(step, day, full, tuple(told))


def _no_day(count: int, step: int) -> str:
    return (
        f"begins {count:,} values of {span(step)}, which hold no whole day; accepted are a day from 00:00 to "
        "24:00, a week, a month or a year"
    )


def _end(count: int, a_day: int, begin: int, held: int) -> int:
    """Return where the last whole day ends; the hour that clocks took from a day may be missing there."""
    whole = count // a_day * a_day
    if held and count - whole >= a_day - held and count > begin:
        return whole + a_day
    return whole


@dataclass(frozen=True, eq=False)
class _Kept:
    """Values on a grid of ``count`` intervals from a second on: their slots, their rows in the file."""

    slots: np.ndarray
    rows: np.ndarray
    numbers: np.ndarray
    count: int
    step: int
    first: int
    dated: bool


def _filled(kept: _Kept, told: list[str]) -> np.ndarray:
    """Return a value for every interval.

    Raises: StampError for a gap that nothing fills, before anything is made of its size.
    """
    if len(kept.slots) == kept.count:
        return kept.numbers
    if kept.count > 2 * len(kept.slots):
        words = f"and later: of {kept.count:,} values from here on more than half are missing"
        raise StampError(int(kept.rows[0]), words)
    leaps = _leap_days(kept, np.concatenate(([-1], kept.slots, [kept.count])))
    full = np.full((kept.count, kept.numbers.shape[1]), np.nan)
    full[kept.slots] = kept.numbers
    a_day = DAY // kept.step
    for slot, day in leaps:
        full[slot : slot + a_day] = full[slot - a_day : slot]
        told.append(f"{day} is not in the file: it repeats the day before.")
    missing = np.isnan(full[:, 0])
    if count := int(missing.sum()):
        there = np.flatnonzero(~missing)
        for column in range(full.shape[1]):
            full[:, column] = np.interp(np.arange(kept.count), there, full[there, column])
        values = "value is" if count == 1 else "values are"
        told.append(
            f"{count:,} missing {values} filled by a straight line between neighbours (at an end: held)."
        )
    return full


def _leap_days(kept: _Kept, edges: np.ndarray) -> list[tuple[int, date]]:
    """Return each 29 February that alone is missing, with its first slot; ``edges`` are slots with both ends.

    Raises: StampError for any other gap of more than two hours.
    """
    gaps, found, a_day = np.diff(edges) - 1, [], DAY // kept.step
    for place in np.flatnonzero(gaps * kept.step > LONGEST_GAP).tolist():
        slot = int(edges[place]) + 1
        day = date.fromordinal((kept.first + slot * kept.step) // DAY) if kept.dated else None
        if day and (day.month, day.day) == (2, 29) and gaps[place] == a_day <= slot and slot % a_day == 0:
            found.append((slot, day))
            continue
        words = f"stands beside {int(gaps[place]):,} missing values; at most two hours in a row are filled"
        raise StampError(int(kept.rows[min(place, len(kept.rows) - 1)]), words)
    return found


def quarter_hours(laid: Laid) -> tuple[int, np.ndarray, str]:
    """Return minutes an interval, the values, and what was done: a profile has 15, 30 or 60 minutes.

    Finer intervals are averaged over each quarter-hour, which keeps its energy. Half-hours and hours stay as
    they are and hold for their quarter-hours: a line between hourly means would change each hour's energy.
    """
    step, values = laid.seconds, laid.values
    if step in (QUARTER, 2 * QUARTER, HOUR):
        told = "" if step == QUARTER else (
            f"Each value holds for its {step // QUARTER} quarter-hours, which keeps its energy.")  # fmt: skip
        return step // 60, values, told
    common = int(np.gcd(step, QUARTER))
    fine = np.repeat(values, step // common, axis=0)
    means = fine.reshape(-1, QUARTER // common, values.shape[1]).mean(axis=1)
    return 15, means, f"Values of {span(step)} are averaged over each quarter-hour, which keeps its energy."
