"""What a voltage's causes suggest, each with its reason in numbers."""

from simulator.grid.schema import Feeder
from simulator.studies.cause import Cause, find_cause, place_changes
from simulator.studies.guidance import Finding, Severity
from simulator.studies.ledger import Ledger, Parts
from simulator.studies.ledger_wording import change_words, ledger_sentence, place_words, supply_words
from simulator.studies.wording import limit_words

ADVICE = {
    ("lines", True): "strengthen these lines, or let PV behind them store, hold back or absorb reactive power",
    ("lines", False): "strengthen these lines, or move load behind them to another hour or another feeder",
    ("transformer", True): "fit a larger transformer, or store PV where it is made",
    ("transformer", False): "fit a larger transformer, or move load to another hour or another feeder",
}


def ledger_findings(feeder: Feeder, ledger: Ledger) -> tuple[Finding, ...]:
    """Return where to act on the voltage, and whether the supply alone takes it beyond its limit."""
    if ledger.parts is None:
        return ()
    cause = find_cause(feeder, ledger.parts)
    found = [_place(feeder, ledger, ledger.parts, cause), _supply(feeder, ledger, ledger.parts)]
    return tuple(finding for finding in found if finding)


def _place(feeder: Feeder, ledger: Ledger, parts: Parts, cause: Cause) -> Finding | None:
    advice = ADVICE.get((cause.place, cause.change_pu > 0))
    if advice is None:
        return None
    severity: Severity = "danger" if ledger.violated else "info"
    place = place_words(feeder, parts, cause.place, cause.elements)
    verb = "rises" if cause.change_pu > 0 else "falls"
    return Finding("place", severity, f"Voltage {verb} most {place}", advice, ledger_sentence(feeder, ledger))


def _supply(feeder: Feeder, ledger: Ledger, parts: Parts) -> Finding | None:
    """Fire where the voltage is beyond its limit by less than what the supply adds."""
    value, limit = parts.voltage_pu, ledger.tightest.limit
    if not ledger.violated or limit is None or ledger.tightest.kind == "rise":
        return None
    supply = place_changes(parts)["supply"]
    beyond = value - limit
    if supply * beyond <= 0 or abs(supply) < abs(beyond):
        return None
    side = "above" if supply > 0 else "below"
    return Finding(
        "supply",
        "warning",
        f"The supply alone is {side} nominal",
        f"try another tap, which moves the voltage of every bus: see that none leaves its limits at the "
        f"other {'end' if supply > 0 else 'peak'} of the day",
        f"without load the transformer's busbar has {change_words(supply)} pu {supply_words(feeder, parts)}, "
        f"more than the {abs(beyond):.3f} pu by which {ledger.bus} is beyond {limit_words(ledger.tightest)}",
    )


