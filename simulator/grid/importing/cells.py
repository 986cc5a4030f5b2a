"""A cell's value, checked: finite numbers, short printable text, yes or no, a point."""

import json
import re
from collections.abc import Callable
from math import isfinite

from simulator.grid.importing.bounds import MAX_PARALLEL, MAX_TEXT, MAX_WHOLE, RefusedError, quoted
from simulator.grid.importing.columns import Kind
from simulator.grid.importing.objects import object_cell
from simulator.grid.importing.plain import parse_json
from simulator.grid.importing.source import Cell

Check = Callable[[object], Cell]

# Control characters, breaks of lines, half characters, and marks that turn the direction of what follows.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def checker(kind: Kind) -> Check:
    """Return what checks a cell that holds something.

    It returns the cell's value as the column's kind has it, or raises ValueError, saying what is wrong.
    """
    return _CHECKS[kind]


def check_text(text: str, at_most: int = MAX_TEXT) -> str:
    """Return the text, which is short and shows what it holds.

    Raises:
        ValueError: too long, or with control characters, half characters, or marks that turn its direction.
    """
    if len(text) > at_most:
        raise ValueError(f"a text of {len(text):,} characters; at most {at_most} are taken")
    if _UNFIT.search(text):
        raise ValueError(f"{quoted(text)} holds characters that do not show")
    return text


def _number(value: object) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{quoted(value)} is no number")
    if not isfinite(value) or abs(value) > 1e15:
        raise ValueError(f"{quoted(value)} is no number that a network can have")
    return value


def _whole(value: object) -> int:
    number = _number(value)
    if number != int(number) or abs(number) > MAX_WHOLE:
        raise ValueError(f"{quoted(value)} is no whole number")
    return int(number)


def _count(value: object) -> int:
    count = _whole(value)
    if not 1 <= count <= MAX_PARALLEL:
        raise ValueError(f"{quoted(value)} is no number from 1 to {MAX_PARALLEL}")
    return count


def _truth(value: object) -> bool:
    if isinstance(value, bool | int | float) and value in (0, 1):
        return bool(value)
    raise ValueError(f"{quoted(value)} is neither true nor false")


def _label(value: object) -> str:
    if isinstance(value, str):
        return check_text(value)
    return str(_number(value))


def _point(value: object) -> str | None:
    """Return a GeoJSON point as text, as pandapower keeps it; some files hold the object itself."""
    try:
        point = parse_json(value.encode(), "geo") if isinstance(value, str) and value else value
    except (RefusedError, UnicodeEncodeError):
        raise ValueError(f"{quoted(value)} is no GeoJSON point") from None
    if point is None or point == "":
        return None
    if not isinstance(point, dict) or point.get("type") != "Point" or not _is_place(point.get("coordinates")):
        raise ValueError(f"{quoted(value)} is no GeoJSON point")
    return check_text(value if isinstance(value, str) else json.dumps(point))


def _is_place(coordinates: object) -> bool:
    if not isinstance(coordinates, list) or len(coordinates) not in (2, 3):
        return False
    return all(isinstance(part, int | float) and not isinstance(part, bool) for part in coordinates)


_CHECKS: dict[Kind, Check] = {
    Kind.NUMBER: _number,
    Kind.WHOLE: _whole,
    Kind.COUNT: _count,
    Kind.BUS: _whole,
    Kind.TRUTH: _truth,
    Kind.LABEL: _label,
    Kind.POINT: _point,
    Kind.OBJECT: object_cell,
}
