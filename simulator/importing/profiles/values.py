"""A table's numbers and times, line by line."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.importing.profiles.columns import Columns
from simulator.importing.profiles.numbers import NUMBER, Format, no_number
from simulator.importing.profiles.table import MISSING, Table

SMALL = 0.01  # of the highest value: an inverter's own use at night


@dataclass(frozen=True, eq=False)
class Values:
    """Numbers as written, shape (lines, columns); their lines in the file, times and registers as text."""

    numbers: np.ndarray
    lines: np.ndarray
    times: list[str]
    local: list[str]
    registers: list[str]
    missing: int


def read_values(table: Table, columns: Columns, chosen: Sequence[int], form: Format) -> Values:
    """Return the values of the chosen columns.

    A line without a value is left out where times tell that it is missing.
    Raises: ProfileFileError naming line and column.
    """
    numbers, lines = array("d"), array("l")
    times: list[str] = []
    local: list[str] = []
    registers: list[str] = []
    may_miss, missing, meter = bool(columns.times) and len(chosen) == 1, 0, ""
    for number in range(table.first, table.last + 1):
        cells = table.cells(number)
        if may_miss and cells[chosen[0]].strip().lower() in MISSING:
            missing += 1
            continue
        numbers.extend(_numbers(table, number, cells, chosen, form))
        lines.append(number)
        if columns.times:
            times.append(" ".join([cells[column].strip() for column in columns.times]))
        if columns.local is not None:
            local.append(cells[columns.local])
        if columns.register is not None:
            registers.append(cells[columns.register].strip())
        if columns.meter is not None:
            meter = _one_meter(table, number, columns.meter, cells[columns.meter].strip(), meter)
    found = np.frombuffer(numbers, dtype=float).reshape(-1, len(chosen))
    if not len(found):
        raise table.text.error(f"line {table.first}", "no values follow: every one of them is missing")
    values = Values(found, np.frombuffer(lines, dtype=np.int_), times, local, registers, missing)
    _finite(table, chosen, values)
    return values


def _numbers(table: Table, number: int, cells: list[str], chosen: Sequence[int], form: Format) -> list[float]:
    text = "\n".join([cells[column] for column in chosen])
    if text.isascii() and "_" not in text and not form.thousands:
        try:
            return list(map(float, text.replace(form.decimal, ".").split("\n")))
        except ValueError:
            pass
    found = []
    for column in chosen:
        try:
            found.append(form.value(cells[column]))
        except ValueError:
            raise no_number(table, number, column, cells[column]) from None
    return found


def _one_meter(table: Table, number: int, column: int, cell: str, before: str) -> str:
    if before and cell != before:
        words = f"is {cell[:40]!r}, above it stands {before[:40]!r}: keep one meter's lines"
        raise table.text.error(table.place(number, column), words)
    return cell


def _finite(table: Table, chosen: Sequence[int], values: Values) -> None:
    wrong = ~np.isfinite(values.numbers)
    if wrong.any():
        row, column = (int(i) for i in np.argwhere(wrong)[0])
        place = table.place(int(values.lines[row]), chosen[column])
        words = f"{values.numbers[row, column]:g} is not a finite number; {NUMBER}"
        raise table.text.error(place, words)


def without_negatives(table: Table, chosen: Sequence[int], values: Values) -> tuple[np.ndarray, str]:
    """Return the numbers with small negatives as 0, and what was done in words, or nothing.

    An inverter draws a little at night: what is above -1 % of the highest value is taken as 0.
    Raises: ProfileFileError for the first value below that.
    """
    numbers = values.numbers
    lowest, highest = float(numbers.min()), float(numbers.max())
    if lowest >= 0:
        return numbers, ""
    below = (numbers < 0) & (numbers <= -SMALL * highest)
    if below.any():
        row, column = (int(i) for i in np.argwhere(below)[0])
        words = (
            f"{numbers[row, column]:g} is negative; negatives are taken as 0 only above -1 % of the highest"
        )
        if highest <= 0:
            words += "; if generation is written as negative here, turn the sign"
        raise table.text.error(table.place(int(values.lines[row]), chosen[column]), words)
    changed = int((numbers < 0).sum())
    told = (
        f"{changed:,} small negative value{'s' if changed > 1 else ''}, the lowest {lowest:g}, above -1 % of "
        f"the highest ({highest:g}): taken as 0."
    )
    return np.maximum(numbers, 0.0), told
