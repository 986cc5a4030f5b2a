"""Feeders with one absurd number each: every figure of a feeder by every magnitude that breaks sums."""

from collections.abc import Iterator
from typing import Any

from simulator.tests.feeders import small_feeder_data

ABSURD = (5e-324, 1e-300, 1e-30, 1e30, 1e300, 1.7e308)

Place = tuple[str | int, ...]


def figures(data: Any, place: Place = ()) -> Iterator[Place]:
    """Yield where every number of a feeder's plain data stands, one element of each kind."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from figures(value, (*place, key))
    elif isinstance(data, list) and data:
        yield from figures(data[-1], (*place, len(data) - 1))
    elif isinstance(data, int | float) and place != ("schema_version",):
        yield place


def with_figure(place: Place, value: float) -> dict[str, Any]:
    """Return the small feeder as plain data with one figure changed."""
    data: Any = small_feeder_data()
    inner = data
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    feeder: dict[str, Any] = data
    return feeder


def absurd_feeders() -> Iterator[tuple[Place, float, dict[str, Any]]]:
    """Yield place, value and feeder for every figure and every magnitude."""
    for place in figures(small_feeder_data()):
        for value in ABSURD:
            yield place, value, with_figure(place, value)
