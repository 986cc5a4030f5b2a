"""What ``/api/why`` takes and gives."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from simulator.questions.values import DEFAULT_STEP, Share, When
from simulator.studies.data import AnswerOut, LimitsOut, ViolationOut
from simulator.web.api.schemas.parts import Adoption, Hour, StudyIn

BusId = Annotated[str, Field(max_length=64, examples=["bus_29"])]


class WhyIn(StudyIn):
    """A scenario and a bus, null for the binding one; ``when`` "day" finds the binding quarter-hour too."""

    pv_adoption: Adoption
    battery_adoption: Share = 0.0
    hour: Hour = DEFAULT_STEP
    when: When = "day"
    bus: BusId | None = None


class ShareOut(Schema):
    """What one customer's load, PV and battery change, in pu."""

    customer: str
    load_pu: float
    pv_pu: float
    battery_pu: float


class SectionOut(Schema):
    """A difference of two voltages on the way, in pu: without load, by kind, and by customer.

    Without load, load, PV and battery sum to ``total_pu``; the customers' shares sum to each kind. They are
    null for lines where customers times sections exceed 50,000; the way's sums by customer stand in any case.
    """

    element: str
    from_bus: str
    to_bus: str
    no_load_pu: float
    load_pu: float
    pv_pu: float
    battery_pu: float
    total_pu: float
    customers: list[ShareOut] | None


class CauseOut(Schema):
    """What makes most of the deviation from 1 pu; ``customers`` by ``kind`` make ``share`` of the change."""

    place: str
    change_pu: float
    elements: list[str]
    kind: str | None
    customers: list[str]
    share: float | None


class WhyOut(AnswerOut):
    """A bus's voltage; source, transformer and sections sum to it; null where there is no solution."""

    hour: int
    time: str
    when: When
    pv_adoption: float
    battery_adoption: float
    limits: LimitsOut
    bus: str | None
    converged: bool
    tightest: ViolationOut
    violated: bool | None
    text: str
    voltage_pu: float | None
    source_pu: float | None
    transformer: SectionOut | None
    sections: list[SectionOut] | None
    customers: list[ShareOut] | None
    cause: CauseOut | None
