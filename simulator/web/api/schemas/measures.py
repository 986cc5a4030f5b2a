"""What ``/api/measures`` takes and gives."""

from typing import Literal

from ninja import Schema

from simulator.questions.values import Share
from simulator.studies.data import AnswerOut, LimitsOut
from simulator.web.api.schemas.parts import USUAL_HOURS, CapacityOut, Hours, StudyIn

MeasureName = Literal["tap", "absorbing", "cable", "batteries"]


class MeasuresIn(StudyIn):
    """Quarter-hours (a set: repeats count once) at which to try each measure."""

    hours: Hours = USUAL_HOURS
    battery_adoption: Share = 0.0


class MeasureOut(Schema):
    """One measure: what changes or why it is not possible, and the capacity then.

    ``gain_kwp`` counts no more than the potential, ``gain_beyond_potential_kwp`` all that was found.
    """

    measure: MeasureName
    title: str
    possible: bool
    change: str
    gain_kwp: float | None
    gain_beyond_potential_kwp: float | None
    worsens_baseline: bool
    capacity: CapacityOut | None


class MeasuresOut(AnswerOut):
    """The feeder as it is and with each measure alone; no measures where nothing binds."""

    hours: list[int]
    times: list[str]
    battery_adoption: float
    limits: LimitsOut
    pv_potential_kwp: float
    base: CapacityOut
    gains_count_pv_caused_only: bool
    best: MeasureName | None
    measures: list[MeasureOut]
