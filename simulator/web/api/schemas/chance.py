"""What ``/api/monte-carlo`` takes."""

from typing import Annotated, Literal

from pydantic import Field

from simulator.questions.values import Share
from simulator.studies.chance.question import DEFAULT_PLACEMENTS, DEFAULT_SEED
from simulator.web.api.schemas.parts import StudyIn


class MonteCarloIn(StudyIn):
    """How many orders of adoption to draw, and from which seed; the same seed gives the same answer."""

    placements: Annotated[int, Field(ge=1)] = DEFAULT_PLACEMENTS
    seed: Annotated[int, Field(ge=0, lt=2**32)] = DEFAULT_SEED
    battery_adoption: Share = 0.0
    quarter_hours: Literal["binding", "all"] = "binding"
