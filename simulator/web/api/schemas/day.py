"""What ``/api/day`` takes."""

from simulator.questions.values import Share
from simulator.web.api.schemas.parts import Adoption, IsoDate, StudyIn


class DayIn(StudyIn):
    """A scenario; the day's 96 quarter-hours are all solved. ``date`` is a day of an uploaded year."""

    pv_adoption: Adoption
    battery_adoption: Share = 0.0
    date: IsoDate | None = None
