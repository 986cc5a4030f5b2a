"""What the measures come to: the best one, those that do not help and why, and those that cannot be done."""

from simulator.assessment.violations import Violation
from simulator.assessment.wording import bound, explain
from simulator.grid.clock import STEPS_PER_DAY
from simulator.studies.guidance import Finding
from simulator.studies.measures.measures import Measure, Measures
from simulator.studies.measures.rungs import ABSORBING
from simulator.studies.sweep.guidance import no_potential
from simulator.studies.sweep.hosting_capacity import HostingCapacity, Sweep
from simulator.studies.sweep.levels import MOST_TIMES
from simulator.studies.sweep.wording import amount

ADVICE = {
    "tap": "move every tap one step, {change}{check}",
    "absorbing": f"ask for inverters that absorb at power factor {ABSORBING} and are rated for it, "
    f"S = P / {ABSORBING}, so that no power is curtailed",
    "cable": "replace the section that adds most to what binds, {change}",
    "batteries": "have storage installed with the PV, {change}",
}
THERMAL = ("line", "transformer")


def measures_findings(answer: Measures) -> tuple[Finding, ...]:
    """Return the findings, none where nothing binds."""
    if not answer.base.asked:
        return (no_potential(answer.base.technology), *_mending(answer))
    done = [measure for measure in answer.measures if measure.outcome]
    idle = [measure for measure in done if not measure.helps]
    undone = [measure for measure in answer.measures if not measure.outcome]
    found = [_best(answer)] if answer.measures else []
    if answer.best and idle:
        found.append(_no_help(answer, idle))
    if undone:
        reason = "; ".join(f"{measure.phrase}: {measure.change}" for measure in undone)
        advice = "leave these out, there is no such change to make"
        found.append(Finding("not_possible", "info", "What cannot be done here", advice, reason))
    return tuple(found)


def _mending(answer: Measures) -> list[Finding]:
    """Say what ends what is violated as it is, where there is nothing to gain."""
    done = [measure for measure in answer.measures if measure.outcome]
    if not done:
        return []
    ends = [measure.phrase for measure in done if measure.mends]
    rest = [measure.phrase for measure in done if not measure.mends]
    reason = "; ".join(
        f"{words} {', '.join(phrases)}"
        for words, phrases in (("nothing is violated with", ends), ("limits are still violated with", rest))
        if phrases
    )
    title = "What ends what is violated" if ends else "None of these measures ends what is violated"
    advice = "weigh these" if ends else "what else may be done is not computed"
    return [Finding("mends", "info", title, advice, reason)]


def _best(answer: Measures) -> Finding:
    best = answer.best
    if best is None:
        why = "; ".join(_why_not(answer, measure) for measure in answer.measures if measure.outcome)
        advice = "these four are all that is tried here; what else may be done is not computed"
        return Finding(
            "no_measure", "warning", "None of these measures helps", advice, why or "none is possible"
        )
    kind = (
        f"what {answer.base.technology.plural} alone allows" if answer.caused_only else "the hosting capacity"
    )
    reason = f"{kind} changes by {gain_words(best)}{_to_words(answer, best)}"
    whole = len(answer.base.hours) == STEPS_PER_DAY
    check = "" if whole else ", and check the other quarter-hours as well"
    advice = ADVICE[best.key].format(change=best.change, check=check)
    return Finding(f"measure_{best.key}", "good", f"{best.title} helps most", advice, reason)


def _to_words(answer: Measures, measure: Measure) -> str:
    if measure.outcome is None:
        return ""
    capacity = answer.capacity(measure.outcome)
    return f" to {amount(capacity)}{then_words(capacity)}"


def _no_help(answer: Measures, idle: list[Measure]) -> Finding:
    reason = "; ".join(_why_not(answer, measure) for measure in idle)
    return Finding("no_help", "info", "What does not help", "expect no more room from these", reason)


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
    return f", {MOST_TIMES} times the potential, where the search ends"


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


def _why_not(answer: Measures, measure: Measure) -> str:
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
