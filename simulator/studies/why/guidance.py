"""What a voltage's causes suggest, each with its reason in numbers."""

from simulator.assessment.wording import limit_words
from simulator.grid.schema import Feeder
from simulator.studies.guidance import Finding, Severity
from simulator.studies.why.cause import Cause, find_cause, place_changes
from simulator.studies.why.ledger import Ledger
from simulator.studies.why.parts import Parts
from simulator.studies.why.wording import change_words, ledger_sentence, place_words, supply_words

ACT = "act there first; the page What helps computes what a change brings"


def ledger_findings(feeder: Feeder, ledger: Ledger) -> tuple[Finding, ...]:
    """Return where to act on the voltage, and whether it would be within its limit but for the supply."""
    if ledger.parts is None:
        return ()
    cause = find_cause(feeder, ledger.parts)
    found = [_place(feeder, ledger, ledger.parts, cause), _supply(feeder, ledger, ledger.parts)]
    return tuple(finding for finding in found if finding)


def _place(feeder: Feeder, ledger: Ledger, parts: Parts, cause: Cause) -> Finding | None:
    if cause.place not in ("lines", "transformer"):
        return None
    severity: Severity = "danger" if ledger.violated else "info"
    place = place_words(feeder, parts, cause.place, cause.elements)
    verb = "rises" if cause.change_pu > 0 else "falls"
    return Finding("place", severity, f"Voltage {verb} most {place}", ACT, ledger_sentence(feeder, ledger))


def _supply(feeder: Feeder, ledger: Ledger, parts: Parts) -> Finding | None:
    """Fire where the voltage is beyond its limit by no more than the supply is off nominal."""
    limit, supply = ledger.tightest.limit, place_changes(parts)["supply"]
    if not ledger.violated or limit is None or ledger.tightest.kind == "rise":
        return None
    beyond = parts.voltage_pu - limit
    if supply * beyond <= 0 or abs(supply) < abs(beyond):
        return None
    reason = (
        f"without load the busbar is {change_words(supply)} pu off nominal {supply_words(feeder, parts)}, "
        f"and {ledger.bus} is {change_words(beyond)} pu beyond its limit of {limit_words(ledger.tightest)}"
    )
    advice = "look at the source's voltage and at the tap first: they move the voltage of every bus"
    title = "The supply is off nominal by more than the violation"
    return Finding("supply", "warning", title, advice, reason)
