"""The triggers of guidance: what makes a rule fire, and the facts that its reason is filled with."""

from collections.abc import Callable

from simulator.grid.clock import HOURS_PER_STEP, time_of
from simulator.grid.topology import trace
from simulator.studies.assessment import Kind
from simulator.studies.guidance import Facts, Situation
from simulator.studies.ledger_wording import ledger_sentence
from simulator.studies.measures import Measure
from simulator.studies.wording import bound, explain, percent

HIGH_LOADING = 0.8
WORTH_KWP = 0.5  # a gain that shows when rounded
SPARE_ADOPTION = 0.1  # how far the hosting capacity must lie above the scenario


def violated(kind: Kind) -> Callable[[Situation], Facts]:
    """Return a trigger that fires on a kind of violation, with its worst place and the number of places."""

    def trigger(situation: Situation) -> Facts:
        worst = situation.worst(kind)
        return None if worst is None else {"worst": explain(worst), "count": situation.count(kind)}

    return trigger


def undervoltage(situation: Situation) -> Facts:
    """Fire on undervoltage, and say how far out it is, and whether a line ends there."""
    worst = situation.worst("undervoltage")
    if worst is None:
        return None
    topology = trace(situation.feeder)
    where = "a line's end " if worst.element in topology.ends else ""
    place = f"{where}{topology.distance_km[worst.element] * 1000:.0f} m from the transformer"
    return {"worst": explain(worst), "count": situation.count("undervoltage"), "place": place}


def overvoltage(situation: Situation) -> Facts:
    """Fire on overvoltage that PV causes: without PV the quarter-hour has none."""
    worst = situation.worst("overvoltage")
    if worst is None or any(v.kind == "overvoltage" for v in situation.snapshot.baseline):
        return None
    pv_kw = float(situation.snapshot.customers_kw[:, 1].sum())
    return {"worst": explain(worst), "count": situation.count("overvoltage"), "pv_kw": f"{pv_kw:.0f}"}


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
    capacity, scenario = situation.sweep.capacity, situation.snapshot.scenario
    if situation.snapshot.violations or capacity.adoption < scenario.pv_adoption + SPARE_ADOPTION:
        return None
    return {
        "capacity": percent(capacity.adoption, 1),
        "kwp": f"{capacity.kwp:.0f}",
        "times": ", ".join(map(time_of, situation.sweep.hours)),
        "adoption": percent(scenario.pv_adoption),
    }


def unsolved(situation: Situation) -> Facts:
    """Fire where the power flow has no solution."""
    if situation.snapshot.kpis.converged:
        return None
    load_kw, pv_kw, _ = situation.snapshot.customers_kw.sum(axis=0)
    return {"load": f"{load_kw:.0f}", "pv": f"{pv_kw:.0f}", "time": situation.snapshot.scenario.time}


def cause(situation: Situation) -> Facts:
    """Fire where a voltage is violated, with what makes it."""
    ledger = situation.ledger
    if ledger is None or not ledger.solved:
        return None
    return {"why": ledger_sentence(situation.feeder, ledger)}


def helps(situation: Situation) -> Facts:
    """Fire where a measure gains hosting capacity or ends what is violated before PV, or where none does.

    Silent where load alone is at fault and no measure mends it: hosting capacity is not the question then.
    """
    measures = situation.measures
    tried = [m for m in measures.measures if m.outcome] if measures else []
    if measures is None or not tried:
        return None
    before = measures.base.baseline_violation
    useful = [m for m in tried if (_mends(m) if before else (m.gain_kwp or 0) >= WORTH_KWP)]
    if before and not useful:
        return None
    useful.sort(key=lambda measure: -(measure.gain_kwp or 0))
    idle = [measure.phrase for measure in tried if measure not in useful]
    gains = [_gain(measure, before=before) for measure in useful]
    rest = [f"no gain from {', '.join(idle)}"] if idle else []
    base, times = measures.capacity(measures.base), ", ".join(map(time_of, measures.base.hours))
    return {"base": f"{base.kwp:.0f} kWp at {times}", "gains": "; ".join(gains + rest)}


def _mends(measure: Measure) -> bool:
    return measure.outcome is not None and not measure.outcome.baseline_violation


def _gain(measure: Measure, *, before: bool) -> str:
    binding = measure.outcome.capacity.binding if measure.outcome else None
    then = f", then {bound(binding)}" if binding else ", then nothing binds"
    mends = ", no violation before PV any more" if before else ""
    return f"{measure.phrase} {measure.gain_kwp:+.0f} kWp{mends}{then}"


def another_time(situation: Situation) -> Facts:
    """Fire where this quarter-hour is within limits and another of the same day is not."""
    if situation.snapshot.violations or situation.day.within_limits:
        return None
    hours = situation.day.violated_steps * HOURS_PER_STEP
    return {"worst": explain(situation.day.tightest), "hours": f"{hours:g}"}
