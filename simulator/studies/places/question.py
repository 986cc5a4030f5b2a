"""The question of places: where one more plant or load may stand."""

from typing import Annotated

from pydantic import AfterValidator

from simulator.questions.fields import Asked
from simulator.questions.kinds import OneOf
from simulator.questions.values import WHEN_ACCEPTS, When
from simulator.studies.run.question import RunQuestion
from simulator.technologies.registry import adopted


def _alone(key: str) -> str:
    if key not in (keys := [each.key for each in adopted() if each.profile]):
        raise ValueError(f"accepts one of {', '.join(keys)}: what follows a profile of its own")
    return key


class PlacesQuestion(RunQuestion):
    """What each bus can still take, at the quarter-hour alone or over the whole day.

    It is one more plant of what the question is ``over``, which follows a profile, or one more load.
    """

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
    over: Annotated[str, AfterValidator(_alone)] = "pv"
