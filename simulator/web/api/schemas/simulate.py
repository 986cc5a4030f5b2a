"""What ``/api/simulate`` takes and gives."""

from typing import Annotated

from pydantic import Field

from simulator.questions.values import Share
from simulator.studies.data import AnswerOut, FindingOut, LimitsOut, ViolationOut
from simulator.web.api.schemas.parts import Adoption, Hour, StudyIn


class SimulateIn(StudyIn):
    """A scenario; ``hour`` is the quarter-hour index 0..95 (48 is 12:00)."""

    pv_adoption: Adoption
    battery_adoption: Annotated[Share, Field(examples=[0.0])]
    hour: Hour


class SimulateOut(AnswerOut):
    """A snapshot; loadings are shares of rating; without a solution all figures are null."""

    feeder_id: str
    hour: int
    time: str
    pv_adoption: float
    battery_adoption: float
    limits: LimitsOut
    converged: bool
    transformer_loading: float | None
    transformer: str | None
    reverse_power_kw: float | None
    import_kw: float | None
    min_voltage_pu: float | None
    min_voltage_bus: str | None
    max_voltage_pu: float | None
    max_voltage_bus: str | None
    line_loading: float | None
    line: str | None
    loss_kw: float | None
    voltage_violation: int | None
    violations: list[ViolationOut]
    advice: str
    findings: list[FindingOut]
    solver: str
    agreement_pu: float | None
    engines_agree: bool
