"""All rules of guidance, in the order in which a planner should read them."""

from typing import Any

from simulator.studies.day.rules import DAY_RULES
from simulator.studies.guidance import Finding, Rule
from simulator.studies.measures.rules import MEASURES_RULES
from simulator.studies.monte_carlo.rules import MONTE_CARLO_RULES
from simulator.studies.nodes.rules import NODES_RULES
from simulator.studies.run.rules import RUN_RULES
from simulator.studies.standards.rules import STANDARDS_RULES
from simulator.studies.sweep.rules import SWEEP_RULES
from simulator.studies.why.rules import WHY_RULES

RULES: tuple[Rule[Any], ...] = (
    *RUN_RULES,
    *DAY_RULES,
    *STANDARDS_RULES,
    *SWEEP_RULES,
    *MONTE_CARLO_RULES,
    *NODES_RULES,
    *WHY_RULES,
    *MEASURES_RULES,
)


def advise(study: str, found: Any) -> tuple[Finding, ...]:
    """Return what the rules that speak for a study say of what it found."""
    said = (rule.find(found) for rule in RULES if study in rule.speaks_for)
    return tuple(finding for finding in said if finding)
