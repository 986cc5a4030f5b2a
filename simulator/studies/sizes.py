"""How many power flows a question asks for at most, and how long this machine takes for each of them.

The counts are bounds that hold before any work; the tests count what each study really solves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from simulator.grid.clock import STEPS_PER_DAY
from simulator.grid.limits import Limits
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder

LEVEL_FLOWS = 65  # of a sweep at one quarter-hour: 51 levels, a bisection, and the state without generation
SETS = 2.0  # times as many for every limit set: the levels are shared, the bisections are not
MEASURES = 5  # sweeps
# Of one room: a bisection, and the other quarter-hours held against it.
ROOM_FLOWS, ROOM_FLOWS_A_STEP = 30, 1.3

Kind = Literal["case", "addition"]


@dataclass(frozen=True)
class Size:
    """At most so many power flows, told in words; ``kind`` is what they solve.

    Where one field alone makes a question larger, ``field`` names it, ``count`` is what it holds, and
    ``apart`` are the flows that do not depend on it.
    """

    flows: int
    words: str
    kind: Kind = "case"
    field: str = ""
    count: int = 0
    apart: int = 0

    def count_within(self, flows: float) -> int:
        """Return the largest count that asks for so many power flows at most; 0 where there is none."""
        each = (self.flows - self.apart) / max(self.count, 1)
        return max(int((flows - self.apart) / each), 0) if self.count else 0


def day_size(feeder: Feeder, profiles: Profiles, **asked: Any) -> Size:
    """Return the size of a day's question: with and without generation, and a bus looked at."""
    return Size(3 * STEPS_PER_DAY, "a day")


def sweep_size(feeder: Feeder, profiles: Profiles, *, hours: Sequence[int], **asked: Any) -> Size:
    """Return the size of a sweep's question."""
    return _of_hours(hours, LEVEL_FLOWS)


def standards_size(feeder: Feeder, profiles: Profiles, *, hours: Sequence[int], **asked: Any) -> Size:
    """Return the size of a question under every limit set."""
    return _of_hours(hours, int(SETS * LEVEL_FLOWS))


def measures_size(feeder: Feeder, profiles: Profiles, *, hours: Sequence[int], **asked: Any) -> Size:
    """Return the size of a question of what helps: a sweep for each measure."""
    return _of_hours(hours, MEASURES * LEVEL_FLOWS)


def nodes_size(feeder: Feeder, profiles: Profiles, *, when: str, limits: Limits, **asked: Any) -> Size:
    """Return the size of a question of places: a room for a plant and one for a load at every bus."""
    steps = STEPS_PER_DAY if when == "day" else 1
    states = 1 if limits.rise_max is None else 2
    flows = 2 * len(feeder.buses) * states * int(ROOM_FLOWS + ROOM_FLOWS_A_STEP * steps)
    words = f"2 rooms at {len(feeder.buses):,} buses, each held against {_quarter_hours(steps)},"
    return Size(flows, words, "addition")


def _of_hours(hours: Sequence[int], flows: int) -> Size:
    steps = len(set(hours))
    return Size(flows * steps, f"{flows} states at {_quarter_hours(steps)}")


def _quarter_hours(steps: int) -> str:
    return "1 quarter-hour" if steps == 1 else f"{steps} quarter-hours"
