"""Guidance: rules as data, each with its trigger, its advice, and its reason with the numbers at hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.assessment.violations import Kind, Violation
from simulator.grid.schema import Feeder
from simulator.studies.feeders.day_status import DayStatus
from simulator.studies.measures.measures import Measures
from simulator.studies.run.snapshot import Snapshot
from simulator.studies.sweep.hosting_capacity import Sweep
from simulator.studies.why.ledger import Ledger

Severity = Literal["danger", "warning", "info", "good"]
Facts = Mapping[str, object] | None


@dataclass(frozen=True)
class Situation:
    """All that rules may look at.

    ``day`` is the same scenario over the whole day; ``ledger`` explains the snapshot's worst voltage, where
    one is violated; ``sweep`` is how much PV the feeder hosts, and ``measures`` what would help, where
    anything is violated. Both are None where they take too long.
    """

    feeder: Feeder
    snapshot: Snapshot
    sweep: Sweep | None
    day: DayStatus
    ledger: Ledger | None
    measures: Measures | None

    def worst(self, kind: Kind) -> Violation | None:
        """Return the worst violation of a kind, if there is one."""
        return next((v for v in self.snapshot.violations if v.kind == kind), None)

    def count(self, kind: Kind) -> int:
        """Return how many elements violate a kind of limit."""
        return sum(v.kind == kind for v in self.snapshot.violations)


@dataclass(frozen=True)
class Rule:
    """``trigger`` returns the facts that fill in advice and reason, or None where the rule does not fire.

    No advice names a measure: what a measure brings comes from the facts, and these from its own study.
    """

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
            advice, reason = rule.advice.format_map(facts), rule.reason.format_map(facts)
            findings.append(Finding(rule.key, rule.severity, rule.title, advice, reason))
    return tuple(findings)


def advice_text(findings: tuple[Finding, ...]) -> str:
    """Return the findings as one text, "OK" when there is none."""
    return " ".join(f"{finding.title}: {finding.advice} ({finding.reason})." for finding in findings) or "OK"
