"""A voltage's causes in words: the same sentence on a page, in a report, in guidance and in a terminal."""

from collections.abc import Iterator, Sequence
from re import fullmatch

from simulator.assessment.wording import NO_SOLUTION, percent, sided
from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.studies.why.cause import Cause, Stage, find_cause
from simulator.studies.why.parts import NOMINAL_PU, Parts
from simulator.studies.why.why import Why
from simulator.technologies.registry import TECHNOLOGIES

MAX_RANGES = 5  # of customers, beyond which they are counted instead
MAIN = 0.8  # of the supply's change, from which on source or transformer alone is named

MINUS = "\N{MINUS SIGN}"
KIND_NAMES = {each.word: f"the {each.plural}" for each in TECHNOLOGIES.values()}


def why_sentence(feeder: Feeder, why: Why) -> str:
    """Say what makes most of a voltage's deviation and who makes most of that, without a full stop.

    ``bus_27 at 12:00 is 1.071 pu: +0.031 from line_14 to line_19, of which 62 % by the PV of customers 21
    to 27``. Percentages refer to the net change named before them.
    """
    when = time_of(why.step)
    if why.parts is None:
        return f"{why.place or feeder.feeder_id} at {when} has {NO_SOLUTION}"
    limits = why.limits
    voltage = sided(why.parts.voltage_pu, (limits.vm_min_pu, limits.vm_max_pu), 3)
    cause = find_cause(feeder, why.parts)
    where = place_words(feeder, why.parts, cause.place, cause.elements)
    parts = [f"{change_words(cause.change_pu)} {where}", _who(feeder, cause)]
    for place, change in cause.beside:
        joint = "besides" if change * cause.change_pu > 0 else "against"
        parts.append(f"{joint} {change_words(change)} {place_words(feeder, why.parts, place)}")
    return f"{why.place} at {when} is {voltage} pu: {', '.join(filter(None, parts))}"


def change_words(change_pu: float, places: int | None = None) -> str:
    """Return a change of voltage with its sign: ``+0.031``; small ones with more decimals, unless told."""
    if places is not None:
        return f"{change_pu:+z.{places}f}".replace("-", MINUS)
    return f"{MINUS if change_pu < 0 else '+'}{sided(abs(change_pu), (0.0,), 3)}"


def place_words(feeder: Feeder, parts: Parts, place: Stage, lines: Sequence[str] = ()) -> str:
    """Return ``from line_14 to line_19``, ``over trafo_0`` or ``by the tap of trafo_0``."""
    if place == "transformer":
        return f"over {parts.transformer.element}"
    if place == "supply":
        return supply_words(feeder, parts)
    if not lines:
        return "over the lines"
    return f"from {lines[0]} to {lines[-1]}" if len(lines) > 1 else f"over {lines[0]}"


def supply_words(feeder: Feeder, parts: Parts) -> str:
    """Return which of source and transformer makes the voltage that there is without load."""
    source, transformer = parts.source_pu - NOMINAL_PU, parts.transformer.no_load_pu
    total, name = source + transformer, parts.transformer.element
    tapped = any(
        t.tap and t.tap.pos != t.tap.neutral and t.lv_bus == parts.transformer.to_bus
        for t in feeder.transformers
    )
    of_transformer = f"the tap of {name}" if tapped else f"{name} without load"
    if source * total >= MAIN * total * total:
        return "by the source"
    if transformer * total >= MAIN * total * total:
        return f"by {of_transformer}"
    return f"by the source and {of_transformer}"


def _who(feeder: Feeder, cause: Cause) -> str:
    if not cause.customers or cause.kind is None or cause.share is None:
        return ""
    more = f" (all else {'lowers' if cause.change_pu > 0 else 'raises'} it)" * (cause.share > 1)
    customers = customers_words(feeder, cause.customers)
    return f"of which {percent(cause.share)} by {KIND_NAMES[cause.kind]} of {customers}{more}"


def customers_words(feeder: Feeder, customers: Sequence[str]) -> str:
    """Return customers, in the feeder's order, as ranges: ``customers 3, 7 to 9 and 12``.

    Many that stand apart are counted: ``7 of the customers 12 to 29`` or ``16 of 29 customers``.
    """
    everyone = [customer.id for customer in feeder.customers]
    if len(customers) == 1:
        return customers[0] if customers[0].startswith("customer") else f"customer {customers[0]}"
    if len(customers) == len(everyone):
        return f"all {len(everyone)} customers"
    runs = list(_runs(everyone, customers))
    first, last = everyone.index(customers[0]), everyone.index(customers[-1])
    if len(runs) > MAX_RANGES:
        span = list(_runs(everyone, everyone[first : last + 1]))
        if len(span) == 1 and len(span[0]) <= len(everyone) / 2:
            return f"{len(customers)} of the customers {_short(span[0][0])} to {_short(span[0][-1])}"
        return f"{len(customers)} of {len(everyone)} customers"
    said = [word for run in runs for word in _run_words(run)]
    return f"customers {_joined(said)}"


def _runs(everyone: Sequence[str], chosen: Sequence[str]) -> Iterator[list[str]]:
    """Yield the chosen in runs that follow on one another in the feeder, numbered upwards under one name."""
    run: list[str] = []
    for customer in (name for name in everyone if name in set(chosen)):
        if run and everyone.index(customer) == everyone.index(run[-1]) + 1 and _follows(run[-1], customer):
            run.append(customer)
            continue
        if run:
            yield run
        run = [customer]
    if run:
        yield run


def _follows(before: str, after: str) -> bool:
    one, other = _numbered(before), _numbered(after)
    return bool(one and other and one[0] == other[0] and one[1] < other[1])


def _numbered(customer: str) -> tuple[str, int] | None:
    match = fullmatch(r"(.*?)(\d+)", customer)
    return (match[1], int(match[2])) if match else None


def _run_words(run: Sequence[str]) -> list[str]:
    names = [_short(customer) for customer in run]
    return names if len(names) < 3 else [f"{names[0]} to {names[-1]}"]


def _short(customer: str) -> str:
    """Return 27 for customer_27, since the word stands before it; other ids as they are."""
    return customer.removeprefix("customer_") or customer


def _joined(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
