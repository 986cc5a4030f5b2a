"""What the choice of limits comes to."""

from simulator.assessment.wording import bound, explain
from simulator.grid.limits import Limits
from simulator.studies.guidance import Facts, Rule
from simulator.studies.standards.standards import Standards
from simulator.studies.sweep.hosting_capacity import Sweep
from simulator.studies.sweep.wording import amount


def trouble(standards: Standards) -> Facts:
    """Fire where limits of some set are violated before anything is adopted."""
    violated = [sweep for sweep in standards.sweeps if sweep.baseline_violation]
    if not violated or violated[0].capacity.binding is None:
        return None
    technology = violated[0].technology
    return {
        "plural": technology.plural,
        "alone": technology.does("alone cause", "worsen"),
        "worst": f"by {name_of(violated[0].limits)} {explain(violated[0].capacity.binding)}",
        "count": len(violated),
        "of": len(standards.sweeps),
    }


def one_capacity(standards: Standards) -> Facts:
    """Fire where the same binds under every set."""
    high = standards.highest[0]
    if not _bound(standards) or standards.lowest[0].capacity.adoption != high.capacity.adoption:
        return None
    if high.capacity.binding is None or high.baseline_violation:
        return None
    return {"bound": bound(high.capacity.binding), "amount": amount(high.capacity)}


def limits_decide(standards: Standards) -> Facts:
    """Fire where one set allows more than another."""
    low, high = standards.lowest[0], standards.highest[0]
    if not _bound(standards) or low.capacity.adoption == high.capacity.adoption:
        return None
    return {
        "low": name_of(low.limits),
        "least": amount(low.capacity),
        "high": name_of(high.limits),
        "most": amount(high.capacity),
    }


def _bound(standards: Standards) -> bool:
    """Tell whether a potential was asked about that not every set allows."""
    return standards.asked and not standards.lowest[0].capacity.all_of_it


def name_of(limits: Limits) -> str:
    """Return what a limit set is called in a sentence."""
    return "own limits" if limits.name == "own" else limits.title


def names_of(sweeps: tuple[Sweep, ...]) -> str:
    """Return the limit sets of sweeps: ``Twin, UK and own limits``."""
    *first, last = (name_of(sweep.limits) for sweep in sweeps)
    return f"{', '.join(first)} and {last}" if first else last


STANDARDS_RULES = (
    Rule(
        "violated_before_pv",
        "danger",
        "In trouble before any {plural}",
        "mend this first, it is there without {plural}; until then read what {alone}",
        "{worst}; limit sets that are violated without any {plural}: {count} of {of}",
        trouble,
        ("standards",),
    ),
    Rule(
        "one_capacity",
        "info",
        "The choice of limits does not matter",
        "look for what relieves this element; no choice of limits gives more room",
        "by every limit set {bound} above {amount}",
        one_capacity,
        ("standards",),
    ),
    Rule(
        "limits_decide",
        "info",
        "The choice of limits decides",
        "name the limit set with every hosting capacity, and take the one that the connection rules name",
        "by {low} it is {least} and by {high} {most}, on the same feeder at the same quarter-hours",
        limits_decide,
        ("standards",),
    ),
)
