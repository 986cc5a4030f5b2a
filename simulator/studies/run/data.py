"""The run page's answer, declared: what a snapshot tells as JSON, cards, comparison and help."""

from typing import Annotated, Any

from simulator.answers.declared import Of, data_of
from simulator.answers.quantity import VIOLATIONS
from simulator.assessment.kpis import Kpis
from simulator.grid.schema import Feeder
from simulator.reports.caveats import caveats_of
from simulator.studies.data import AnswerOut, FindingOut, ScenarioOut, ViolationOut
from simulator.studies.guidance import advice_text
from simulator.studies.run.answer import Run


class SimulateOut(ScenarioOut, AnswerOut, Kpis):
    """A snapshot; loadings are shares of rating; without a solution all figures are null."""

    voltage_violation: Annotated[
        int | None, Of(lambda _, found, kpis: int(found.voltage_violation) if kpis.converged else None)
    ]
    violations: Annotated[list[ViolationOut], VIOLATIONS]
    advice: str
    findings: list[FindingOut]
    solver: Annotated[str, Of("flow.algorithm")]
    agreement_pu: float | None
    engines_agree: bool


def run_data(feeder: Feeder, found: Run) -> dict[str, Any]:
    """Return a run as the API gives it."""
    snapshot, findings = found.snapshot, found.findings or ()
    told = {"advice": advice_text(findings), "findings": findings, "caveats": caveats_of(feeder)}
    return data_of(SimulateOut, snapshot.scenario, snapshot, snapshot.kpis, **told)
