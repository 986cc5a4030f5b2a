"""Violations in words: the same sentence on a page, in a report, in guidance and in a terminal."""

from math import floor

from simulator.assessment.violations import Violation
from simulator.grid.clock import time_of
from simulator.grid.limits import edge_words, exact_percent

KIND_WORDS = {
    "undervoltage": "undervoltage",
    "overvoltage": "overvoltage",
    "rise": "voltage rise",
    "line": "line overload",
    "transformer": "transformer overload",
    "no_solution": "no solution",
}
NO_SOLUTION = "no solution: the feeder cannot carry this"
NOT_RATED = "not rated"  # a transformer that stands where a file has none


def percent(share: float, digits: int = 0) -> str:
    """Return a share of 1 as ``60 %``."""
    return f"{share * 100:.{digits}f} %"


def lowered(words: str) -> str:
    """Return words as they stand within a sentence; ``PV`` keeps its letters."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def rounded_down(value: float) -> str:
    """Return a number with one decimal, rounded down: no word promises more than there is."""
    return f"{floor(value * 10 + 1e-6) / 10:.1f}"


def sided(value: float, edges: tuple[float, ...], places: int) -> str:
    """Return a number with as few decimals, from ``places`` on, as leave it on its side of every edge."""
    for digits in range(places, 9):
        shown = round(value, digits)
        if all((shown > edge, shown < edge) == (value > edge, value < edge) for edge in edges):
            return f"{value:.{digits}f}"
    return repr(value)


def value_words(violation: Violation) -> str:
    """Return what was found, never rounded onto its limit: ``1.071 pu``, ``+3.4 %`` or ``112.3 %``."""
    if violation.value is None or violation.limit is None:
        return NO_SOLUTION
    if violation.kind in ("undervoltage", "overvoltage"):
        return f"{sided(violation.value, (violation.limit,), 3)} pu"
    sign = "+" if violation.kind == "rise" else ""
    return f"{sign}{sided(violation.value * 100, (violation.limit * 100,), 1)} %"


def limit_words(violation: Violation) -> str:
    """Return the limit that applies: ``1.06 pu``, ``3 %`` or ``100 %``."""
    if violation.limit is None:
        return ""
    if violation.kind in ("undervoltage", "overvoltage"):
        return f"{edge_words(violation.limit)} pu"
    return exact_percent(violation.limit)


def describe(violation: Violation) -> str:
    """Return ``bus_27 at 1.071 pu``: the element and what was found there."""
    if violation.value is None:
        return NO_SOLUTION
    return f"{violation.place} at {value_words(violation)}"


def explain(violation: Violation) -> str:
    """Return ``bus_27 reaches 1.071 pu at 12:00, limit 1.06 pu``."""
    when = time_of(violation.step)
    if violation.value is None:
        return f"{NO_SOLUTION} at {when}"
    verb = {"undervoltage": "falls to", "rise": "rises by"}.get(violation.kind, "reaches")
    return f"{violation.place} {verb} {value_words(violation)} at {when}, limit {limit_words(violation)}"


def bound(violation: Violation) -> str:
    """Return ``bus_27 exceeds 1.06 pu at 12:00``: the limit that binds, not the value just beyond it."""
    when = time_of(violation.step)
    if violation.value is None:
        return f"there is {NO_SOLUTION} at {when}"
    verb = {"undervoltage": "falls below", "rise": "rises by more than"}.get(violation.kind, "exceeds")
    return f"{violation.place} {verb} {limit_words(violation)} at {when}"
