"""The cells of a workbook's sheet: values by row and column, with no formula computed and no gap filled."""

import re

from simulator.grid.importing.bounds import MAX_COLUMNS, RefusedError, quoted
from simulator.grid.importing.workbook_parts import MAX_RAW_TEXT, Attributes, Part

Value = str | int | float | bool

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,4})?")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")


class Sheet(Part):
    """A sheet's rows: values by column, with no gaps filled."""

    def __init__(self, place: str, texts: list[str], max_rows: int) -> None:
        super().__init__()
        self.rows: list[tuple[int, dict[int, Value]]] = []
        self._place, self._texts, self._max_rows = place, texts, max_rows
        self._row: dict[int, Value] = {}
        self._number = 0
        self._cell, self._type = "", "n"
        self._pieces: list[str] = []
        self._listening = False

    def opened(self, tag: str, attributes: Attributes) -> None:
        """Begin a row, a cell or a value."""
        if tag == "c":
            self._cell, self._type = attributes.get("r", ""), attributes.get("t", "n")
            self._pieces = []
        elif tag in ("v", "t"):
            self._listening = True
        elif tag == "row":
            self._row = {}
            self._number += 1
        elif tag == "f":
            raise RefusedError(
                f"{self._place}, cell {quoted(self._cell)}", "a formula is not read; save its value"
            )

    def data(self, text: str) -> None:
        """Take a piece of a value."""
        self.events += 1
        if self._listening:
            self._pieces.append(text)

    def closed(self, tag: str) -> None:
        """End a value, a cell or a row."""
        if tag in ("v", "t"):
            self._listening = False
        elif tag == "c":
            if self._pieces:
                self._keep_cell()
        elif tag == "row" and self._row:
            if len(self.rows) == self._max_rows:
                raise RefusedError(self._place, f"more than {self._max_rows - 1:,} rows")
            self.rows.append((self._number, self._row))

    def _keep_cell(self) -> None:
        found = _REFERENCE.fullmatch(self._cell)
        if not found:
            raise RefusedError(self._place, f"{quoted(self._cell)} is no cell")
        column = 0
        for letter in found[1]:
            column = 26 * column + ord(letter) - 64
        place = f"{self._place}, cell {self._cell}"
        if column > MAX_COLUMNS + 1:
            raise RefusedError(place, f"more than {MAX_COLUMNS} columns")
        self._number = int(found[2])
        if column in self._row:
            raise RefusedError(place, "the cell is there twice")
        self._row[column] = self._value(place, "".join(self._pieces))

    def _value(self, place: str, text: str) -> Value:
        if len(text) > MAX_RAW_TEXT:
            raise RefusedError(place, f"a text of {len(text):,} characters")
        if self._type == "s":
            at = int(text) if _WHOLE.fullmatch(text) else -1
            if not 0 <= at < len(self._texts):
                raise RefusedError(place, f"there is no text {quoted(text)}")
            return self._texts[at]
        if self._type in ("inlineStr", "str"):
            return text
        if self._type == "b" and text in ("0", "1"):
            return text == "1"
        if self._type == "n" and _NUMBER.fullmatch(text):
            return int(text) if _WHOLE.fullmatch(text) else float(text)
        raise RefusedError(place, f"{quoted(text)} is no number, text, or truth value")
