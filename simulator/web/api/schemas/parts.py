"""What the bodies of several routes are made of."""

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, field_validator

from simulator.grid.clock import STEPS_PER_DAY
from simulator.grid.limits import LIMIT_SETS
from simulator.questions.values import DEFAULT_SWEEP_STEPS, Share, Step

LimitsName = Literal["twin", "en50160", "uk", "ansi_c84_a", "vde_4105"]
if set(LimitsName.__args__) != set(LIMIT_SETS):  # type: ignore[attr-defined]
    raise RuntimeError("the API's limits are not the named limit sets")


def _calendar(text: str) -> str:
    """Return a date's text where the calendar has it, and it is written as YYYY-MM-DD."""
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("no day as YYYY-MM-DD")
    return text


FeederId = Annotated[str, Field(examples=["feeder_00"])]
Adoption = Annotated[Share, Field(examples=[0.3])]
Hour = Annotated[Step, Field(examples=[48])]
Hours = Annotated[list[Step], Field(min_length=1, max_length=STEPS_PER_DAY, examples=[[28, 48, 74]])]
USUAL_HOURS = list(DEFAULT_SWEEP_STEPS)
IsoDate = Annotated[
    str, Field(examples=["2023-01-17"], json_schema_extra={"format": "date"}), AfterValidator(_calendar)
]

# What each field accepts, in words, for the errors that name it.
ACCEPTS = {
    "feeder_id": "accepts the id of a feeder, as /api/feeders lists them",
    "pv_adoption": "accepts a number from 0 to 1",
    "battery_adoption": "accepts a number from 0 to 1",
    "hour": "accepts a whole number from 0 to 95, the quarter-hour",
    "hours": "accepts a list of 1 to 96 whole numbers from 0 to 95, the quarter-hours",
    "when": "accepts time, the quarter-hour alone, or day, all 96",
    "limits": f"accepts one of {', '.join(LIMIT_SETS)}",
    "date": "accepts null, or a day of an uploaded year as YYYY-MM-DD",
    "placements": "accepts a whole number from 1 on: how many orders of adoption to draw",
    "seed": "accepts a whole number from 0 to 4294967295",
    "quarter_hours": "accepts binding, those that can bind, or all, all 96",
    "bus": "accepts the id of a bus of the feeder, or null for the binding one",
    "own": "accepts null, or vm_min_pu below vm_max_pu in pu, with rise_max and loading_max as shares",
}


class Strict(Schema):
    """A body that takes no unknown field and converts nothing."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @field_validator("*")
    @classmethod
    def _whole_characters(cls, value: Any) -> Any:
        """Refuse halves of characters, which JSON can write and nothing can store."""
        if isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value):
            raise ValueError("half a character (a lone surrogate)")
        return value


class StudyIn(Strict):
    """A question on one feeder; its other fields are the study's own, by their names."""

    feeder_id: FeederId
    limits: LimitsName = "twin"

    def asked(self) -> dict[str, Any]:
        """Return the question as the study takes it."""
        asked = {**self.dict(exclude={"feeder_id"}), "limits": LIMIT_SETS[self.limits]}
        if "hours" in asked:
            asked["hours"] = tuple(sorted(set(asked["hours"])))
        return asked


class FieldErrorOut(Schema):
    """A field at fault."""

    field: str
    message: str


class ErrorBody(Schema):
    """What went wrong."""

    status: int
    message: str
    fields: list[FieldErrorOut]


class ErrorOut(Schema):
    """The one shape of errors."""

    error: ErrorBody
