"""The run page's answer, declared: what a snapshot tells as JSON, cards, comparison and help."""

from typing import Annotated

from simulator.answers.declared import Of
from simulator.answers.quantity import VIOLATIONS
from simulator.assessment.kpis import Kpis
from simulator.studies.data import AnswerOut, FindingOut, ScenarioOut, ViolationOut
from simulator.studies.guidance import advice_text


class SimulateOut(ScenarioOut, AnswerOut, Kpis):
    """A snapshot; loadings are shares of rating; without a solution all figures are null."""

    voltage_violation: Annotated[
        int | None, Of(lambda _, found, kpis, *__: int(found.voltage_violation) if kpis.converged else None)
    ]
    violations: Annotated[list[ViolationOut], VIOLATIONS]
    advice: Annotated[str, Of(lambda *found: advice_text(found[3].findings or ()))]
    findings: Annotated[list[FindingOut], Of(lambda *found: found[3].findings or ())]
    solver: Annotated[str, Of("flow.algorithm")]
    agreement_pu: float | None
    engines_agree: bool | None
