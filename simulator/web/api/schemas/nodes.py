"""What ``/api/nodes`` takes."""

from simulator.questions.values import Share, When
from simulator.web.api.schemas.parts import Adoption, Hour, StudyIn


class NodesIn(StudyIn):
    """A scenario to add one more PV plant or load to, at its ``hour`` or over the whole day."""

    pv_adoption: Adoption
    battery_adoption: Share = 0.0
    hour: Hour
    when: When = "time"
