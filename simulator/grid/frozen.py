"""What every record of a feeder is: immutable, strict about numbers, without unknown fields."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-][A-Za-z0-9_.-]*$")]
Real = Annotated[float, Field(allow_inf_nan=False, strict=True)]


class Frozen(BaseModel):
    """An immutable record that takes no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
