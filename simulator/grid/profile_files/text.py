"""A profile file's text: its lines, how they are split, its header, and whether times stand in front."""

import csv
from collections.abc import Collection
from dataclasses import dataclass

from simulator.grid.errors import ProfileFileError
from simulator.grid.profile_files.stamps import is_stamp

MOST_BYTES = 5_000_000
MOST_LINES = 366 * 96 + 1
MOST_COLUMNS = 5_001


@dataclass(frozen=True)
class Layout:
    """How a file's lines are to be read: ``header`` is empty where there is none.

    ``separator`` is empty for a single column; a line is split at most ``splits`` times, -1 means always.
    """

    file: str
    lines: list[str]
    header: tuple[str, ...]
    separator: str
    splits: int
    has_time: bool
    width: int

    @property
    def first_line(self) -> int:
        """The number of the first line with values, counted from 1."""
        return 2 if self.header else 1

    def cells(self, number: int) -> list[str]:
        """Return a line's cells, as many as the first line with values has.

        Raises: ProfileFileError naming the line.
        """
        line = self.lines[number - 1]
        if not line.strip():
            raise self.error(f"line {number}", "is empty; only the end of the file may have empty lines")
        cells = split(self.file, number, line, self.separator, self.splits)
        if len(cells) != self.width:
            words = f"has {_count(len(cells))}, line 1 has {self.width}"
            raise self.error(f"line {number}", words)
        return cells

    def place(self, number: int, column: int) -> str:
        """Return a cell's place in words; columns count from 0."""
        name = f" ({shorten(self.header[column])})" if self.header else ""
        return f"line {number} column {column + 1}{name}"

    def error(self, place: str, reason: str) -> ProfileFileError:
        """Return an error of this file."""
        return ProfileFileError(self.file, place, reason)


def read_layout(content: bytes, file: str, customers: Collection[str]) -> Layout:
    """Return a file's lines and how they are to be read; ids of customers may be numbers.

    Raises: ProfileFileError naming the line and what is accepted.
    """
    lines = _lines(_text(content, file), file)
    second = lines[1] if len(lines) > 1 else ""
    separator, splits = _separator(lines[0], second)
    first = split(file, 1, lines[0], separator, splits)
    named = len(first) > 1 and all(cell.strip() in customers for cell in first)
    has_header = named or not (is_stamp(first[0]) or all(map(_is_number, first)))
    header = tuple(cell.strip().removeprefix("'") for cell in first) if has_header else ()
    if header and len(lines) == 1:
        raise ProfileFileError(file, "line 1", "is a header, and no values follow")
    begin = split(file, 2, second, separator, splits) if header else first
    layout = Layout(file, lines, header, separator, splits, is_stamp(begin[0]), len(header or begin))
    if layout.width - layout.has_time > 1 and not header:
        words = f"has {_count(layout.width)} and no header; head each column by its customer's id"
        raise layout.error("line 1", words)
    return layout


def split(file: str, number: int, line: str, separator: str, splits: int = -1) -> list[str]:
    """Return a line's cells; quoted ones may hold the separator.

    Raises: ProfileFileError naming the line.
    """
    if not separator:
        return [line.strip().removeprefix('"').removesuffix('"')]
    if line.count(separator) >= MOST_COLUMNS:
        raise ProfileFileError(file, f"line {number}", f"has more than {MOST_COLUMNS:,} columns")
    if '"' not in line:
        return line.split(separator, splits)
    try:
        return next(csv.reader([line], delimiter=separator, strict=True))
    except csv.Error as error:
        raise ProfileFileError(file, f"line {number}", f"its quotes cannot be read: {error}") from error


def shorten(cell: str) -> str:
    """Return a cell as errors show it: printable, and not too long."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in cell[:41])
    return shown if len(shown) <= 40 else f"{shown[:37]}..."


def _text(content: bytes, file: str) -> str:
    if len(content) > MOST_BYTES:
        words = f"has {len(content):,} bytes; at most {MOST_BYTES:,} are accepted"
        raise ProfileFileError(file, "whole file", words)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ProfileFileError(file, "whole file", "is UTF-16 text; save it as CSV in UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ProfileFileError(file, f"line {line}", "is no UTF-8 text; save it as CSV in UTF-8") from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise ProfileFileError(file, f"line {line}", "holds a zero byte; only text is accepted")
    return text


def _lines(text: str, file: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip().split("\n")
    if not lines[0].strip():
        raise ProfileFileError(file, "line 1", "is empty; a header or the first value is expected")
    if len(lines) > MOST_LINES:
        words = f"has {len(lines):,} lines; a year of quarter-hours has at most {MOST_LINES:,} with a header"
        raise ProfileFileError(file, "whole file", words)
    return lines


def _separator(first: str, second: str) -> tuple[str, int]:
    """Return what separates columns, and how often at most a line is split.

    Without any semicolon, a comma in a single column, or in one that follows a time, is a decimal comma.
    """
    if ";" in first or ";" in second:
        return ";", -1
    if is_stamp(first.partition(",")[0]):
        return ",", 1
    if "," not in first or _is_number(first):
        return "", 0
    return ",", 1 if first.count(",") == 1 and is_stamp(second.partition(",")[0]) else -1


def _is_number(cell: str) -> bool:
    """Tell a value from a heading; NaN is a value, though one that is refused later."""
    try:
        float(cell.replace(",", ".", 1))
    except ValueError:
        return False
    return True


def _count(columns: int) -> str:
    return "1 column" if columns == 1 else f"{columns} columns"
