"""Lanes of the single-line tree: each chain of buses gets one, as near to its branching as it fits."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count

from simulator.grid.topology import Topology

LABEL_ROOM = 34.0  # behind a lane's last bus, before the next lateral may begin
JOINT_ROOM = 8.0  # before an upright


@dataclass
class _Block:
    """A chain of buses, all that hangs on it and the stretches of lanes these occupy; its own lane is 0."""

    buses: list[str]
    laterals: dict[str, int] = field(default_factory=dict)
    taken: dict[int, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    def fits(self, other: "_Block", lane: int) -> bool:
        """Tell whether ``other`` has room when its own lane is ``lane`` of this block."""
        return not any(
            start < taken_end and taken_start < end
            for level, stretches in other.taken.items()
            for taken_start, taken_end in self.taken.get(level + lane, ())
            for start, end in stretches
        )

    def hang(self, other: "_Block", lane: int, tap_x: float) -> None:
        """Hang a lateral and its joint into this block."""
        self.laterals[other.buses[0]] = lane
        for level, stretches in other.taken.items():
            self.taken[level + lane] += stretches
        for level in range(min(1, lane + 1), max(0, lane)):
            if level:
                self.taken[level].append((tap_x - JOINT_ROOM, tap_x))

    def height_with(self, other: "_Block", lane: int) -> int:
        """Return how many lanes this block would span with ``other`` at ``lane``."""
        levels = [*self.taken, *(level + lane for level in other.taken)]
        return max(levels) - min(levels)


def pack_lanes(chains: dict[str, list[str]], topology: Topology, x: dict[str, float]) -> dict[str, int]:
    """Return each bus's lane, counted downwards from its transformer's.

    ``x`` is every bus's place along the lanes, in picture units, as ``LABEL_ROOM`` is.
    """
    blocks: dict[str, _Block] = {}
    hanging: dict[str, list[_Block]] = defaultdict(list)
    for head in reversed(chains):  # outermost first: what hangs on a chain begins further out than the chain
        block = blocks[head] = _Block(chains[head])
        tap = topology.parent.get(head)
        block.taken[0] = [(x[tap or head], x[block.buses[-1]] + LABEL_ROOM)]
        for bus in reversed(block.buses):
            for lateral in sorted(hanging[bus], key=lambda b: -x[b.buses[-1]]):
                block.hang(lateral, _nearest_lane(block, lateral), x[bus])
        if tap is not None:
            hanging[tap].append(block)
    lanes: dict[str, int] = {}
    for head, block in reversed(blocks.items()):
        tap = topology.parent.get(head)
        base = 0 if tap is None else lanes[head]
        lanes.update(dict.fromkeys(block.buses, base))
        lanes.update({lateral: base + lane for lateral, lane in block.laterals.items()})
    return lanes


def _nearest_lane(block: _Block, lateral: _Block) -> int:
    """Return the nearest lane with room, on the side that makes the block lower; if equal, the emptier."""
    below = next(lane for lane in count(1) if block.fits(lateral, lane))
    above = next(lane for lane in count(-1, -1) if block.fits(lateral, lane))
    balance = sum(1 if lane > 0 else -1 for lane in block.laterals.values())
    return min(
        (below, above),
        key=lambda lane: (block.height_with(lateral, lane), abs(lane), balance * lane > 0, -lane),
    )


def chain_buses(topology: Topology) -> dict[str, list[str]]:
    """Return the level runs of buses by their first bus: at each bus the run follows its furthest end."""
    outwards = sorted(topology.distance_km, key=topology.distance_km.__getitem__)
    reach = dict(topology.distance_km)
    follower: dict[str, str] = {}
    for bus in reversed(outwards):
        before = topology.parent.get(bus)
        if before is not None and (before not in follower or reach[bus] > reach[before]):
            reach[before], follower[before] = reach[bus], bus
    followers = set(follower.values())
    chains = {}
    for head in (bus for bus in outwards if bus not in followers):
        chains[head] = [head]
        while chains[head][-1] in follower:
            chains[head].append(follower[chains[head][-1]])
    return chains
