"""Where in a file the table stands, in each way that its commas can be read."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from simulator.grid.errors import ProfileFileError
from simulator.importing.profiles.stamps import is_stamp
from simulator.importing.profiles.table import (
    NOTHING,
    NUMBER,
    TIME,
    WINDOW,
    WORDS,
    Table,
    count,
    kind_of,
    try_split,
)
from simulator.importing.profiles.text import MAX_COLUMNS, Text, split

MAX_SHOWN = 40  # columns that are looked at to find the table
TOTALS = ("total", "summe", "gesamt", "somme", "#")


def find_tables(text: Text, customers: Collection[str]) -> list[Table]:
    """Return the table in each way that its commas can be read: between columns, or in numbers.

    Raises: ProfileFileError where there is none.
    """
    ways = [(text.separator, -1)] if text.separator else [(";", -1), ("\t", -1), ("|", -1)]
    others = [] if text.separator else [(",", -1), (",", 1), (",", 2), ("", 0)]
    found = [run for way in (*ways, *others) if (run := _run(text, *way))]
    if not found:
        raise _no_table(text)
    best = max(found, key=lambda run: run.score)
    alike = [run for run in found if (run.way in others) and run.start == best.start]
    runs = alike if best.way in others else [best]
    tables = [table for run in runs if (table := _framed(text, run, customers))]
    if not tables:
        raise _other_heading(text, best)
    whole = [table for table in tables if len(tables) == 1 or _is_whole(table)] or tables[:1]
    if (whole[0].separator, whole[0].splits) == (",", -1):  # time and value: splitting once is the same
        return [table for table in whole if table.splits < 0 or table.width != whole[0].width]
    return whole


def _no_table(text: Text) -> ProfileFileError:
    lines = [(number, line) for number, line in enumerate(text.lines, 1) if line.strip()]
    number, first = lines[0]
    if is_stamp(first) or (len(lines) > 1 and is_stamp(lines[1][1])):
        return text.error(f"line {number}", "has times and no values")
    words = "no values follow: no line has a number where a column of values could stand"
    return text.error(f"line {number}" if len(lines) == 1 else "whole file", words)


@dataclass(frozen=True)
class _Run:
    """Lines in a row that hold the same kinds of cells; ``start`` counts from 0."""

    way: tuple[str, int]
    start: int
    width: int
    score: float


def _run(text: Text, separator: str, splits: int) -> _Run | None:
    """Return the lines near the top that look most like a table, split in one way."""
    best: _Run | None = None
    start, pattern, width, weight = 0, "", 0, 0.0
    for index, line in enumerate(text.lines[:WINDOW]):
        if separator and line.count(separator) >= MAX_COLUMNS:
            raise text.error(f"line {index + 1}", f"has more than {MAX_COLUMNS:,} columns")
        cells = [] if line.startswith("#") else try_split(text, index + 1, line, separator, splits)
        kinds = "".join(map(kind_of, cells[:MAX_SHOWN]))
        if splits > 0 and not (kinds.startswith(TIME * splits) and len(cells) == splits + 1):
            kinds = ""  # after a time, or a date and a time, a comma may be that of decimals
        goes_on = len(pattern) == len(kinds) > 0 and len(cells) == width and _fits(pattern, kinds)
        if NUMBER not in kinds and not goes_on:
            pattern = ""
            continue
        if not goes_on:
            start, pattern, width, weight = index, kinds, len(cells), 0.0
        weight += kinds.count(TIME) * 2 + kinds.count(NUMBER) - kinds.count(WORDS) / 4
        if best is None or weight > best.score:
            best = _Run((separator, splits), start, width, weight)
    return best


def _fits(pattern: str, kinds: str) -> bool:
    return all(NOTHING in (a, b) or a == b for a, b in zip(pattern, kinds, strict=True))


def _framed(text: Text, run: _Run, customers: Collection[str]) -> Table | None:
    """Return the run with its heading and its end; None where the heading has other columns."""
    separator, splits = run.way
    first = run.start + 1
    cells = try_split(text, first, text.lines[run.start], separator, splits)
    if len(cells) > 1 and all(cell.strip() in customers for cell in cells):  # ids may be numbers
        header, first = cells, first + 1
    else:
        above = text.lines[run.start - 1] if run.start else ""
        is_heading = above.strip() and not above.startswith("#") and not (text.separator and run.start == 1)
        header = split(text.file, run.start, above, separator) if is_heading else []
        if len(header) == 1 < run.width and separator == "," and run.width == 2 and _is_number(text, run):
            return None  # one heading is that of one column
        if len(header) == 1 < run.width or _is_data(header):
            header = []
        if header and len(header) != run.width:
            if separator or _heads(above) > 1:
                return None
            header = [above]
    heads = tuple(cell.strip().removeprefix("'") for cell in header)
    return Table(text, separator, splits, first, _last(text, run, first), run.width, heads)


def _is_number(text: Text, run: _Run) -> bool:
    return kind_of(text.lines[run.start]) == NUMBER


def _heads(line: str) -> int:
    return len(line.split(",")) if '"' not in line else 1


def _is_data(cells: list[str]) -> bool:
    return bool(cells) and all(kind_of(cell) in (TIME, NUMBER, NOTHING) for cell in cells)


def _last(text: Text, run: _Run, first: int) -> int:
    """Return the last line of values: below an empty line only words may follow."""
    lines, last = text.lines, len(text.lines)
    while last > first and _is_total(lines[last - 1]):
        last -= 1
    empty = next((n for n in range(first, last + 1) if not lines[n - 1].strip()), None)
    if empty is None:
        return last
    separator, splits = run.way
    below = (try_split(text, n, lines[n - 1], separator, splits) for n in range(empty + 1, last + 1))
    values = any(len(cells) == run.width and _is_data(cells) for cells in below if any(cells))
    return last if values else empty - 1


def _is_total(line: str) -> bool:
    return not line.strip() or line.strip().lstrip('"').lower().startswith(TOTALS)


def _is_whole(table: Table) -> bool:
    """Tell whether all lines split alike, and no number would have a zero in front, as decimals have."""
    if any(map(_TOO_MANY.fullmatch, table.cells(table.first))):
        return False
    try:
        for number in range(table.first, table.last + 1):
            cells = table.cells(number)
            if table.separator and table.splits < 0 and any(map(_LEADING.fullmatch, cells)):
                return False
    except ProfileFileError:
        return False
    return True


_LEADING = re.compile(r"\s*0\d+\s*")
_TOO_MANY = re.compile(r"(?![+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\s*$)[^,]*,[^,]*,.*")


def _other_heading(text: Text, run: _Run) -> ProfileFileError:
    heads = len(split(text.file, run.start, text.lines[run.start - 1], *run.way))
    return text.error(f"line {run.start + 1}", f"has {count(run.width)}, line {run.start} has {heads}")
