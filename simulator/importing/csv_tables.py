"""Tables of a SimBench network: text between semicolons, NULL where there is nothing."""

import csv
import re
from collections.abc import Iterator

from simulator.importing.bounds import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_TABLE_ROWS,
    NOTHING,
    RefusedError,
    quoted,
)
from simulator.importing.plain import decode

CsvRow = dict[str, str]

_MAX_LINES = MAX_TABLE_ROWS + 100
_MAX_LINE = 500_000  # characters: 200 columns of 2,500
_NOTHING = ("", "NULL", "NaN", "nan", "None")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,4})?")


def read_csv(content: bytes, file: str, max_cells: int = MAX_CELLS) -> list[CsvRow]:
    """Return the rows by column name; what is missing is left out of its row.

    Raises:
        RefusedError: no text, another separator, a column twice, too many rows or cells, or a row with too
            few or too many values; names the line.
    """
    text = decode(content, file)
    if text.count("\n") + text.count("\r") > 2 * _MAX_LINES:  # a line ends in either or in both
        raise RefusedError(file, f"more than {MAX_TABLE_ROWS:,} rows")
    reader = csv.reader(_lines(text), delimiter=";", strict=True)
    rows: list[CsvRow] = []
    header: list[str] = []
    try:
        for cells in filter(None, reader):
            place = f"{file}, line {reader.line_num}"
            if not header:
                header = _header(place, cells)
                continue
            rows.append(_row(place, header, cells))
            max_cells -= len(rows[-1])
            if max_cells < 0:
                raise RefusedError(place, f"with it the tables have more than {MAX_CELLS:,} cells")
            if len(rows) > MAX_TABLE_ROWS:
                raise RefusedError(place, f"more than {MAX_TABLE_ROWS:,} rows")
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
        raise RefusedError(f"{place}, column {column}", f"{quoted(text)} is not a number")
    value = float(text)
    return value if abs(value) > NOTHING else 0.0


def _header(place: str, cells: list[str]) -> list[str]:
    if len(cells) == 1:
        raise RefusedError(place, "there is one column only; SimBench puts semicolons between columns")
    if len(cells) > MAX_COLUMNS:
        raise RefusedError(place, f"{len(cells):,} columns; at most {MAX_COLUMNS} are taken")
    if len(set(cells)) != len(cells):
        raise RefusedError(place, "a column's name stands there twice")
    return cells


def _row(place: str, header: list[str], cells: list[str]) -> CsvRow:
    if len(cells) != len(header):
        raise RefusedError(place, f"{len(cells)} values; the first line names {len(header)} columns")
    return {name: cell for name, cell in zip(header, cells, strict=True) if cell not in _NOTHING}


def _lines(text: str) -> Iterator[str]:
    """Yield a text's lines with their ends, whichever system wrote them."""
    for found in _LINE.finditer(text):
        if found.end() - found.start() > _MAX_LINE:
            raise csv.Error(f"a line of {found.end() - found.start():,} characters")
        yield found[0]
