"""Questions over a technology: how much of it there may be."""

from typing import Any, ClassVar

from pydantic import field_validator, model_validator

from simulator.questions.question import Question
from simulator.technologies.registry import USUAL, adopted
from simulator.technologies.technology import Technology


class OverQuestion(Question):
    """A question about a technology; it may have to follow a profile, to stand ``by_itself``."""

    by_itself: ClassVar[bool] = False
    over: str = USUAL

    @classmethod
    def technologies(cls) -> list[Technology]:
        """Return those that it may be about."""
        return [each for each in adopted() if each.profile or not cls.by_itself]

    @field_validator("over")
    @classmethod
    def _known(cls, key: str) -> str:
        if key not in (keys := [each.key for each in cls.technologies()]):
            raise ValueError(f"accepts one of {', '.join(keys)}")
        return key


class CapacityQuestion(OverQuestion):
    """A question whose answer counts a technology: its own share is no part of what is asked."""

    counts_over: ClassVar[bool] = True

    @model_validator(mode="before")
    @classmethod
    def _without_its_own_share(cls, given: dict[str, Any]) -> dict[str, Any]:
        over = given.get("over", USUAL)
        return {**given, "adoption": {k: v for k, v in given.get("adoption", {}).items() if k != over}}


def over_of(question: Question) -> str:
    """Return the technology that a question is about; PV where it does not say."""
    return question.over if isinstance(question, OverQuestion) else USUAL
