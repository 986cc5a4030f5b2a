"""Times as people write them: dates in several orders, clocks, and both in one cell or in two."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from simulator.importing.profiles.wanted import FIRST_YEAR, LAST_YEAR

ACCEPTED = "2024-01-31 00:15, 31.01.2024 00:15, 31/01/2024 00:15, 20240131:0015 or 00:15"
DAY = 86_400

_DATE = r"(?P<a>\d{1,4})(?P<sign>[-./])(?P<b>\d{1,2})(?P=sign)(?P<c>\d{1,4})"
_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    r" ?(?P<half>[AaPp][Mm])?(?P<zone>Z|UTC|[+-]\d\d:?\d\d)?"
)
_WHOLE = re.compile(rf"(?:{_DATE})?(?:(?<=\d)[T ,]+|^)?(?:{_CLOCK})?", re.ASCII)
_COMPACT = re.compile(
    r"(?P<a>\d{4})(?P<b>\d\d)(?P<c>\d\d)[:T ](?P<hour>\d\d):?(?P<minute>\d\d)(?P<zone>Z)?", re.ASCII
)
_RANGE = re.compile(r"(\d{1,2}:\d\d) ?[-–] ?\d{1,2}:\d\d", re.ASCII)


class StampError(ValueError):
    """A time that is none, or not one that may follow: ``row`` counts from 0."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(reason)
        self.row, self.reason = row, reason


@dataclass(frozen=True, eq=False)
class Times:
    """Times of a file, in seconds: ``clock`` as written, since 0001-01-01 where ``dated``, else since 00:00.

    ``offset`` is what each is ahead of UTC by the file, in seconds, where it says so; ``utc`` says that all
    are UTC.
    """

    clock: np.ndarray
    dated: bool
    offset: np.ndarray | None = None
    utc: bool = False


def is_stamp(cell: str) -> bool:
    """Tell whether a cell looks like a date, a time, or both."""
    cell = cell.strip().strip('"')
    if len(cell) < 4 or len(cell) > 40:
        return False
    return any(form.fullmatch(cell) for form in (_WHOLE, _COMPACT, _RANGE))


def holds(cell: str) -> tuple[bool, bool]:
    """Tell whether a time has a date, and a clock."""
    match = _match(cell)
    return (False, False) if match is None else (_has(match, "a"), _has(match, "hour"))


def read_times(cells: Sequence[str]) -> Times:
    """Return the times of a column; where they name no day, a clock that goes back begins another.

    Raises: StampError naming the first row that is no time.
    """
    matches = [_match(cell) for cell in cells]
    dated = matches[0] is not None and _has(matches[0], "a")
    order = _order(matches) if dated else "ymd"
    days: dict[tuple[str, ...], int] = {}
    form = _form(matches[0])
    clock, offset = np.zeros(len(cells), dtype=np.int64), np.zeros(len(cells), dtype=np.int64)
    zoned = 0
    for row, match in enumerate(matches):
        if match is None or _has(match, "a") != dated or not _has(match, "hour"):
            raise StampError(row, f"is not a time; write {ACCEPTED}")
        if _form(match) != form:
            raise StampError(row, f"is written unlike the first time, {cells[0].strip()[:40]!r}")
        seconds = _seconds(match, row)
        if dated:
            parts = match["a"], match["b"], match["c"]
            if parts not in days:
                days[parts] = _day(parts, order, row) * DAY
            seconds += days[parts]
        zone = match["zone"]
        zoned += zone is not None
        clock[row], offset[row] = seconds, _offset(zone)
    if zoned not in (0, len(cells)):
        raise StampError(0, "and others: some times name their zone, others do not")
    if not dated:
        clock += np.cumsum(np.diff(clock, prepend=clock[0]) < -DAY // 2) * DAY
    compact = matches[0] is not None and "sign" not in matches[0].groupdict()
    utc = compact or bool(zoned and cells[0].strip().endswith(("Z", "UTC")) and not offset.any())
    return Times(clock, dated, offset if zoned and not utc else None, utc)


def _match(cell: str) -> re.Match[str] | None:
    cell = cell.strip()
    if found := _RANGE.fullmatch(cell):
        cell = found[1]
    return (_WHOLE.fullmatch(cell) or _COMPACT.fullmatch(cell)) if cell else None


def _form(match: re.Match[str] | None) -> tuple[bool, str | None]:
    names = match.groupdict() if match else {}
    return len(names.get("a") or "") == 4, names.get("sign")


def _has(match: re.Match[str], group: str) -> bool:
    return match[group] is not None


def _seconds(match: re.Match[str], row: int) -> int:
    names = match.groupdict()
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(names.get("second") or 0)
    half = (names.get("half") or "").lower()
    if half:
        hour = hour % 12 + 12 * (half == "pm") if 1 <= hour <= 12 else 99
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute + second > 0):
        raise StampError(row, "is not a time of day")
    return hour * 3600 + minute * 60 + second


def _offset(zone: str | None) -> int:
    if zone in (None, "Z", "UTC"):
        return 0
    digits = (zone or "").replace(":", "")
    return (int(digits[1:3]) * 60 + int(digits[3:5])) * 60 * (-1 if digits[0] == "-" else 1)


def _order(matches: Sequence[re.Match[str] | None]) -> str:
    """Return the order of year, month and day, from all dates: day first, unless only month first can be."""
    first = next(match for match in matches if match is not None)
    if len(first["a"]) == 4:
        return "ymd"
    dates = {(match["a"], match["b"]) for match in matches if match is not None and _has(match, "a")}
    pairs = {(int(a), int(b)) for a, b in dates if a.isdecimal() and b.isdecimal()}
    sign = first.groupdict().get("sign")
    day_first, month_first = all(b <= 12 for _, b in pairs), all(a <= 12 for a, _ in pairs)
    if sign != "." and month_first and not day_first:
        return "mdy"
    if sign != "." and month_first and day_first and len(pairs) > 1 and len({a for a, _ in pairs}) == 1:
        return "mdy"  # a few days in a row of one month: the number that changes is the day
    return "dmy"


def _day(parts: tuple[str, ...], order: str, row: int) -> int:
    """Return a day's ordinal."""
    by_name = dict(zip(order, map(int, parts), strict=True))
    year = by_name["y"]
    try:
        day = date(year, by_name["m"], by_name["d"])
    except ValueError as error:
        raise StampError(row, f"is not a day of the calendar: {error}") from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise StampError(row, f"is not within the years {FIRST_YEAR} to {LAST_YEAR}")
    return day.toordinal()
