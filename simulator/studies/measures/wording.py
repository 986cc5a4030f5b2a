"""What a measure gains, and why another does not, in words."""

from simulator.assessment.violations import Violation
from simulator.assessment.wording import bound, explain
from simulator.studies.measures.measures import Measure, Measures
from simulator.studies.sweep.hosting_capacity import HostingCapacity, Sweep
from simulator.studies.sweep.levels import MAX_TIMES

THERMAL = ("line", "transformer")


def gain_words(measure: Measure) -> str:
    """Return ``+36 kWp``, ``-3.1 kWp`` or ``no gain``; small gains with a decimal."""
    gain = measure.gain or 0.0
    if not gain or measure.outcome is None:
        return "no gain"
    return f"{gain:+.{1 if abs(gain) < 9.95 else 0}f} {measure.outcome.technology.unit}"


def then_words(capacity: HostingCapacity) -> str:
    """Return what binds next, to go on with after a gain."""
    if capacity.binding:
        return f", then {bound(capacity.binding)}"
    return f", {MAX_TIMES} times the potential, where the search ends"


def result_words(answer: Measures, measure: Measure, outcome: Sweep) -> str:
    """Return ``+36 kWp, then line_11 exceeds 100 % at 12:00``, or ``no gain: bus_27 exceeds ...``."""
    if not outcome.asked:
        return "nothing is violated then" if measure.mends else "limits are still violated"
    capacity, before = answer.capacity(outcome), f"before any {outcome.technology.plural}"
    words = gain_words(measure)
    if (measure.gain or 0) > 0:
        words += then_words(capacity)
    elif capacity.binding:
        words += f": {bound(capacity.binding)}"
    if measure.worsens:
        return f"{words}; worsens what is wrong {before}"
    brings_trouble = outcome.baseline_violation and not answer.base.baseline_violation
    return f"{words} {before}" if brings_trouble else words


def why_not(answer: Measures, measure: Measure) -> str:
    """Return why a measure does not help, in words that begin with it."""
    outcome = measure.outcome
    if outcome is None:
        return f"{measure.phrase}: {measure.change}"
    first, before = outcome.capacity.binding, f"before any {outcome.technology.plural}"
    if measure.worsens and first:
        return f"{measure.phrase} worsens what is wrong {before}: {explain(first)}"
    if outcome.baseline_violation and first and not answer.base.baseline_violation:
        return f"{measure.phrase} brings trouble {before}: {explain(first)}"
    binding = answer.capacity(outcome).binding
    words = f"{measure.phrase} brings {gain_words(measure)}"
    if binding is None:
        return f"{words}, since nothing that {outcome.technology.does('cause')} binds"
    return f"{words}: {bound(binding)}{_cause(measure, binding)}"


def _cause(measure: Measure, binding: Violation) -> str:
    """Return the physics behind it, where it is known."""
    if measure.idle:
        return ", when the batteries charge nothing"
    if measure.key == "absorbing" and binding.kind in THERMAL:
        return ", since reactive power takes current too"
    if measure.key == "tap" and binding.kind in THERMAL:
        return ", since the same power at a lower voltage takes more current"
    if measure.key == "tap" and binding.kind == "rise":
        return ", since a tap lowers the voltage with generation on and off alike"
    return ""
