"""The table of values in a file: its lines, its heading, and what its columns hold."""

import re
from dataclasses import dataclass
from functools import cached_property

from simulator.grid.errors import ProfileFileError
from simulator.importing.profiles.stamps import is_stamp
from simulator.importing.profiles.text import Text, shorten, split

WINDOW = 60  # lines that are looked at to find the table
TIME, NUMBER, NOTHING, WORDS = "TN.X"
MISSING = ("", "null", "none", "-", "n/a", "na")

_NUMBER = re.compile(r"[+-]?(?:\d[\d.,' \u00a0\u202f]*|[.,]\d+)(?:[eE][+-]?\d+)?|[+-]?(?:nan|inf|infinity)",
                     re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Table:
    """Lines ``first`` to ``last`` of a text, counted from 1; ``header`` is empty where there is none.

    ``separator`` is empty for a single column; a line is split at most ``splits`` times, -1 means always.
    """

    text: Text
    separator: str
    splits: int
    first: int
    last: int
    width: int
    header: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many lines there are."""
        return self.last - self.first + 1

    def cells(self, number: int) -> list[str]:
        """Return a line's cells, as many as the first line has.

        Raises: ProfileFileError naming the line.
        """
        line = self.text.lines[number - 1]
        if not line.strip():
            words = "is empty; below it only words may follow, no more values"
            raise self.text.error(f"line {number}", words)
        cells = split(self.text.file, number, line, self.separator, self.splits)
        if len(cells) != self.width:
            words = f"has {count(len(cells))}, line {self.first - bool(self.header)} has {self.width}"
            raise self.text.error(f"line {number}", words)
        return cells

    @cached_property
    def classes(self) -> str:
        """What each column holds, by the first lines: a time, a number, nothing, or words."""
        found = [NOTHING] * self.width
        for number in range(self.first, min(self.last, self.first + WINDOW) + 1):
            line = self.text.lines[number - 1]
            cells = try_split(self.text, number, line, self.separator, self.splits)
            for column, cell in enumerate(cells[: self.width]):
                if found[column] == NOTHING:
                    found[column] = kind_of(cell)
        return "".join(found)

    def head(self, column: int) -> str:
        """Return a column's heading, empty where there is none."""
        return self.header[column] if self.header else ""

    def named(self, column: int) -> str:
        """Return a column in words."""
        head = shorten(self.head(column))
        return f"column {column + 1} ({head})" if head else f"column {column + 1}"

    def place(self, number: int, column: int) -> str:
        """Return a cell's place in words; columns count from 0."""
        return f"line {number} {self.named(column)}"


def kind_of(cell: str) -> str:
    """Tell a time, a number and a missing value from words."""
    cell = cell.strip()
    if cell.lower() in MISSING:
        return NOTHING
    if is_stamp(cell):
        return TIME
    return NUMBER if _NUMBER.fullmatch(cell) else WORDS


def count(columns: int) -> str:
    """Return a number of columns in words."""
    return "1 column" if columns == 1 else f"{columns} columns"


def try_split(text: Text, number: int, line: str, separator: str, splits: int) -> list[str]:
    """Return a line's cells, none where it cannot be split."""
    try:
        return split(text.file, number, line, separator, splits)
    except ProfileFileError:
        return []
