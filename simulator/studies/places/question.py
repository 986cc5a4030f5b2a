"""The question of places: where one more plant or load may stand."""

from simulator.questions.values import When
from simulator.studies.run.question import RunQuestion


class PlacesQuestion(RunQuestion):
    """What each bus can still take, at the quarter-hour alone or over the whole day."""

    when: When = "day"
