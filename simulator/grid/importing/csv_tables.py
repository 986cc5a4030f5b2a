"""Tables of a SimBench network: text between semicolons, NULL where there is nothing."""

import csv
import io
import re

from simulator.grid.importing.bounds import MAX_COLUMNS, MAX_TABLE_ROWS, RefusedError, quoted
from simulator.grid.importing.cells import check_text
from simulator.grid.importing.plain import decode

CsvRow = dict[str, str]

_MAX_LINES = MAX_TABLE_ROWS + 100
_NOTHING = ("", "NULL", "NaN", "nan", "None")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,4})?")


def read_csv(content: bytes, file: str) -> list[CsvRow]:
    """Return the rows by column name; what is missing is left out of its row.

    Raises:
        RefusedError: no text, another separator, a column twice, too many rows, or a row with too few or
            too many values; names the line.
    """
    text = decode(content, file)
    if text.count("\n") + text.count("\r") > 2 * _MAX_LINES:  # a line ends in either or in both
        raise RefusedError(file, f"more than {MAX_TABLE_ROWS:,} rows")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    rows: list[CsvRow] = []
    header: list[str] = []
    try:
        for cells in reader:
            place = f"{file}, line {reader.line_num}"
            if not cells:
                continue
            if not header:
                header = _header(place, cells)
                continue
            if len(cells) != len(header):
                raise RefusedError(place, f"{len(cells)} values; the first line names {len(header)} columns")
            if len(rows) == MAX_TABLE_ROWS:
                raise RefusedError(place, f"more than {MAX_TABLE_ROWS:,} rows")
            rows.append(_row(place, header, cells))
    except csv.Error as error:
        raise RefusedError(f"{file}, line {reader.line_num}", f"no table: {quoted(str(error))}") from error
    return rows


def number(place: str, row: CsvRow, column: str) -> float | None:
    """Return a row's number; None where there is none.

    Raises:
        RefusedError: something else stands there.
    """
    text = row.get(column)
    if text is None:
        return None
    if not _NUMBER.fullmatch(text):
        raise RefusedError(f"{place}, column {column}", f"{quoted(text)} is no number")
    return float(text)


def _header(place: str, cells: list[str]) -> list[str]:
    if len(cells) == 1:
        raise RefusedError(place, "there is one column only; SimBench puts semicolons between columns")
    if len(cells) > MAX_COLUMNS:
        raise RefusedError(place, f"{len(cells):,} columns; at most {MAX_COLUMNS} are taken")
    if len(set(cells)) != len(cells):
        raise RefusedError(place, "a column's name stands there twice")
    return cells


def _row(place: str, header: list[str], cells: list[str]) -> CsvRow:
    try:
        return {
            name: check_text(cell) for name, cell in zip(header, cells, strict=True) if cell not in _NOTHING
        }
    except ValueError as error:
        raise RefusedError(place, str(error)) from error
