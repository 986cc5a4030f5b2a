"""What ``/api/sweep`` takes."""

from simulator.questions.values import Share
from simulator.web.api.schemas.parts import USUAL_HOURS, Hours, StudyIn


class SweepIn(StudyIn):
    """Quarter-hours (a set: repeats count once) to sweep PV adoption over."""

    hours: Hours = USUAL_HOURS
    battery_adoption: Share = 0.0
