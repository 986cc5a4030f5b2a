"""What a voltage's causes suggest: where to act, and whether the supply alone makes the violation."""

from collections.abc import Callable
from dataclasses import dataclass

from simulator.assessment.wording import limit_words
from simulator.grid.schema import Feeder
from simulator.studies.guidance import Facts, Rule
from simulator.studies.why.cause import find_cause, place_changes
from simulator.studies.why.ledger import Ledger
from simulator.studies.why.wording import change_words, ledger_sentence, place_words, supply_words

ACT = "act there first; the page What helps computes what a change brings"


@dataclass(frozen=True)
class Explained:
    """A ledger with its feeder."""

    feeder: Feeder
    ledger: Ledger


def place(*, violated: bool) -> Callable[[Explained], Facts]:
    """Return a trigger that fires where lines or the transformer change a voltage most, violated or not."""

    def trigger(why: Explained) -> Facts:
        parts = why.ledger.parts
        if parts is None or why.ledger.violated != violated:
            return None
        cause = find_cause(why.feeder, parts)
        if cause.place not in ("lines", "transformer"):
            return None
        return {
            "verb": "rises" if cause.change_pu > 0 else "falls",
            "place": place_words(why.feeder, parts, cause.place, cause.elements),
            "why": ledger_sentence(why.feeder, why.ledger),
        }

    return trigger


def supply(why: Explained) -> Facts:
    """Fire where the voltage is beyond its limit by no more than the supply is off nominal."""
    ledger, parts = why.ledger, why.ledger.parts
    limit = ledger.tightest.limit
    if parts is None or not ledger.violated or limit is None or ledger.tightest.kind == "rise":
        return None
    off, beyond = place_changes(parts)["supply"], parts.voltage_pu - limit
    if off * beyond <= 0 or abs(off) < abs(beyond):
        return None
    return {
        "off": change_words(off),
        "supply": supply_words(why.feeder, parts),
        "bus": ledger.bus,
        "beyond": change_words(beyond),
        "limit": limit_words(ledger.tightest),
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
