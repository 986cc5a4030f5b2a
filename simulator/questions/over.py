"""Questions over a technology: how much of it there may be."""

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, model_validator

from simulator.questions.question import Question
from simulator.technologies.registry import adopted


def _adopted(key: str) -> str:
    if key not in (keys := [each.key for each in adopted()]):
        raise ValueError(f"accepts one of {', '.join(keys)}")
    return key


class OverQuestion(Question):
    """A question whose answer counts ``over`` a technology: its own share is no part of what is asked."""

    counts_over: ClassVar[bool] = True
    over: Annotated[str, AfterValidator(_adopted)] = "pv"

    @model_validator(mode="before")
    @classmethod
    def _without_its_own_share(cls, given: dict[str, Any]) -> dict[str, Any]:
        over = given.get("over", cls.model_fields["over"].default)
        return {**given, "adoption": {k: v for k, v in given.get("adoption", {}).items() if k != over}}
