"""A cell's value, checked: finite numbers, short printable text, yes or no, a place."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

from simulator.importing.bounds import MAX_PARALLEL, MAX_TEXT, MAX_WHOLE, NOTHING, quoted
from simulator.importing.columns import ColumnKind
from simulator.importing.objects import object_cell
from simulator.importing.places import NO_PLACE, is_position, point_of, point_text
from simulator.importing.source import Cell


@dataclass(frozen=True)
class Told:
    """A value that is not quite what the cell holds, and what became of it, in words for the import log."""

    value: Cell
    words: str


Check = Callable[[object], Cell | Told]

CUT = f"names of more than {MAX_TEXT} characters, cut to as many"
SPACED = "names with tabs or line breaks, which are spaces now"
NAMELESS = "names that are not text, left out"

# Control characters, breaks of lines, half characters, and marks that turn the direction of what follows.
_UNFIT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_WHITE = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")


def checker(kind: ColumnKind) -> Check:
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


def tidy(text: str, at_most: int = MAX_TEXT) -> tuple[str, str]:
    """Return a text fit to name something, and what was done to it, if anything was.

    Raises:
        ValueError: with control characters, half characters, or marks that turn its direction.
    """
    spaced = _WHITE.sub(" ", text[: at_most + 1]) if len(text) > at_most else _WHITE.sub(" ", text)
    fit = check_text(spaced[:at_most], at_most)
    if len(spaced) > at_most:
        return fit, CUT
    return fit, SPACED if fit != text else ""


def _number(value: object) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{quoted(value)} is not a number")
    if not isfinite(value):
        raise ValueError(f"{'-' if value < 0 else ''}Infinity is not a number that a network can have")
    if abs(value) > 1e15:
        raise ValueError(f"{quoted(value)} is not a number that a network can have")
    return value if abs(value) > NOTHING else 0 * value


def _whole(value: object) -> int:
    number = _number(value)
    if number != int(number) or abs(number) > MAX_WHOLE:
        raise ValueError(f"{quoted(value)} is not a whole number")
    return int(number)


def _count(value: object) -> int:
    count = _whole(value)
    if not 1 <= count <= MAX_PARALLEL:
        raise ValueError(f"{quoted(value)} is not a number from 1 to {MAX_PARALLEL}")
    return count


def _truth(value: object) -> bool:
    if isinstance(value, bool | int | float) and value in (0, 1):
        return bool(value)
    raise ValueError(f"{quoted(value)} is neither true nor false")


def _label(value: object) -> str | None:
    """Return a text that says what something is; false says that it is nothing."""
    if isinstance(value, str):
        return check_text(_WHITE.sub(" ", value) if len(value) <= MAX_TEXT else value)
    if value is False:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError(f"{quoted(value)} is not text")
    return str(value)


def _name(value: object) -> str | Told | None:
    """Return what something is called; nothing depends on it, so that it is made to fit."""
    if isinstance(value, str):
        text, words = tidy(value)
        return Told(text, words) if words else text
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return str(value)
    return Told(None, NAMELESS)


def _point(value: object) -> str | Told | None:
    """Return a GeoJSON point as text, as pandapower keeps it; some files hold the object itself."""
    if value in ("", "NaN", "nan", "null", "None"):
        return None
    point, words = point_of(value)
    if point is None:
        return Told(None, words)
    if words:
        return Told(point_text(point), words)
    return value if isinstance(value, str) and len(value) <= MAX_TEXT else point_text(point)


def _place(value: object) -> float | Told:
    return float(value) if is_position(value) else Told(None, NO_PLACE)


_CHECKS: dict[ColumnKind, Check] = {
    ColumnKind.NUMBER: _number,
    ColumnKind.WHOLE: _whole,
    ColumnKind.COUNT: _count,
    ColumnKind.BUS: _whole,
    ColumnKind.TRUTH: _truth,
    ColumnKind.LABEL: _label,
    ColumnKind.NAME: _name,
    ColumnKind.POINT: _point,
    ColumnKind.PLACE: _place,
    ColumnKind.OBJECT: object_cell,
}
