"""Guidance: rules as data, each with its trigger, its advice, and its reason with the numbers at hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Severity = Literal["danger", "warning", "info", "good"]
Facts = Mapping[str, object] | None
L = TypeVar("L")  # what a rule looks at: what a study found


@dataclass(frozen=True)
class Finding:
    """A rule that fired."""

    key: str
    severity: Severity
    title: str
    advice: str
    reason: str


@dataclass(frozen=True)
class Rule(Generic[L]):
    """``trigger`` returns the facts that fill in the words, or None where the rule does not fire.

    ``speaks_for`` names the studies whose answers it looks at. No advice names a measure: what a measure
    brings comes from the facts, and these from its own study.
    """

    key: str
    severity: Severity
    title: str
    advice: str
    reason: str
    trigger: Callable[[L], Facts]
    speaks_for: tuple[str, ...]

    def find(self, found: L) -> Finding | None:
        """Return what the rule says of what a study found."""
        facts = self.trigger(found)
        if facts is None:
            return None
        key, *words = (text.format_map(facts) for text in (self.key, self.title, self.advice, self.reason))
        return Finding(key, self.severity, *words)


def advice_text(findings: tuple[Finding, ...]) -> str:
    """Return the findings as one text, "OK" when there is none."""
    return " ".join(f"{finding.title}: {finding.advice} ({finding.reason})." for finding in findings) or "OK"
