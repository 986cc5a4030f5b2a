"""The triggers of guidance: what makes a rule fire, and the facts that its reason is filled with."""

from collections.abc import Callable

from simulator.assessment.violations import Kind
from simulator.assessment.wording import explain, percent
from simulator.grid.clock import HOURS_PER_STEP
from simulator.grid.topology import trace
from simulator.studies.guidance import Facts
from simulator.studies.run.remedies import holds
from simulator.studies.run.situation import Situation
from simulator.studies.sweep.wording import hosted_words, over_words
from simulator.studies.why.wording import why_sentence

HIGH_LOADING = 0.8
SPARE_ADOPTION = 0.1  # how far the hosting capacity must lie above the scenario


def violated(kind: Kind) -> Callable[[Situation], Facts]:
    """Return a trigger that fires on a kind of violation, with its worst place and the number of places."""

    def trigger(situation: Situation) -> Facts:
        worst = situation.worst(kind)
        if worst is None:
            return None
        return {"worst": explain(worst), "count": situation.count(kind), "holds": holds(situation, kind)}

    return trigger


def undervoltage(situation: Situation) -> Facts:
    """Fire on undervoltage, and say how far out it is, and whether a line ends there."""
    worst = situation.worst("undervoltage")
    if worst is None:
        return None
    topology = trace(situation.feeder)
    where = "a line's end " if worst.element in topology.ends else ""
    place = f"{where}{topology.distance_km[worst.element] * 1000:.0f} m from the transformer"
    count = situation.count("undervoltage")
    return {
        "worst": explain(worst),
        "count": count,
        "place": place,
        "holds": holds(situation, "undervoltage"),
    }


def overvoltage(situation: Situation) -> Facts:
    """Fire on overvoltage that PV causes: without PV the quarter-hour has none."""
    worst = situation.worst("overvoltage")
    if worst is None or any(v.kind == "overvoltage" for v in situation.snapshot.baseline):
        return None
    pv_kw = float(situation.snapshot.kw["pv"].sum())
    count = situation.count("overvoltage")
    return {
        "worst": explain(worst),
        "count": count,
        "pv_kw": f"{pv_kw:.0f}",
        "holds": holds(situation, "overvoltage"),
    }


def high_loading(situation: Situation) -> Facts:
    """Fire where the transformer is busy but not yet over its rating."""
    kpis, limit = situation.snapshot.kpis, situation.snapshot.scenario.limits.loading_max
    loading = kpis.transformer_loading
    if loading is None or not HIGH_LOADING * limit <= loading <= limit:
        return None
    time = situation.snapshot.scenario.time
    return {
        "transformer": kpis.transformer,
        "loading": percent(loading, 1),
        "limit": percent(limit),
        "time": time,
    }


def reverse_flow(situation: Situation) -> Facts:
    """Fire while the feeder exports."""
    kpis = situation.snapshot.kpis
    if not kpis.reverse_power_kw:
        return None
    return {"kw": f"{kpis.reverse_power_kw:.1f}", "time": situation.snapshot.scenario.time}


def violated_before_pv(situation: Situation) -> Facts:
    """Fire where the quarter-hour is in violation with no PV at all."""
    baseline = situation.snapshot.baseline
    return {"worst": explain(baseline[0])} if baseline else None


def spare_capacity(situation: Situation) -> Facts:
    """Fire where the feeder is within limits and could host clearly more PV."""
    swept, pv = situation.sweep, situation.snapshot.scenario.adoption.get("pv", 0.0)
    if situation.snapshot.violations or swept is None or not swept.asked:
        return None
    if swept.capacity.within_potential.adoption < pv + SPARE_ADOPTION:
        return None
    capacity = hosted_words(swept.capacity, over_words(swept.steps))
    return {"capacity": capacity, "adoption": percent(pv)}


def unsolved(situation: Situation) -> Facts:
    """Fire where the power flow has no solution."""
    if situation.snapshot.kpis.converged:
        return None
    kw = situation.snapshot.kw
    return {
        "load": f"{-kw['load'].sum():.0f}",
        "pv": f"{kw['pv'].sum():.0f}",
        "time": situation.snapshot.scenario.time,
        "holds": holds(situation, "no_solution"),
    }


def cause(situation: Situation) -> Facts:
    """Fire where a voltage is violated, with what makes it."""
    why = situation.why
    if why is None or not why.solved:
        return None
    return {"why": why_sentence(situation.feeder, why)}


def another_time(situation: Situation) -> Facts:
    """Fire where this quarter-hour is within limits and another of the same day is not."""
    if situation.snapshot.violations or situation.day.within_limits:
        return None
    hours = situation.day.violated_steps * HOURS_PER_STEP
    return {"worst": explain(situation.day.tightest), "hours": f"{hours:g}"}
