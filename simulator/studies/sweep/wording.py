"""Hosting capacities in words: in percent of the potential and in size, within it and beyond."""

from math import floor

from simulator.assessment.wording import KIND_WORDS, bound, percent
from simulator.grid.clock import STEPS_PER_DAY, time_of
from simulator.studies.sweep.hosting_capacity import HostingCapacity
from simulator.studies.sweep.levels import MAX_TIMES
from simulator.technologies.technology import Technology

COUNTED = "counting only what PV causes or worsens"
ALONE = f"C{COUNTED[1:]}"  # at the beginning of a sentence
JUST_ABOVE = 1.01  # times the potential: below, "1.0 times that" would tell nothing


def unasked(technology: Technology) -> str:
    """Return why no capacity is told."""
    return f"no {technology.potential} {technology.none}, so no capacity was computed"


def size_words(capacity: HostingCapacity) -> str:
    """Return ``454 kWp``, with a decimal below 10."""
    return capacity.technology.amount(capacity.installed)


def times_potential(capacity: HostingCapacity) -> str:
    """Return ``2.3 times``, rounded down: no word promises more than there is."""
    digits = 2 if capacity.adoption < 2 else 1
    lower = floor(capacity.adoption * 10**digits + 1e-6) / 10**digits
    return f"{lower:g} times"


def amount(capacity: HostingCapacity) -> str:
    """Return ``45.4 % PV (454 kWp)``."""
    return f"{percent(capacity.adoption, 1)} {capacity.technology.plural} ({size_words(capacity)})"


def bar_amount(capacity: HostingCapacity) -> str:
    """Return ``45.4 % = 454 kWp``, to stand beside a bar."""
    return f"{percent(capacity.adoption, 1)} = {size_words(capacity)}"


def hosted_words(capacity: HostingCapacity, when: str = "") -> str:
    """Return what a feeder hosts and what binds then, to follow upon "hosts".

    ``when`` is told behind the first amount: ``over the whole day``.
    """
    told = f" {when}" if when else ""
    binding = capacity.binding
    then = f"{bound(binding)} ({KIND_WORDS[binding.kind]})" if binding else ""
    if not capacity.all_of_it:
        return f"{amount(capacity)}{told}; above that {then}"
    within = f"all of its {capacity.technology.potential} ({size_words(capacity.within_potential)}){told}"
    if binding and capacity.adoption < JUST_ABOVE:
        return f"{within}; just above that {then}"
    more = f"{within}, and up to {times_potential(capacity)} that ({size_words(capacity)})"
    return f"{more}; then {then}" if then else f"{more}: nothing binds up to there"


def balanced_words(capacity: HostingCapacity, balanced: HostingCapacity | None) -> str:
    """Return what would be promised with all customers balanced, as a sentence; nothing if none is told."""
    if balanced is None:
        return ""
    times = f", {balanced.installed / capacity.installed:.2f} times as much" if capacity.installed else ""
    return f" With all customers balanced it would be {amount(balanced)}{times}."


def beyond_words(capacity: HostingCapacity) -> str:
    """Return ``2.3 times the potential``; nothing within it."""
    if not capacity.all_of_it or (capacity.binding and capacity.adoption < JUST_ABOVE):
        return ""
    end = ", where the search ends" if capacity.binding is None else ""
    return f"{times_potential(capacity)} the potential{end}"


def binding_clause(capacity: HostingCapacity) -> str:
    """Return ``above that bus_27 exceeds 1.06 pu at 12:00``, or that nothing binds."""
    if capacity.binding is None:
        return f"nothing binds up to {MAX_TIMES} times the potential"
    return f"above that {bound(capacity.binding)}"


def times_words(steps: tuple[int, ...]) -> str:
    """Return quarter-hours as ``07:00, 12:00 and 18:30``; a count where there are many."""
    if len(steps) == STEPS_PER_DAY:
        return f"all {STEPS_PER_DAY} quarter-hours of the day"
    if len(steps) > 6:
        return f"{len(steps)} quarter-hours from {time_of(steps[0])} to {time_of(steps[-1])}"
    *first, last = map(time_of, steps)
    return f"{', '.join(first)} and {last}" if first else last


def over_words(steps: tuple[int, ...]) -> str:
    """Return ``over the whole day`` or ``at 07:00 and 12:00``: which quarter-hours an answer covers."""
    return "over the whole day" if len(steps) == STEPS_PER_DAY else f"at {times_words(steps)}"
