"""A plain map for networks without positions: streets from the transformer, each line as long as it is."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import cos, pi, sin
from typing import Any

TURN = 0.45 * pi  # of a lateral off its street
APART_M = 100.0

Point = tuple[float, float]


def draw_tree(roots: Sequence[str], lines: Sequence[dict[str, Any]]) -> dict[str, Point]:
    """Return x and y in metres by bus: the streets of each root around it, root beside root.

    From each bus the branch with most line behind it goes straight on, the others turn off to either side
    in turn. Lines that close a loop are drawn where they come.
    """
    children, metres = _trees(roots, lines)
    places: dict[str, Point] = {}
    left = 0.0
    for root in roots:
        own = dict(_streets(root, children, metres))
        west, east = min(x for x, _ in own.values()), max(x for x, _ in own.values())
        places |= {bus: (left - west + x, y) for bus, (x, y) in own.items()}
        left += east - west + APART_M
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


def _streets(
    root: str, children: dict[str, list[str]], metres: dict[str, float]
) -> Iterator[tuple[str, Point]]:
    """Yield the place of a root and of each bus below it."""
    behind: dict[str, float] = {}
    for bus in reversed(_below(root, children)):
        behind[bus] = sum(behind[child] + metres[child] - metres[bus] for child in children[bus])
    todo = [(root, (0.0, 0.0), 0.0, 1)]
    for bus, (x, y), heading, side in todo:  # grows while it is walked
        yield bus, (x, y)
        ranked = sorted(children[bus], key=lambda child: behind[child], reverse=True)
        for child, turn in zip(ranked, _turns(len(ranked), side, start=bus == root), strict=True):
            angle, length = heading + turn, metres[child] - metres[bus]
            place = (x + length * sin(angle), y + length * cos(angle))
            todo.append((child, place, angle, -side if len(ranked) > 1 else side))


def _turns(count: int, side: int, start: bool) -> list[float]:
    """Return by how much each branch turns off: all around at the start, else on and to the sides."""
    if start:
        return [2 * pi * number / count for number in range(count)]
    turns = [0.0] if count else []
    for number in range(1, count):
        turns.append(side * TURN / (1 + (number - 1) // 2))
        side = -side
    return turns
