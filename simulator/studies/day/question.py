"""The question of a whole day."""

from typing import Annotated

from simulator.questions.fields import Asked
from simulator.questions.kinds import Day
from simulator.questions.question import Question


class DayQuestion(Question):
    """What a feeder does over a day; ``date`` names the day of the profiles and changes no figure."""

    date: Annotated[str | None, Asked("date", "Date", Day(), "first")] = None
