"""The question of one quarter-hour."""

from typing import Annotated

from simulator.questions.fields import Asked
from simulator.questions.kinds import Moment
from simulator.questions.question import Question
from simulator.questions.values import DEFAULT_STEP, Step
from simulator.studies.scenario import Scenario


class RunQuestion(Question):
    """What a feeder does at a quarter-hour (0..95)."""

    step: Annotated[Step, Asked("time", "Time of day", Moment(), "when", api="step", was="hour")] = (
        DEFAULT_STEP
    )

    @property
    def scenario(self) -> Scenario:
        """What an answer says that it was asked."""
        return Scenario(self.feeder.feeder_id, self.adoption, self.step, self.limits)
