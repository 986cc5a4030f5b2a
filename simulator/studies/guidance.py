"""Guidance: rules as data, each with its trigger, its advice, and its reason with the numbers at hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.grid.topology import trace
from simulator.studies.assessment import Kind, Violation
from simulator.studies.hosting_capacity import Sweep
from simulator.studies.snapshot import Snapshot
from simulator.studies.wording import explain, percent

HIGH_LOADING = 0.8
SPARE_ADOPTION = 0.1  # how far the hosting capacity must lie above the scenario

Severity = Literal["danger", "warning", "info", "good"]
Facts = Mapping[str, object] | None


@dataclass(frozen=True)
class Situation:
    """All that rules may look at."""

    feeder: Feeder
    snapshot: Snapshot
    sweep: Sweep

    def worst(self, kind: Kind) -> Violation | None:
        """Return the worst violation of a kind, if there is one."""
        return next((v for v in self.snapshot.violations if v.kind == kind), None)

    def count(self, kind: Kind) -> int:
        """Return how many elements violate a kind of limit."""
        return sum(v.kind == kind for v in self.snapshot.violations)


@dataclass(frozen=True)
class Rule:
    """``trigger`` returns the facts that fill in ``reason``, or None where the rule does not fire."""

    key: str
    severity: Severity
    title: str
    advice: str
    reason: str
    trigger: Callable[[Situation], Facts]


@dataclass(frozen=True)
class Finding:
    """A rule that fired."""

    key: str
    severity: Severity
    title: str
    advice: str
    reason: str


def advise(situation: Situation, rules: tuple["Rule", ...]) -> tuple[Finding, ...]:
    """Return what the rules find, in the rules' order."""
    findings = []
    for rule in rules:
        facts = rule.trigger(situation)
        if facts is not None:
            reason = rule.reason.format_map(facts)
            findings.append(Finding(rule.key, rule.severity, rule.title, rule.advice, reason))
    return tuple(findings)


def advice_text(findings: tuple[Finding, ...]) -> str:
    """Return the findings as one text, "OK" when there is none."""
    return " ".join(f"{finding.title}: {finding.advice} ({finding.reason})." for finding in findings) or "OK"


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
