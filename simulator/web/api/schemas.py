"""What the API takes and gives: strict, so that a wrong word is never a silent default."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from simulator.grid.clock import STEPS_PER_DAY
from simulator.grid.limits import LIMIT_SETS
from simulator.studies.scenario import Share, Step

LimitsName = Literal["twin", "en50160", "uk", "ansi_c84_a", "vde_4105"]
if set(LimitsName.__args__) != set(LIMIT_SETS):  # type: ignore[attr-defined]
    raise RuntimeError("the API's limits are not the named limit sets")


ACCEPTS = {
    "feeder_id": "accepts the id of a feeder, as /api/feeders lists them",
    "pv_adoption": "accepts a number from 0 to 1",
    "battery_adoption": "accepts a number from 0 to 1",
    "hour": "accepts a whole number from 0 to 95, the quarter-hour",
    "hours": "accepts a list of 1 to 96 whole numbers from 0 to 95, the quarter-hours",
    "limits": f"accepts one of {', '.join(LIMIT_SETS)}",
}


class Strict(Schema):
    """A body that takes no unknown field and converts nothing."""

    model_config = ConfigDict(extra="forbid", strict=True)


class SimulateIn(Strict):
    """A scenario; ``hour`` is the quarter-hour index 0..95 (48 is 12:00)."""

    feeder_id: Annotated[str, Field(examples=["feeder_00"])]
    pv_adoption: Annotated[Share, Field(examples=[0.3])]
    battery_adoption: Annotated[Share, Field(examples=[0.0])]
    hour: Annotated[Step, Field(examples=[48])]
    limits: LimitsName = "twin"


class SweepIn(Strict):
    """Quarter-hours (a set: repeats count once) to sweep PV adoption over."""

    feeder_id: Annotated[str, Field(examples=["feeder_00"])]
    hours: Annotated[list[Step], Field(min_length=1, max_length=STEPS_PER_DAY, examples=[[28, 48, 74]])]
    battery_adoption: Share = 0.0
    limits: LimitsName = "twin"


class LimitsOut(Schema):
    """A limit set."""

    name: str
    vm_min_pu: float
    vm_max_pu: float
    rise_max: float | None
    loading_max: float
    source: str


class ViolationOut(Schema):
    """A violation; ``value`` and ``limit`` in pu for voltage, as a share for rise, line and transformer."""

    kind: str
    element: str
    hour: int
    time: str
    value: float | None
    limit: float | None
    text: str


class FindingOut(Schema):
    """A rule of guidance that fired."""

    rule: str
    severity: str
    title: str
    reason: str


class SimulateOut(Schema):
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


class PointOut(Schema):
    """One level of PV adoption over all hours; ``violations`` counts the quarter-hours in violation."""

    pv: float
    violations: int
    min_voltage_pu: float | None
    max_voltage_pu: float | None
    transformer_loading: float | None
    line_loading: float | None


class SweepOut(Schema):
    """A sweep: 21 points, the hosting capacity, and what binds just above it."""

    feeder_id: str
    hours: list[int]
    times: list[str]
    battery_adoption: float
    limits: LimitsOut
    points: list[PointOut]
    hosting_capacity: float
    hosting_capacity_kwp: float
    binding: ViolationOut | None
    baseline_violation: bool
    hosting_capacity_pv_caused: float
    hosting_capacity_pv_caused_kwp: float
    binding_pv_caused: ViolationOut | None


class FeedersOut(Schema):
    """The published feeders."""

    feeders: list[str]


class MetricsOut(Schema):
    """Recent request latency in milliseconds, and cache figures; latencies null before the first request."""

    avg_ms: float | None
    p50_ms: float | None
    p95_ms: float | None
    requests: int
    window: int
    cache_hits: int
    cache_misses: int


class FieldErrorOut(Schema):
    """A field at fault."""

    field: str
    message: str


class ErrorBody(Schema):
    """What went wrong."""

    status: int
    message: str
    fields: list[FieldErrorOut]


class ErrorOut(Schema):
    """The one shape of errors."""

    error: ErrorBody
