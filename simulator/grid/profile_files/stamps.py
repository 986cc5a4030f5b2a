"""The times in front of a profile's values: local standard time, interval after interval."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from simulator.grid.profile_files.series import MINUTES_PER_DAY

FIRST_YEAR, LAST_YEAR = 1990, 2100
ACCEPTED = "2024-01-31 00:15 or 31.01.2024 00:15"
STANDARD = "times are local standard time the whole year, without a change to summer time"

_CLOCK = r"(?P<time>\d\d:\d\d)(?P<rest>:00)?"
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?P<gap>[T ]){_CLOCK}", re.ASCII)
_GERMAN = re.compile(rf"(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d{{4}})(?P<gap> ){_CLOCK}", re.ASCII)
_TIME = re.compile(_CLOCK, re.ASCII)


class StampError(ValueError):
    """A time that is none, or not the next one: ``row`` counts from 0."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(reason)
        self.row, self.reason = row, reason


def is_stamp(cell: str) -> bool:
    """Tell whether a cell looks like a time."""
    cell = cell.strip()
    return any(form.fullmatch(cell) for form in (_ISO, _GERMAN, _TIME))


def read_stamps(cells: Sequence[str]) -> tuple[int, date | None]:
    """Return the minutes between times, and the first day; None where the times name no day.

    Raises: StampError where a time is not the one that must follow, or the first is not a day's first.
    """
    if len(cells) < 2:
        raise StampError(0, "is the only time; a day of 96 or a year is accepted")
    first = cells[0].strip()
    match = _ISO.fullmatch(first) or _GERMAN.fullmatch(first) or _TIME.fullmatch(first)
    if match is None:
        raise StampError(0, f"is no time; write {ACCEPTED}")
    start = _first_day(match)
    if match["time"] != "00:00":
        raise StampError(
            0, "is not 00:00; a time is the beginning of its interval, and the first day is whole"
        )
    begins = cells[1].strip()
    names = {step: _written(match, start, 0, step) for step in (15, 30, 60)}
    minutes = next((step for step, name in names.items() if name == begins), None)
    if minutes is None:
        raise StampError(1, f"must be one of {', '.join(names.values())}: intervals of 15, 30 or 60 minutes")
    _hold(match, start, minutes, cells)
    return minutes, start


def _first_day(match: re.Match[str]) -> date | None:
    if "year" not in match.groupdict():
        return None
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError as error:
        raise StampError(0, f"is no day of the calendar: {error}") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise StampError(0, f"is not within the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def _hold(match: re.Match[str], start: date | None, minutes: int, cells: Sequence[str]) -> None:
    """Compare every time with the one that must stand there."""
    a_day = MINUTES_PER_DAY // minutes
    times = [
        f"{step * minutes // 60:02d}:{step * minutes % 60:02d}{match['rest'] or ''}" for step in range(a_day)
    ]
    for number in range(0, len(cells), a_day):
        day = _day_words(match, start, number // a_day)
        for row, (cell, time) in enumerate(zip(cells[number : number + a_day], times, strict=False), number):
            if cell != day + time and cell.strip() != day + time:
                raise StampError(row, f"must be {day}{time}; {STANDARD}")


def _written(match: re.Match[str], start: date | None, day: int, minute: int) -> str:
    return f"{_day_words(match, start, day)}{minute // 60:02d}:{minute % 60:02d}{match['rest'] or ''}"


def _day_words(match: re.Match[str], start: date | None, number: int) -> str:
    """Return a day as the first one is written, with what stands before the time."""
    if start is None:
        return ""
    day = start + timedelta(days=number)
    return (day.isoformat() if match.re is _ISO else day.strftime("%d.%m.%Y")) + match["gap"]
