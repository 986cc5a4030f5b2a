"""What ``/api/measures`` takes."""

from simulator.questions.values import Share
from simulator.web.api.schemas.parts import USUAL_HOURS, Hours, StudyIn


class MeasuresIn(StudyIn):
    """Quarter-hours (a set: repeats count once) at which to try each measure."""

    hours: Hours = USUAL_HOURS
    battery_adoption: Share = 0.0
