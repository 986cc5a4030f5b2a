"""Profile files: CSV of a day or a year, per feeder or per customer, or a refusal that names the place."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from simulator.grid.errors import ProfileFileError, QuestionError
from simulator.grid.profile_files.series import MINUTES_PER_DAY, Kind, Series, Unit, days_from
from simulator.grid.profile_files.stamps import FIRST_YEAR, LAST_YEAR, StampError, read_stamps
from simulator.grid.profile_files.text import Layout, read_layout, shorten
from simulator.grid.profile_files.units import customer_columns, per_unit
from simulator.grid.schema import Feeder

NUMBER = "write 0 or more with a decimal point or comma, for example 0.25"
COUNTS = "accepted are 96 (a day), 8,760, 17,520 or 35,040 (a year in 60, 30 or 15 minutes), or a leap year"


@dataclass(frozen=True, eq=False)
class _Numbers:
    """A file's values as written, shape (lines, columns), and its times, if there are any."""

    values: np.ndarray
    times: list[str]


def read_profile_file(
    content: bytes, file: str, feeder: Feeder, *, kind: Kind, unit: Unit, year: int | None = None
) -> Series:
    """Read a profile and make it per unit of the feeder's customers.

    ``unit`` says what the numbers are. A single column is all customers together: load in kW is shared by
    their peaks, PV in kW is that of all potential built. ``year`` is needed where a year has no times.

    Raises: ProfileFileError naming line and column; QuestionError for the year.
    """
    layout = read_layout(content, file, {customer.id for customer in feeder.customers})
    order = customer_columns(layout, feeder)
    numbers = _read_numbers(layout)
    minutes, first_day = _intervals(layout, numbers)
    first_day = _dated(layout, len(numbers.values) * minutes // MINUTES_PER_DAY, first_day, year)
    values = per_unit(layout, numbers.values, order, feeder, kind, unit)
    values.setflags(write=False)
    return Series(minutes, first_day, tuple(c.id for c in feeder.customers) if order else (), values)


def _read_numbers(layout: Layout) -> _Numbers:
    values, times = array("d"), []
    columns = layout.width - layout.has_time
    for number, cells in _rows(layout):
        if layout.has_time:
            times.append(cells.pop(0))
        text = "\n".join(cells)
        if "_" in text or not text.isascii():
            raise _no_number(layout, number, cells)
        try:
            values.extend(map(float, text.replace(",", ".").split("\n")))
        except ValueError:
            raise _no_number(layout, number, cells) from None
        if len(values) != columns * (number - layout.first_line + 1):
            raise _no_number(layout, number, cells)  # pragma: no cover - a cell with a line's end in it
    found = np.frombuffer(values, dtype=float).reshape(-1, columns)
    _refuse(layout, found, ~np.isfinite(found), "is no finite number")
    _refuse(layout, found, found < 0, "is negative")
    return _Numbers(found, times)


def _rows(layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Yield line numbers with their cells; one file has one decimal sign."""
    points = commas = 0
    for number in range(layout.first_line, len(layout.lines) + 1):
        cells = layout.cells(number)
        text = "".join(cells[layout.has_time :])
        points, commas = points or number * ("." in text), commas or number * ("," in text)
        if points and commas:
            words = f"line {points} has a decimal point, line {commas} a decimal comma; write one of them"
            raise layout.error(f"line {number}", words)
        yield number, cells


def _no_number(layout: Layout, number: int, cells: list[str]) -> ProfileFileError:
    """Return the error of the first cell that is no number."""
    for column, cell in enumerate(cells, layout.has_time):
        try:
            float(cell.replace(",", "."))
            good = cell.isascii() and "_" not in cell
        except ValueError:
            good = False
        if not good:
            words = f"{shorten(cell)!r} is no number" if cell.strip() else "is empty"
            return layout.error(layout.place(number, column), f"{words}; {NUMBER}")
    return layout.error(f"line {number}", f"cannot be read; {NUMBER}")


def _refuse(layout: Layout, values: np.ndarray, wrong: np.ndarray, words: str) -> None:
    """Refuse the first of the values that are wrong."""
    if wrong.any():
        row, column = (int(i) for i in np.argwhere(wrong)[0])
        place = layout.place(layout.first_line + row, column + layout.has_time)
        raise layout.error(place, f"{values[row, column]:g} {words}; {NUMBER}")


def _intervals(layout: Layout, numbers: _Numbers) -> tuple[int, date | None]:
    """Return the minutes of an interval and the first day, where times tell it."""
    told: tuple[int, date | None] | None = None
    if layout.has_time:
        try:
            told = read_stamps(numbers.times)
        except StampError as error:
            place = layout.place(layout.first_line + error.row, 0)
            words = f"{shorten(numbers.times[error.row])!r} {error.reason}"
            raise layout.error(place, words) from error
    count = len(numbers.values)
    lengths = {96: 15} | {days * 1440 // m: m for days in (365, 366) for m in (15, 30, 60)}
    if count not in lengths:
        raise layout.error("whole file", f"has {count:,} values a column; {COUNTS}")
    if told and told[0] != lengths[count]:
        words = f"has {count:,} values of {told[0]} minutes, which is neither a day nor a year; {COUNTS}"
        raise layout.error("whole file", words)
    return lengths[count], told[1] if told else None


def _dated(layout: Layout, days: int, first_day: date | None, year: int | None) -> date | None:
    """Return the first day of a year; a single day stands for every day, whatever its date."""
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise QuestionError("year", f"Year: enter a year from {FIRST_YEAR} to {LAST_YEAR}, for example 2023.")
    if first_day and year not in (None, first_day.year):
        words = f"Year: the file's times begin on {first_day}, not in {year}; leave the year out."
        raise QuestionError("year", words)
    if days == 1:
        return None
    if first_day is None and year is None:
        raise QuestionError("year", "Year: the file has no dates; enter its year, for example 2023.")
    start = first_day or date(year or 0, 1, 1)
    if (start.month, start.day) == (2, 29):
        raise layout.error("whole file", "begins on 29 February; begin the year on any other day")
    if days != days_from(start):
        raise layout.error("whole file", f"has {days} days; the year from {start} has {days_from(start)}")
    return start
