"""What makes most of a voltage's deviation: the supply, the transformer's load or a run of line sections."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.grid.schema import Feeder
from simulator.studies.why.parts import NOMINAL_PU, Parts
from simulator.technologies.registry import words

MAX_OF_CHANGE = 0.6  # of the named change, which the fewest customers must make
WORTH_NAMING = 1 / 3  # of the named change, from which on another place is named beside it

Stage = Literal["lines", "transformer", "supply"]


@dataclass(frozen=True)
class Cause:
    """The place that makes most of a deviation from 1 pu in its own direction, and who makes most of that.

    ``change_pu`` is the net change there: over the run of lines or the transformer in ``elements``, or by
    source and transformer without load. ``customers`` by their ``kind`` make ``share`` of it, a share of 1:
    the fewest that make 60 % of it, or all that add to it where these make less; nobody for the supply.
    ``beside`` holds the other places whose change is worth naming.
    """

    place: Stage
    change_pu: float
    elements: tuple[str, ...]
    kind: str | None
    customers: tuple[str, ...]
    share: float | None
    beside: tuple[tuple[Stage, float], ...]


def find_cause(feeder: Feeder, parts: Parts) -> Cause:
    """Return the cause of a voltage's deviation from nominal."""
    sign = -1.0 if parts.voltage_pu < NOMINAL_PU else 1.0
    changes = place_changes(parts)
    place = max(changes, key=lambda name: sign * changes[name])
    run = parts.lines[parts.run] if place == "lines" else (parts.transformer,)
    made_pu = parts.run_pu if place == "lines" else parts.transformer.shares_pu
    change = sum(line.total_pu for line in run) if place == "lines" else changes[place]
    elements = tuple(section.element for section in run)
    beside = tuple(
        (name, other)
        for name, other in changes.items()
        if name != place and abs(other) >= WORTH_NAMING * abs(change) and other
    )
    if place == "supply" or not change or made_pu is None:
        return Cause(place, change, elements, None, (), None, beside)
    shares = made_pu / change
    kind = int(np.argmax(shares.sum(axis=0)))
    chosen = fewest(shares[:, kind])
    customers = tuple(feeder.customers[i].id for i in chosen)
    share = float(shares[chosen, kind].sum())
    return Cause(place, change, elements, words()[kind], customers, share, beside)


def place_changes(parts: Parts) -> dict[Stage, float]:
    """Return what the lines, the transformer's load and the supply make of the deviation; they sum to it."""
    return {
        "lines": parts.lines_pu,
        "transformer": parts.transformer.by_customers_pu,
        "supply": parts.source_pu - NOMINAL_PU + parts.transformer.no_load_pu,
    }


def fewest(shares: np.ndarray) -> list[int]:
    """Return the fewest positions whose shares of 1 sum to 60 %, or all above 0 where they sum to less."""
    order = np.argsort(-shares, kind="stable")
    count = int(np.searchsorted(np.cumsum(shares[order]), MAX_OF_CHANGE)) + 1
    return sorted(int(i) for i in order[:count] if shares[i] > 0)
