"""What a voltage's causes suggest: where to act, and whether the supply alone makes the violation."""

from collections.abc import Callable
from dataclasses import dataclass

from simulator.assessment.wording import limit_words
from simulator.grid.schema import Feeder
from simulator.studies.guidance import Facts, Rule
from simulator.studies.why.cause import find_cause, place_changes
from simulator.studies.why.why import Why
from simulator.studies.why.wording import change_words, place_words, supply_words, why_sentence

ACT = "act there first; the page What helps computes what a change brings"


@dataclass(frozen=True)
class Explained:
    """A voltage's causes with its feeder."""

    feeder: Feeder
    why: Why


def place(*, violated: bool) -> Callable[[Explained], Facts]:
    """Return a trigger that fires where lines or the transformer change a voltage most, violated or not."""

    def trigger(explained: Explained) -> Facts:
        parts = explained.why.parts
        if parts is None or explained.why.violated != violated:
            return None
        cause = find_cause(explained.feeder, parts)
        if cause.place not in ("lines", "transformer"):
            return None
        return {
            "verb": "rises" if cause.change_pu > 0 else "falls",
            "place": place_words(explained.feeder, parts, cause.place, cause.elements),
            "why": why_sentence(explained.feeder, explained.why),
        }

    return trigger


def supply(explained: Explained) -> Facts:
    """Fire where the voltage is beyond its limit by no more than the supply is off nominal."""
    why, parts = explained.why, explained.why.parts
    limit = why.tightest.limit
    if parts is None or not why.violated or limit is None or why.tightest.kind == "rise":
        return None
    off, beyond = place_changes(parts)["supply"], parts.voltage_pu - limit
    if off * beyond <= 0 or abs(off) < abs(beyond):
        return None
    return {
        "off": change_words(off),
        "supply": supply_words(explained.feeder, parts),
        "bus": why.bus,
        "beyond": change_words(beyond),
        "limit": limit_words(why.tightest),
    }


WHY_RULES = (
    Rule("place", "danger", "Voltage {verb} most {place}", ACT, "{why}", place(violated=True), ("why",)),
    Rule("place", "info", "Voltage {verb} most {place}", ACT, "{why}", place(violated=False), ("why",)),
    Rule(
        "supply",
        "warning",
        "The supply is off nominal by more than the violation",
        "look at the source's voltage and at the tap first: they move the voltage of every bus",
        "without load the busbar is {off} pu off nominal {supply}, "
        "and {bus} is {beyond} pu beyond its limit of {limit}",
        supply,
        ("why",),
    ),
)
