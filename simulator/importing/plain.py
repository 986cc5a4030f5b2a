"""Plain JSON, strictly: depth and size are known before anything is parsed, and no name is ever looked up."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf, nan
from typing import Any

from simulator.importing.bounds import (
    MAX_DEPTH,
    MAX_JSON_BRACKETS,
    MAX_JSON_MARKS,
    RefusedError,
    quoted,
)

_BOM = b"\xef\xbb\xbf"
_NOT_UTF_8 = "the text is not in UTF-8; save it as UTF-8"
OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"\x00")  # how UTF-16 and UTF-32 begin
_MAX_DIGITS = 17  # with its sign; what has more is beyond the whole numbers that doubles tell apart
_MAX_SIGNS = 400  # more cost time, and no double needs them
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def parse_json(content: bytes, place: str) -> Any:
    """Return the data of JSON text in UTF-8, made of dicts, lists, strings, numbers, booleans and None.

    A number that is none, is not finite or has more digits than a double holds is taken as the double nearest
    to it, be it NaN or infinite: only who needs it judges it.

    Raises:
        RefusedError: no JSON, too deep, too many values, or a key twice; the place is ``place``, with
            line and column where the text is no JSON.
    """
    text = decode(content, place)
    _refuse_if_too_deep(content, place)
    hooks = _Hooks(place)
    try:
        return json.loads(
            text,
            parse_int=_whole,
            parse_float=_real,
            parse_constant=float,
            object_pairs_hook=hooks.pairs,
        )
    except json.JSONDecodeError as error:
        raise RefusedError(
            f"{place}, line {error.lineno}, column {error.colno}", f"not valid JSON: {error.msg}"
        ) from None


@dataclass(frozen=True)
class _Hooks:
    """What the parser asks about objects."""

    place: str

    def pairs(self, items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) != len(items):
            repeated = _first_repeated(key for key, _ in items)
            raise RefusedError(self.place, f"the key {quoted(repeated)} stands there twice")
        return found


def _first_repeated(keys: Iterable[str]) -> str:
    seen: set[str] = set()
    return next(key for key in keys if key in seen or seen.add(key))  # type: ignore[func-returns-value]


def _whole(digits: str) -> int | float:
    if len(digits) <= _MAX_DIGITS:
        return int(digits)
    return float(digits) if len(digits) <= _MAX_SIGNS else inf


def _real(digits: str) -> float:
    return float(digits) if len(digits) <= _MAX_SIGNS else nan


def decode(content: bytes, place: str) -> str:
    """Return the text of bytes in UTF-8, without the byte order mark that Excel and others put before it.

    Raises:
        RefusedError: another encoding, or no text.
    """
    if content.startswith(OTHER_ENCODINGS):
        raise RefusedError(place, _NOT_UTF_8)
    try:
        return content.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(
            f"{place}, byte {error.start + 1}", "the text is not in UTF-8; save it as UTF-8"
        ) from error


def _refuse_if_too_deep(content: bytes, place: str) -> None:
    """Walk the brackets outside strings: what the parser would nest, counted before it nests it."""
    unescaped = content.replace(b"\\\\", b"").replace(b'\\"', b"")
    if unescaped.count(b'"') > 2 * MAX_JSON_MARKS:
        raise RefusedError(place, f"more than {MAX_JSON_MARKS:,} strings")
    bare = b"".join(unescaped.split(b'"')[::2])
    if bare.count(b",") + bare.count(b":") > MAX_JSON_MARKS:
        raise RefusedError(place, f"more than {MAX_JSON_MARKS:,} values")
    brackets = bare.translate(None, delete=_NO_BRACKETS)
    if len(brackets) > 2 * MAX_JSON_BRACKETS:
        raise RefusedError(place, f"more than {MAX_JSON_BRACKETS:,} lists and objects")
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket in b"[{" else -1
        if depth > MAX_DEPTH:
            raise RefusedError(place, f"nested more than {MAX_DEPTH} deep")
