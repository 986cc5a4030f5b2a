"""The single-line tree: where each bus stands, so that a feeder reads from left to right.

x is the distance from the transformer, to scale. Every line runs level in a lane: the longest path in its
transformer's own lane, each lateral in another, as near as it fits. A lateral leaves its bus by an upright
joint, which is that bus drawn tall. No two lines cross: taps further out are served first and nothing of
theirs reaches back to a tap further in, so its joint always has a free way.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from simulator.drawing.lanes import chain_buses, pack_lanes
from simulator.grid.memory import MEMORY
from simulator.grid.schema import Feeder
from simulator.grid.topology import Topology, trace
from simulator.grid.weights import places_bytes

LANE_HEIGHT = 42.0
TRANSFORMER_HEIGHT = 98.0
WIDTH_PER_BUS, MIN_WIDTH, MAX_WIDTH = 27.0, 700.0, 3200.0


@dataclass(frozen=True)
class Joint:
    """A bus drawn tall: the upright from ``top`` to ``bottom`` that its laterals leave from."""

    bus: str
    x: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Layout:
    """Positions in picture units, by id: ``x`` rightwards from the busbars, ``y`` downwards from the top.

    ``edges`` are the lines of the tree as (line, x of its near end, x of its far end, y); ``loops`` the lines
    that close meshes; ``joints`` the tall buses, busbars among them; ``transformers`` the y of each symbol.
    """

    x: dict[str, float]
    y: dict[str, float]
    edges: tuple[tuple[str, float, float, float], ...]
    loops: tuple[str, ...]
    joints: tuple[Joint, ...]
    transformers: dict[str, float]
    width: float
    height: float
    units_per_km: float
    longest_km: float


def lay_out(feeder: Feeder) -> Layout:
    """Return where everything of a feeder stands; equal feeders share one layout."""
    return MEMORY.recall(
        "layouts",
        feeder.content_hash,
        lambda: _lay_out(feeder),
        lambda layout: places_bytes(feeder),
        feeder.feeder_id,
    )


def _lay_out(feeder: Feeder) -> Layout:
    topology = trace(feeder)
    chains = chain_buses(topology)
    longest_km = max(topology.distance_km.values())
    width = min(max(WIDTH_PER_BUS * max(map(len, chains.values())), MIN_WIDTH), MAX_WIDTH)
    units_per_km = width / longest_km if longest_km else 0.0
    x = {bus: km * units_per_km for bus, km in topology.distance_km.items()}
    lanes = pack_lanes(chains, topology, x)
    transformers, y, height = _stack(feeder, topology, lanes)
    return Layout(
        x=x,
        y=y,
        edges=tuple(
            (line, x[topology.parent[bus]], x[bus], y[bus]) for bus, line in topology.parent_line.items()
        ),
        loops=topology.loop_lines,
        joints=_joints(feeder, topology, x, y, transformers),
        transformers=transformers,
        width=width,
        height=height,
        units_per_km=units_per_km,
        longest_km=longest_km,
    )


def _stack(
    feeder: Feeder, topology: Topology, lanes: dict[str, int]
) -> tuple[dict[str, float], dict[str, float], float]:
    """Return the y of every transformer and bus, trees one below the other, and the height of all."""
    roots = list(dict.fromkeys(t.lv_bus for t in feeder.transformers))
    root_of: dict[str, str] = {}
    for bus in topology.distance_km:  # in order of distance: a bus's parent comes before it
        root_of[bus] = root_of.get(topology.parent.get(bus, ""), bus)
    transformers: dict[str, float] = {}
    y: dict[str, float] = {}
    top = 0.0
    for root in roots:
        buses = [bus for bus in lanes if root_of[bus] == root]
        own = [t.id for t in feeder.transformers if t.lv_bus == root]
        half = (len(own) - 1) / 2 * TRANSFORMER_HEIGHT
        centre = top + max(half, -min(lanes[bus] for bus in buses) * LANE_HEIGHT)
        y |= {bus: centre + lanes[bus] * LANE_HEIGHT for bus in buses}
        transformers |= {name: centre - half + number * TRANSFORMER_HEIGHT for number, name in enumerate(own)}
        bottom = max(centre + half, *(y[bus] for bus in buses))
        top = max(bottom + LANE_HEIGHT, centre + half + TRANSFORMER_HEIGHT)
    return transformers, y, bottom


def _joints(
    feeder: Feeder,
    topology: Topology,
    x: dict[str, float],
    y: dict[str, float],
    transformers: dict[str, float],
) -> tuple[Joint, ...]:
    """Return the uprights: where lines leave a bus at other levels, and the busbars of the transformers."""
    ends: dict[str, list[float]] = defaultdict(list)
    for bus, before in topology.parent.items():
        ends[before].append(y[bus])
    for transformer in feeder.transformers:
        ends[transformer.lv_bus].append(transformers[transformer.id])
    return tuple(_upright(ends, x, y, {t.lv_bus for t in feeder.transformers}))


def _upright(
    ends: dict[str, list[float]], x: dict[str, float], y: dict[str, float], busbars: set[str]
) -> Iterator[Joint]:
    for bus, levels in ends.items():
        top, bottom = min(*levels, y[bus]), max(*levels, y[bus])
        if bottom > top or bus in busbars:
            yield Joint(bus, x[bus], top, bottom)
