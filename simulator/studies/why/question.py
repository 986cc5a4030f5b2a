"""The question of a voltage's causes."""

from typing import Annotated

from simulator.questions.fields import Asked
from simulator.questions.kinds import BusId, OneOf
from simulator.questions.values import WHEN_ACCEPTS, When
from simulator.studies.run.question import RunQuestion


class WhyQuestion(RunQuestion):
    """What makes up a bus's voltage; no bus means the binding one, a day its binding quarter-hour."""

    when: Annotated[
        When,
        Asked(
            "when",
            "Quarter-hour",
            OneOf((("day", "the day's binding one"), ("time", "the time of day"))),
            "when",
            WHEN_ACCEPTS,
        ),
    ] = "day"
    bus: Annotated[str | None, Asked("bus", "Bus", BusId(), "when")] = None
