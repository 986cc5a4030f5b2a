"""What was computed to end a violation: the only place from which guidance on a scenario takes measures."""

from collections.abc import Sequence

from simulator.assessment.violations import Kind
from simulator.assessment.wording import percent
from simulator.studies.guidance import Facts
from simulator.studies.measures.measures import Measure, Measures
from simulator.studies.measures.wording import then_words
from simulator.studies.run.situation import Situation
from simulator.studies.sweep.wording import amount, over_words, unasked

WORTH_KWP = 0.5  # a gain that shows when rounded


def holds(situation: Situation, kind: Kind) -> str:
    """Return up to how much PV there is no violation of a kind that the scenario has."""
    swept = situation.sweep
    if any(violation.kind == kind for violation in situation.snapshot.baseline):
        return "less PV does not end this: it is there without any"
    if swept is None:
        return "how much PV holds all limits was not computed here; the page PV sweep does so"
    when = over_words(swept.steps)
    if swept.baseline_violation:
        alone = f"hold PV to {amount(swept.caused)}: up to there it causes and worsens nothing {when}"
        return f"{alone}; other quarter-hours are violated without any"
    if not swept.asked:
        return f"without PV all limits hold {when}"
    return f"hold PV to {amount(swept.capacity)}: up to there all limits hold {when}"


def helps(situation: Situation) -> Facts:
    """Fire where measures were tried, with what each gains, or that none does.

    Where limits are violated before any PV, only what ends that counts.
    """
    measures = situation.measures
    tried = [measure for measure in measures.measures if measure.outcome] if measures else []
    if measures is None or not tried:
        return None
    before = measures.base.baseline_violation
    useful = [m for m in tried if (m.mends if before else (m.gain or 0) >= WORTH_KWP)]
    useful.sort(key=lambda measure: -(measure.gain or 0))
    idle = [measure.phrase for measure in tried if measure not in useful]
    rest = [f"{'not ended by' if before else 'no gain from'} {' or '.join(idle)}"] if idle else []
    gains = [_gain(measures, measure) for measure in useful]
    pv = situation.snapshot.scenario.adoption.get("pv", 0.0)
    return {"base": _base(measures), "gains": "; ".join(gains + rest), "ways": _ways(measures, useful, pv)}


def _base(measures: Measures) -> str:
    base = measures.base
    when = over_words(base.steps)
    if base.baseline_violation:
        return f"as it is, limits are violated without any PV, {when}"
    return f"the feeder hosts {amount(base.capacity)} {when}"


def _gain(measures: Measures, measure: Measure) -> str:
    if measure.outcome is None or not measures.base.asked:
        return f"{measure.phrase}: no violation before PV any more"
    mends = ", no violation before PV any more" if measures.base.baseline_violation else ""
    gain = f"{measure.gain:+.0f} {measures.base.technology.unit}"
    return f"{measure.phrase} {gain}{mends}{then_words(measure.outcome.capacity)}"


def _ways(measures: Measures, useful: Sequence[Measure], pv_adoption: float) -> str:
    """Say which measures hold all limits at the scenario's own adoption; else how far the best one goes."""
    when, asked = over_words(measures.base.steps), f"at {percent(pv_adoption)} PV"
    if not measures.base.asked:
        asked = f"({unasked(measures.base.technology)})"
    enough = [m for m in useful if m.outcome and _carries(m, pv_adoption)]
    if enough:
        phrases = " or ".join(measure.phrase for measure in enough)
        return f"{phrases}, alone, would hold all limits {when} {asked}"
    if useful and useful[0].outcome:
        furthest = f"{useful[0].phrase} goes furthest, to {amount(useful[0].outcome.capacity)}"
        return f"no measure tried is enough alone {asked}; {furthest}"
    return "none of the measures tried helps"


def _carries(measure: Measure, pv_adoption: float) -> bool:
    """Tell whether all limits hold at an adoption; without a potential any adoption is none."""
    outcome = measure.outcome
    if outcome is None or outcome.baseline_violation:
        return False
    return not outcome.asked or outcome.capacity.adoption >= pv_adoption
