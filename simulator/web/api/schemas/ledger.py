"""What ``/api/why`` takes."""

from typing import Annotated

from pydantic import Field

from simulator.questions.values import DEFAULT_STEP, Share, When
from simulator.web.api.schemas.parts import Adoption, Hour, StudyIn

BusId = Annotated[str, Field(max_length=64, examples=["bus_29"])]


class WhyIn(StudyIn):
    """A scenario and a bus, null for the binding one; ``when`` "day" finds the binding quarter-hour too."""

    pv_adoption: Adoption
    battery_adoption: Share = 0.0
    hour: Hour = DEFAULT_STEP
    when: When = "day"
    bus: BusId | None = None
