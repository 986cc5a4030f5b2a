"""What the bodies of several routes are made of."""

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from ninja import Schema
from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema

from simulator.grid.clock import STEPS_PER_DAY
from simulator.grid.errors import QuestionError
from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS, Limits, own_limits
from simulator.questions.values import Step


def _calendar(text: str) -> str:
    """Return a date's text where the calendar has it, and it is written as YYYY-MM-DD."""
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("no day as YYYY-MM-DD")
    return text


Voltage = Annotated[float, Field(gt=0, lt=2, examples=[0.92])]
BusName = Annotated[str, Field(max_length=64, examples=["bus_29"])]
FeederId = Annotated[str, Field(examples=["feeder_00"])]
StepIn = Annotated[Step, Field(examples=[48])]
StepsIn = Annotated[list[Step], Field(min_length=1, max_length=STEPS_PER_DAY, examples=[[28, 48, 74]])]
IsoDate = Annotated[
    str, Field(examples=["2023-01-17"], json_schema_extra={"format": "date"}), AfterValidator(_calendar)
]


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


class OwnLimitsIn(Strict):
    """Limits of one's own: a voltage band in pu, and bounds of rise and loading as shares."""

    vm_min_pu: Voltage
    vm_max_pu: Voltage
    rise_max: Annotated[float, Field(gt=0, lt=1)] | None = None
    loading_max: Annotated[float, Field(gt=0, le=10)] | None = None

    def limits(self) -> Limits | None:
        """Return the limits.

        Raises: QuestionError where the lowest voltage is not below the highest.
        """
        if self.vm_min_pu >= self.vm_max_pu:
            message = f"{self.vm_min_pu:g} is not below vm_max_pu {self.vm_max_pu:g}"
            raise QuestionError("own.vm_min_pu", message)
        return own_limits(**self.dict(exclude_none=True))


class AskedIn(Strict):
    """A question on one feeder; its other fields are those of the study's question."""

    counts_over: ClassVar[bool] = False
    renamed: ClassVar[dict[str, str]] = {}  # old names of fields, by the names that they have
    feeder_id: FeederId
    own: OwnLimitsIn | None = None

    @model_validator(mode="before")
    @classmethod
    def _once(cls, body: Any) -> Any:
        """Take a field that is given by its old name as well, if both say the same."""
        if not isinstance(body, dict):
            return body
        twice = {
            was
            for name, was in cls.renamed.items()
            if name in body and repr(body.get(was)) == repr(body[name])  # True is not 1
        }
        return {name: value for name, value in body.items() if name not in twice}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe the old names too, one or the other."""
        described = handler.resolve_ref_schema(handler(core))
        fields, required = described["properties"], described["required"]
        for name, was in cls.renamed.items():
            fields[was] = fields[name] | {"deprecated": True, "description": f"The old name of `{name}`."}
            fields[was].pop("default", None)
            if name in required:
                required.remove(name)
                described["oneOf"] = [{"required": [name]}, {"required": [was]}]
            else:
                described["not"] = {"required": [name, was]}
        return described

    def asked(self) -> dict[str, Any]:
        """Return the question in flat names.

        Raises: QuestionError for the share of what the answer counts.
        """
        asked = {**self.dict(exclude={"feeder_id"}), "own": self.own and self.own.limits()}
        if self.counts_over:
            share = f"{asked['over']}_adoption"
            if share in self.model_fields_set:
                raise QuestionError(share, f"the answer counts {asked['over']}: its share is not asked")
            del asked[share]
        if "steps" in asked:
            asked["steps"] = tuple(asked["steps"])
        return asked


class StudyIn(AskedIn):
    """A question under one limit set, or under limits of one's own, which take its place."""

    limits: Literal[tuple(LIMIT_SETS)] = DEFAULT_LIMITS.name  # type: ignore[valid-type]

    def asked(self) -> dict[str, Any]:
        """Return the question in flat names."""
        asked = super().asked()
        return {**asked, "limits": asked.pop("own") or LIMIT_SETS[self.limits]}


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
