"""The question of places: where one more plant or load may stand."""

from typing import Annotated, ClassVar

from simulator.questions.fields import Asked
from simulator.questions.kinds import OneOf
from simulator.questions.over import OverQuestion
from simulator.questions.values import WHEN_ACCEPTS, When
from simulator.studies.run.question import RunQuestion


class NodesQuestion(RunQuestion, OverQuestion):
    """What each bus can still take, at the quarter-hour alone or over the whole day.

    It is one more plant of what the question is ``over``, which follows a profile, or one more load.
    """

    by_itself: ClassVar[bool] = True
    may_be_by_phase: ClassVar[bool] = False
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
