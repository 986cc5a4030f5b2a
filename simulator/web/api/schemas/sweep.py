"""What ``/api/sweep`` takes and gives."""

from ninja import Schema

from simulator.questions.values import Share
from simulator.studies.data import AnswerOut, LimitsOut
from simulator.web.api.schemas.parts import USUAL_HOURS, CapacityOut, Hours, StudyIn


class SweepIn(StudyIn):
    """Quarter-hours (a set: repeats count once) to sweep PV adoption over."""

    hours: Hours = USUAL_HOURS
    battery_adoption: Share = 0.0


class PointOut(Schema):
    """One level of PV adoption over all hours; ``violations`` counts the quarter-hours in violation."""

    pv: float
    violations: int
    min_voltage_pu: float | None
    max_voltage_pu: float | None
    transformer_loading: float | None
    line_loading: float | None


class SweepOut(AnswerOut, CapacityOut):
    """A sweep: 21 points, the hosting capacity, and what binds just above it.

    ``points_beyond_potential`` go on above the potential, up to the first violation.
    """

    hours: list[int]
    times: list[str]
    battery_adoption: float
    limits: LimitsOut
    pv_potential_kwp: float
    points: list[PointOut]
    points_beyond_potential: list[PointOut]
