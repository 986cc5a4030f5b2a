"""A plain map for networks without positions: every bus as far from its transformer as its lines are long."""

from collections import defaultdict
from collections.abc import Sequence
from math import cos, pi, sin
from typing import Any

Point = tuple[float, float]


def draw_tree(roots: Sequence[str], lines: Sequence[dict[str, Any]]) -> dict[str, Point]:
    """Return x and y in metres by bus: the tree of each root spread around it, root beside root.

    A bus stands at its path's length from its root, in a sector as wide as the share of line ends behind
    it. Lines that close a loop are drawn where they come.
    """
    children, metres = _trees(roots, lines)
    places: dict[str, Point] = {}
    left = 0.0
    for root in roots:
        buses = _below(root, children)
        radius = max(metres[bus] for bus in buses)
        left += radius if places else 0.0
        for bus, angle in _angles(root, children).items():
            far = metres[bus]
            places[bus] = (left + far * sin(angle), far * cos(angle))
        left += radius + 100.0
    return places


def _trees(
    roots: Sequence[str], lines: Sequence[dict[str, Any]]
) -> tuple[dict[str, list[str]], dict[str, float]]:
    """Return each bus's children and its distance in metres, breadth first from all roots."""
    neighbours: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for line in lines:
        neighbours[line["from"]].append((line["to"], 1000 * line["length_km"]))
        neighbours[line["to"]].append((line["from"], 1000 * line["length_km"]))
    children: dict[str, list[str]] = defaultdict(list)
    metres = dict.fromkeys(roots, 0.0)
    todo = list(roots)
    for bus in todo:  # grows while it is walked
        for other, length in neighbours[bus]:
            if other not in metres:
                metres[other] = metres[bus] + length
                children[bus].append(other)
                todo.append(other)
    return children, metres


def _below(root: str, children: dict[str, list[str]]) -> list[str]:
    buses = [root]
    for bus in buses:  # grows while it is walked
        buses.extend(children[bus])
    return buses


def _angles(root: str, children: dict[str, list[str]]) -> dict[str, float]:
    """Return each bus's direction: the middle of its sector of the circle."""
    ends: dict[str, int] = {}
    buses = _below(root, children)
    for bus in reversed(buses):
        ends[bus] = sum(ends[child] for child in children[bus]) or 1
    sectors = {root: (0.0, 2 * pi)}
    for bus in buses:
        start, end = sectors[bus]
        step = (end - start) / ends[bus]
        for child in children[bus]:
            sectors[child] = (start, start + step * ends[child])
            start += step * ends[child]
    return {bus: (start + end) / 2 for bus, (start, end) in sectors.items()}
