"""The feeder as a tree: how far each bus is from its transformer, and by which way."""

import heapq
from dataclasses import dataclass

from simulator.grid.memory import MEMORY
from simulator.grid.schema import Feeder
from simulator.grid.weights import places_bytes


@dataclass(frozen=True)
class Topology:
    """Shortest paths along the lines from the transformers' LV busbars, by bus id.

    ``distance_km`` of every bus; ``parent`` and ``parent_line`` of every bus but the busbars;
    ``loop_lines`` are the lines that no shortest path uses (meshes close through them).
    """

    distance_km: dict[str, float]
    parent: dict[str, str]
    parent_line: dict[str, str]
    loop_lines: tuple[str, ...]

    def path(self, bus: str) -> list[str]:
        """Return the buses from the transformer's busbar to ``bus``, both included."""
        buses = [bus]
        while buses[-1] in self.parent:
            buses.append(self.parent[buses[-1]])
        return buses[::-1]

    @property
    def ends(self) -> set[str]:
        """Buses that no further bus hangs on: the line ends."""
        return set(self.distance_km) - set(self.parent.values())


def _trace(feeder: Feeder) -> Topology:
    edges = [(line.id, line.from_bus, line.to_bus, line.length_km) for line in feeder.lines]
    roots = dict.fromkeys(t.lv_bus for t in feeder.transformers)
    neighbours: dict[str, list[tuple[str, str, float]]] = {}
    for line, one, other, length in edges:
        neighbours.setdefault(one, []).append((other, line, length))
        neighbours.setdefault(other, []).append((one, line, length))
    distance: dict[str, float] = {}
    parent: dict[str, str] = {}
    parent_line: dict[str, str] = {}
    todo = [(0.0, root, "", "") for root in roots]
    while todo:
        km, bus, before, line = heapq.heappop(todo)
        if bus in distance:
            continue
        distance[bus] = km
        if before:
            parent[bus], parent_line[bus] = before, line
        for other, by, length in neighbours.get(bus, ()):
            if other not in distance:
                heapq.heappush(todo, (km + length, other, bus, by))
    used = set(parent_line.values())
    return Topology(distance, parent, parent_line, tuple(edge[0] for edge in edges if edge[0] not in used))


def trace(feeder: Feeder) -> Topology:
    """Return the shortest-path tree of a feeder (Dijkstra over line lengths)."""
    return MEMORY.recall(
        "trees",
        feeder.content_hash,
        lambda: _trace(feeder),
        lambda tree: places_bytes(feeder),
        feeder.feeder_id,
    )
