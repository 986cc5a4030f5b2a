"""Objects that pandapower writes into cells, read as plain data: no class is looked up, nothing is made."""

import json
from dataclasses import dataclass
from math import isfinite
from typing import Any

from simulator.importing.bounds import RefusedError
from simulator.importing.plain import parse_json
from simulator.importing.source import Cell

_MAX_TEXT = 50_000  # a controller has 2,000 characters, a curve of a hundred points 5,000
_MAX_NESTED = 6


def object_cell(value: object) -> str | None:
    """Return an object's JSON text as a cell; None for what is no such text: it is not needed, then."""
    text = value if isinstance(value, str) else json.dumps(value) if isinstance(value, dict) else ""
    return text if text.startswith("{") and len(text) <= _MAX_TEXT else None


@dataclass(frozen=True)
class Described:
    """What a file says of an object: the name of its class, and its values as numbers, texts and lists."""

    name: str
    values: dict[str, Any]

    @classmethod
    def read(cls, cell: Cell) -> "Described | None":
        """Return what a cell describes; None where it describes nothing that can be read."""
        outer = _parsed(cell)
        if not isinstance(outer, dict) or not isinstance(outer.get("_class"), str):
            return None
        inner = outer.get("_object")
        values = _parsed(inner) if isinstance(inner, str) else inner
        if not isinstance(values, dict):
            return None
        return cls(outer["_class"], {key: _plain(value) for key, value in values.items()})

    def number(self, *names: str) -> float | None:
        """Return the first of the values that is a finite number, or begins with one."""
        return self.number_at(0, *names)

    def number_at(self, at: int, *names: str) -> float | None:
        """Return the first of the values that is a number, or that has one at a place of its list."""
        for name in names:
            value = self.values.get(name)
            value = value[at] if isinstance(value, list) and at < len(value) else value
            if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
                return float(value)
        return None

    def text(self, *names: str) -> str:
        """Return the first of the values that is a text."""
        return next((v for name in names if isinstance(v := self.values.get(name), str)), "")

    def whole_numbers(self, *names: str) -> tuple[int, ...]:
        """Return the first of the values that is there as whole numbers, one or a list of them."""
        for name in names:
            value = self.values.get(name)
            numbers = value if isinstance(value, list) else [value]
            if numbers and all(isinstance(each, int) and not isinstance(each, bool) for each in numbers):
                return tuple(numbers)
        return ()

    def points(self) -> list[tuple[float, float]]:
        """Return a curve's points in the order of x; none where it has none that fit."""
        xs, ys = (self.values.get(f"{axis}_vals", self.values.get(f"{axis}_values")) for axis in "xy")
        if not isinstance(xs, list) or not isinstance(ys, list) or len(xs) != len(ys):
            return []
        if not all(isinstance(each, int | float) for each in (*xs, *ys)):
            return []
        return sorted(zip(map(float, xs), map(float, ys), strict=True))


def _parsed(cell: object) -> Any:
    if not isinstance(cell, str) or len(cell) > _MAX_TEXT:
        return None
    try:
        return parse_json(cell.encode(), "object")
    except (RefusedError, UnicodeEncodeError):
        return None


def _plain(value: Any, depth: int = 0) -> Any:
    """Return a value without the wrapping that says which kind of number or list it was."""
    if depth > _MAX_NESTED:
        return None
    if isinstance(value, dict) and "_object" in value:
        return _plain(value["_object"], depth + 1)
    if isinstance(value, list):
        return [_plain(each, depth + 1) for each in value]
    return None if value == "nan" or value != value else value  # noqa: PLR0124 - NaN differs from itself
