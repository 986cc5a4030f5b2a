"""The cells of a workbook's sheet: values by row and column, with no formula computed and no gap filled."""

import re
from typing import NamedTuple

from simulator.importing.bounds import MAX_COLUMNS, MAX_XML_DEPTH, RefusedError, quoted
from simulator.importing.workbook_parts import MAX_RAW_TEXT, Attributes, Part


class Unread(NamedTuple):
    """A cell that holds what is not read, as a formula; who needs its value is refused with the reason."""

    place: str
    reason: str


Value = str | int | float | bool | Unread

_LETTERS = re.compile(r"[A-Z]{1,3}")
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,4})?")
_DIGITS = "0123456789"
_MAX_DIGITS = 18  # of a whole number; what is longer is read as a float


class Sheet(Part):
    """A sheet's rows: values by column, with no gaps filled."""

    def __init__(self, place: str, texts: list[str], max_rows: int) -> None:
        super().__init__()
        self.rows: list[tuple[int, dict[int, Value]]] = []
        self._place, self._texts, self._max_rows = place, texts, max_rows
        self._row: dict[int, Value] = {}
        self._columns: dict[str, int] = {}
        self._cell, self._type, self._text, self._formula = "", "n", "", False
        self._listening = False

    # Most tags are c and v, and a workbook may have 300,000: these two take one call instead of two.

    def start(self, tag: str, attributes: Attributes) -> None:
        """Hear a tag open."""
        if tag == "v" and self._depth < MAX_XML_DEPTH:
            self.events += 1
            self._depth += 1
            self._listening = True
        else:
            super().start(tag, attributes)

    def end(self, tag: str) -> None:
        """Hear a tag close."""
        if tag == "v":
            self.events += 1
            self._depth -= 1
            self._listening = False
        elif tag == "c":
            self.events += 1
            self._depth -= 1
            if self._text or self._formula:
                self._keep_cell()
        else:
            super().end(tag)

    def opened(self, tag: str, attributes: Attributes) -> None:
        """Begin a row, a cell or a value."""
        if tag == "c":
            self._cell, self._type, self._text = attributes.get("r", ""), attributes.get("t", "n"), ""
            self._formula = False
        elif tag in ("v", "t"):
            self._listening = True
        elif tag == "row":
            self._row = {}
        elif tag == "f":
            self._formula = True

    def data(self, text: str) -> None:
        """Take a piece of a value."""
        self.events += 1
        if self._listening and len(self._text) <= MAX_RAW_TEXT:
            self._text += text

    def closed(self, tag: str) -> None:
        """End a value, a cell or a row."""
        if tag in ("v", "t"):
            self._listening = False
        elif tag == "c":
            if self._text or self._formula:
                self._keep_cell()
        elif tag == "row" and self._row:
            if len(self.rows) == self._max_rows:
                raise RefusedError(self._place, f"more than {self._max_rows - 1:,} rows")
            self.rows.append((self._row_number(), self._row))

    def _keep_cell(self) -> None:
        letters = self._cell.rstrip(_DIGITS)
        column = self._columns.get(letters) or self._column(letters)
        if column in self._row:
            raise self._refusal("the cell is there twice")
        self._row[column] = self._value(self._text)

    def _column(self, letters: str) -> int:
        if not _LETTERS.fullmatch(letters):
            raise RefusedError(self._place, f"{quoted(self._cell)} is not a cell")
        column = 0
        for letter in letters:
            column = 26 * column + ord(letter) - 64
        if column > MAX_COLUMNS + 1:
            raise self._refusal(f"more than {MAX_COLUMNS} columns")
        self._columns[letters] = column
        return column

    def _row_number(self) -> int:
        number = self._cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if not _ROW.fullmatch(number):
            raise RefusedError(self._place, f"{quoted(self._cell)} is not a cell")
        return int(number)

    def _value(self, text: str) -> Value:
        kind = self._type if len(text) <= MAX_RAW_TEXT and not self._formula else ""
        if kind == "n" and _NUMBER.fullmatch(text):
            return int(text) if text.isdigit() and len(text) <= _MAX_DIGITS else float(text)
        if kind == "s":
            at = int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else -1
            if 0 <= at < len(self._texts):
                return self._texts[at]
        elif kind in ("inlineStr", "str"):
            return text
        elif kind == "b" and text in ("0", "1"):
            return text == "1"
        formula = "a formula is not read; save its value"
        words = formula if self._formula else f"{quoted(text)} is not a number, a truth value or a short text"
        return Unread(self._place_of_cell, words)

    @property
    def _place_of_cell(self) -> str:
        return f"{self._place}, cell {quoted(self._cell)}"

    def _refusal(self, reason: str) -> RefusedError:
        return RefusedError(self._place_of_cell, reason)
