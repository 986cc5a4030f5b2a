"""What points and commas mean in a file's numbers: every reading that the whole file allows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from simulator.grid.errors import ProfileFileError
from simulator.importing.profiles.table import Table
from simulator.importing.profiles.text import shorten

NUMBER = "write a number with a decimal point or comma, for example 0.25"
_SPACES = str.maketrans("", "", " '\u00a0\u202f")
_SPACED = re.compile(r"\d[ '\u00a0\u202f]\d")
_LONG = re.compile(r"(?:^|\n) *[+-]?\d{4,}")


@dataclass(frozen=True)
class Format:
    """How numbers are written: the sign before decimals, and the sign between thousands, if there is one."""

    decimal: str
    thousands: str = ""

    @property
    def key(self) -> str:
        """The name by which people choose it."""
        names = {".": "point", ",": "comma"}
        return f"thousands-{names[self.thousands]}" if self.thousands else f"decimal-{names[self.decimal]}"

    @property
    def words(self) -> str:
        """What it means."""
        signs = {".": "point", ",": "comma"}
        if self.thousands:
            return f"a {signs[self.thousands]} groups thousands"
        return f"a {signs[self.decimal]} stands before decimals"

    def plain(self, text: str) -> str:
        """Return numbers as Python reads them."""
        if self.thousands:
            text = text.replace(self.thousands, "")
        return text.replace(self.decimal, ".")

    def value(self, cell: str) -> float:
        """Return a cell's number.

        Raises: ValueError for what is none.
        """
        cell = cell.strip()
        if not cell.isascii() or _SPACED.search(cell):
            cell = cell.translate(_SPACES)
        if "_" in cell or not cell.isascii():
            raise ValueError("no number")
        if self.thousands and self.thousands in cell and not _grouped(cell, self.thousands):
            raise ValueError("thousands in groups of other than three")
        return float(self.plain(cell))


@dataclass
class _Sign:
    """What the lines say of one sign: the first lines where it must be one thing, or may be both."""

    sign: str
    decimal: int = 0
    thousands: int = 0
    either: int = 0

    def see(self, number: int, text: str) -> None:
        """Take in a line's cells, one below the other."""
        for cell in text.split("\n"):
            if self.sign not in cell:
                continue
            grouped = _grouped(cell.strip(), self.sign)
            if grouped and (cell.count(self.sign) > 1 or _other(self.sign) in cell):
                self.thousands = self.thousands or number
            elif grouped:
                self.either = self.either or number
            else:
                self.decimal = self.decimal or number

    @property
    def line(self) -> int:
        """The first line that has it."""
        return min(filter(None, (self.decimal, self.thousands, self.either)), default=0)

    @property
    def roles(self) -> str:
        """What it can be: D, T or both."""
        if self.decimal or self.thousands:
            return ("D" if self.decimal else "") + ("T" if self.thousands else "")
        return "DT" if self.either else ""


@dataclass
class _Evidence:
    point: _Sign = field(default_factory=lambda: _Sign("."))
    comma: _Sign = field(default_factory=lambda: _Sign(","))
    long: int = 0  # the first line with four digits in a row, which grouping would have parted


def formats(table: Table, columns: Sequence[int]) -> tuple[Format, ...]:
    """Return how the numbers of some columns can be read; more than one where nothing decides.

    Raises: ProfileFileError where lines contradict each other.
    """
    found = _Evidence()
    for number, text in _texts(table, columns):
        for sign in (found.point, found.comma):
            if sign.sign in text and not (sign.decimal and _other(sign.sign) not in text):
                sign.see(number, text)
        if not found.long and _LONG.search(text):
            found.long = number
    point, comma = _roles(found, found.point), _roles(found, found.comma)
    if not point or not comma:
        signs = (".", point) if point else (",", comma)
        return tuple(_format(signs[0], role) for role in signs[1]) or (Format("."),)
    pairs = [(p, c) for p in point for c in comma if p != c]
    if not pairs or len(point) > 1 < len(comma):
        line, other = found.point.line, found.comma.line
        words = f"line {line} has a decimal point, line {other} a decimal comma; write one of them"
        raise table.text.error(f"line {max(line, other)}", words)
    return tuple(Format(".", ",") if p == "D" else Format(",", ".") for p, _ in pairs)


def _texts(table: Table, columns: Sequence[int]) -> Iterator[tuple[int, str]]:
    for number in range(table.first, table.last + 1):
        try:
            cells = table.cells(number)
        except ProfileFileError:
            return  # reading the values says what is wrong
        yield number, "\n".join([cells[column] for column in columns])


def _roles(found: _Evidence, sign: _Sign) -> str:
    roles = sign.roles
    if roles == "DT" and (sign.decimal and sign.thousands):
        roles = "D"  # a contradiction that reading the values names
    return "D" if roles == "DT" and found.long else roles


def _format(sign: str, role: str) -> Format:
    if role == "D":
        return Format(sign)
    return Format(_other(sign), sign)


def _other(sign: str) -> str:
    return "," if sign == "." else "."


def _grouped(cell: str, sign: str) -> bool:
    """Tell whether a sign can stand between thousands: groups of three, and no zero in front."""
    mark, decimal = re.escape(sign), re.escape(_other(sign))
    return bool(re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}(?:{mark}\d{{3}})+(?:{decimal}\d*)?", cell))


def no_number(table: Table, number: int, column: int, cell: str) -> ProfileFileError:
    """Return the error of a cell that is not a number."""
    words = f"{shorten(cell)!r} is not a number" if cell.strip() else "is empty"
    return table.text.error(table.place(number, column), f"{words}; {NUMBER}")
