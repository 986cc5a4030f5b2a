"""Where a file's drawing puts something: a point, or the middle of what is drawn as a line or an area."""

import json
from math import isfinite
from typing import Any, TypeGuard

from simulator.importing.bounds import MAX_POSITION, RefusedError
from simulator.importing.plain import parse_json

NO_PLACE = "positions that are not points; left out, for they are drawing data alone"
MIDDLE = "positions drawn as lines or areas: their middle is taken"
_SHAPES = ("LineString", "MultiPoint", "Polygon", "MultiLineString", "MultiPolygon")

Point = tuple[float, float]


def point_of(value: object) -> tuple[Point | None, str]:
    """Return the point that GeoJSON describes, as text or as an object, and what there is to say of it."""
    shape = _parsed(value)
    if not isinstance(shape, dict):
        return None, NO_PLACE
    if shape.get("type") == "Feature":
        shape = shape.get("geometry") or {}
    at = shape.get("coordinates") if isinstance(shape, dict) else None
    if not isinstance(at, list):
        return None, NO_PLACE
    if shape.get("type") == "Point":
        point = _position(at)
        return point, "" if point else NO_PLACE
    found = _positions(at) if shape.get("type") in _SHAPES else []
    if not found:
        return None, NO_PLACE
    return (sum(x for x, _ in found) / len(found), sum(y for _, y in found) / len(found)), MIDDLE


def point_text(point: Point) -> str:
    """Return a point as GeoJSON."""
    return json.dumps({"type": "Point", "coordinates": list(point)})


def is_position(value: object) -> TypeGuard[int | float]:
    """Whether a value can be a coordinate, in metres or degrees."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return isfinite(value) and abs(value) <= MAX_POSITION


def _parsed(value: object) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return parse_json(value.encode(), "geo")
    except (RefusedError, UnicodeEncodeError):
        return None


def _position(at: list[Any]) -> Point | None:
    if len(at) not in (2, 3) or not (is_position(at[0]) and is_position(at[1])):
        return None
    return float(at[0]), float(at[1])


def _positions(nested: list[Any]) -> list[Point]:
    """Return all positions of a shape; its depth is bounded where it was parsed."""
    if nested and not isinstance(nested[0], list):
        point = _position(nested)
        return [point] if point else []
    return [point for part in nested if isinstance(part, list) for point in _positions(part)]
