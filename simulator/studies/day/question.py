"""The question of a whole day."""

from simulator.questions.question import Question


class DayQuestion(Question):
    """What a feeder does over a day; ``date`` names the day of the profiles and changes no figure."""

    date: str | None = None
