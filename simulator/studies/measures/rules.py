"""What the measures come to: the best one, those that do not help and why, and those that cannot be done."""

from simulator.grid.clock import STEPS_PER_DAY
from simulator.studies.guidance import Facts, Rule
from simulator.studies.measures.measures import Measures
from simulator.studies.measures.rungs import ABSORBING
from simulator.studies.measures.wording import gain_words, then_words, why_not
from simulator.studies.sweep.wording import amount

ADVICE = {
    "tap": "move every tap one step, {change}{check}",
    "absorbing": f"ask for inverters that absorb at power factor {ABSORBING} and are rated for it, "
    f"S = P / {ABSORBING}, so that no power is curtailed",
    "cable": "replace the section that adds most to what binds, {change}",
    "batteries": "have storage installed with the PV, {change}",
}


def mends(answer: Measures) -> Facts:
    """Fire where there is nothing to gain, and a measure ends what is violated as it is."""
    return _mending(answer, some=True)


def mends_nothing(answer: Measures) -> Facts:
    """Fire where there is nothing to gain, and no measure ends what is violated."""
    return _mending(answer, some=False)


def _mending(answer: Measures, *, some: bool) -> Facts:
    ends = [measure.phrase for measure in answer.done if measure.mends]
    rest = [measure.phrase for measure in answer.done if not measure.mends]
    if answer.asked or not answer.done or bool(ends) != some:
        return None
    said = (("nothing is violated with", ends), ("limits are still violated with", rest))
    return {"said": "; ".join(f"{words} {', '.join(phrases)}" for words, phrases in said if phrases)}


def best(answer: Measures) -> Facts:
    """Fire where a measure helps, with what it gains."""
    measure = answer.best
    if not answer.asked or measure is None or measure.outcome is None:
        return None
    capacity, plural = answer.capacity(measure.outcome), answer.technology.plural
    check = "" if len(answer.base.steps) == STEPS_PER_DAY else ", and check the other quarter-hours as well"
    return {
        "key": measure.key,
        "title": measure.title,
        "advice": ADVICE[measure.key].format(change=measure.change, check=check),
        "kind": f"what {plural} alone allows" if answer.caused_only else "the hosting capacity",
        "gain": f"{gain_words(measure)} to {amount(capacity)}{then_words(capacity)}",
    }


def none_helps(answer: Measures) -> Facts:
    """Fire where measures were tried, and none of them helps."""
    if not answer.asked or not answer.measures or answer.best:
        return None
    return {"why": "; ".join(why_not(answer, measure) for measure in answer.done) or "none is possible"}


def no_help(answer: Measures) -> Facts:
    """Fire where one measure helps, with those that do not."""
    idle = [measure for measure in answer.done if not measure.helps]
    if not answer.asked or not answer.best or not idle:
        return None
    return {"why": "; ".join(why_not(answer, measure) for measure in idle)}


def not_possible(answer: Measures) -> Facts:
    """Fire where a measure cannot be done."""
    undone = [measure for measure in answer.measures if not measure.outcome]
    if not answer.asked or not undone:
        return None
    return {"why": "; ".join(f"{measure.phrase}: {measure.change}" for measure in undone)}


MEASURES_RULES = (
    Rule("mends", "info", "What ends what is violated", "weigh these", "{said}", mends, ("measures",)),
    Rule(
        "mends",
        "info",
        "None of these measures ends what is violated",
        "what else may be done is not computed",
        "{said}",
        mends_nothing,
        ("measures",),
    ),
    Rule(
        "measure_{key}",
        "good",
        "{title} helps most",
        "{advice}",
        "{kind} changes by {gain}",
        best,
        ("measures",),
    ),
    Rule(
        "no_measure",
        "warning",
        "None of these measures helps",
        "these four are all that is tried here; what else may be done is not computed",
        "{why}",
        none_helps,
        ("measures",),
    ),
    Rule(
        "no_help",
        "info",
        "What does not help",
        "expect no more room from these",
        "{why}",
        no_help,
        ("measures",),
    ),
    Rule(
        "not_possible",
        "info",
        "What cannot be done here",
        "leave these out, there is no such change to make",
        "{why}",
        not_possible,
        ("measures",),
    ),
)
