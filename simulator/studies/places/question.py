"""The question of places: where one more plant or load may stand."""

from typing import Annotated

from simulator.questions.fields import Asked, OneOf
from simulator.questions.values import WHEN_ACCEPTS, When
from simulator.studies.run.question import RunQuestion


class PlacesQuestion(RunQuestion):
    """What each bus can still take, at the quarter-hour alone or over the whole day."""

    when: Annotated[
        When,
        Asked(
            "when",
            "When",
            OneOf((("time", "at the time of day"), ("day", "over the whole day"))),
            "when",
            WHEN_ACCEPTS,
        ),
    ] = "day"
