"""Which days a profile holds: by its times, by its length, and by the beginning that people name."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from simulator.grid.errors import QuestionError
from simulator.importing.profiles.clock import HOUR, QUARTER, span
from simulator.importing.profiles.laid import Laid
from simulator.importing.profiles.series import days_from
from simulator.importing.profiles.stamps import DAY
from simulator.importing.profiles.table import Table

COUNTS = (
    "accepted are 96 quarter-hours, 24 hours or 1,440 minutes (a day), 672 quarter-hours (a week), 28 to 31 "
    "days, or 8,760, 17,520 or 35,040 (a year); with times beside them, any number of whole days"
)
_A_DAY = {96: QUARTER, 24: HOUR, 48: 2 * QUARTER, 1440: 60, 288: 300, 144: 600}
_LENGTHS = {
    days * DAY // step: (step, days)
    for days in (366, 365, 31, 30, 29, 28, 7)  # the later win: 672 values are a week of quarter-hours
    for step in (HOUR, 2 * QUARTER, QUARTER)
} | {count: (step, 1) for count, step in _A_DAY.items()}
_LONG_DAYS = {25 * HOUR // step: step for step in (HOUR, 2 * QUARTER, QUARTER)}
_SHORT_DAYS = {23 * HOUR // step: step for step in (HOUR, 2 * QUARTER, QUARTER)}


def by_length(table: Table, numbers: np.ndarray) -> Laid:
    """Return values without times as days, by their number.

    Raises: ProfileFileError for a number that is no day, week, month or year.
    """
    count = len(numbers)
    if count in _LONG_DAYS:
        hour = HOUR // _LONG_DAYS[count]
        told = (
            f"{count} values: the day on which summer time ends, 25 hours long; its first hour is left out.",
        )
        return Laid(_LONG_DAYS[count], None, numbers[hour:], told)
    if count in _SHORT_DAYS:
        hour = HOUR // _SHORT_DAYS[count]
        held = np.concatenate([numbers, np.repeat(numbers[-1:], hour, axis=0)])
        told = (
            f"{count} values: the day on which summer time begins, 23 hours long; its last value is held.",
        )
        return Laid(_SHORT_DAYS[count], None, held, told)
    if count not in _LENGTHS:
        raise table.text.error("whole file", f"has {count:,} values a column; {COUNTS}")
    step, days = _LENGTHS[count]
    what = "a day" if days == 1 else f"{days} days"
    return Laid(
        step, None, numbers, (f"{count:,} values without times: {what} in intervals of {span(step)}.",)
    )


def dated(laid: Laid, begins: date | int | None) -> Laid:
    """Return the days that are asked for, with their first day; one day stands for every day.

    Raises: QuestionError where a first day is needed, or is not in the file.
    """
    if laid.first is None:
        return laid if laid.days == 1 else _begun(laid, begins)
    if begins is None and laid.days <= 366:
        return laid
    last = laid.first + timedelta(days=laid.days - 1)
    if begins is None:
        words = (
            f"the file holds {laid.first} to {last}, more than a year; enter one of its years, or a first day"
        )
        raise QuestionError("year", f"Year: {words}.")
    start = begins if isinstance(begins, date) else date(begins, 1, 1)
    if laid.days <= 366 and isinstance(begins, int) and laid.first.year == begins:
        start = laid.first
    if not laid.first <= start <= last:
        words = f"Year: the file's times begin on {laid.first}, not in {begins}; leave the year out."
        raise QuestionError("year", words)
    return _part(laid, start, min(days_from(start), (last - start).days + 1))


def _part(laid: Laid, start: date, days: int) -> Laid:
    first = laid.first or start
    a_day, skipped = DAY // laid.seconds, (start - first).days
    if (skipped, days) == (0, laid.days):
        return laid
    told = (*laid.told, f"Of {laid.days:,} days from {first}, {days} are taken, from {start}.")
    values = laid.values[skipped * a_day : (skipped + days) * a_day]
    return replace(laid, first=start, values=values, told=told)


def _begun(laid: Laid, begins: date | int | None) -> Laid:
    """Return days without dates from the first day that people name."""
    a_year = laid.days in (365, 366)
    if begins is None:
        words = "its year, for example 2023" if a_year else "the first of them, for example 2023-01-16"
        words = f"the file has no dates; enter {words}" if a_year else (
            f"the file holds {laid.days} days and no dates; enter {words}")  # fmt: skip
        raise QuestionError("year", f"Year: {words}.")
    if isinstance(begins, int) and not a_year:
        words = f"the file holds {laid.days} days; enter the first of them, for example {begins}-01-16"
        raise QuestionError("year", f"Year: {words}.")
    start = date(begins, 1, 1) if isinstance(begins, int) else begins
    if not a_year or laid.days == days_from(start):
        return replace(laid, first=start)
    if laid.days > days_from(start):
        words = f"the file has {laid.days} days; the year from {start} has {days_from(start)}"
        raise QuestionError("year", f"Year: {words}.")
    return _with_leap_day(replace(laid, first=start), start)


def _with_leap_day(laid: Laid, start: date) -> Laid:
    """Let 29 February repeat the day before, where a year of 365 days is that of a leap year."""
    leap = next(
        day for day in (start + timedelta(days=n) for n in range(366)) if (day.month, day.day) == (2, 29)
    )
    a_day = DAY // laid.seconds
    at = (leap - start).days * a_day
    before = laid.values[at - a_day : at] if at else laid.values[:a_day]
    values = np.concatenate([laid.values[:at], before, laid.values[at:]])
    told = (*laid.told, f"The file has 365 days: {leap} repeats the day before.")
    return replace(laid, values=values, told=told)


def local(laid: Laid, hours: float | None, *, utc: bool) -> Laid:
    """Return values of UTC in local standard time; the hours at one end come from the other end.

    Raises: QuestionError for hours that are not a multiple of the interval.
    """
    if hours is None:
        words = "The times are UTC and stay so: say how many hours your standard time is ahead, to turn them."
        return replace(laid, told=(*laid.told, words)) if utc else laid
    slots = hours * HOUR / laid.seconds
    if slots != int(slots):
        words = f"{hours:g} hours are not a multiple of the file's intervals of {span(laid.seconds)}"
        raise QuestionError("hours_ahead", f"Hours ahead of UTC: {words}.")
    words = f"Turned from UTC by {hours:+g} hours, to local standard time; the ends of the file are joined."
    return replace(laid, values=np.roll(laid.values, int(slots), axis=0), told=(*laid.told, words))
