"""What the route that takes a profile file takes and gives."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import Field

from simulator.importing.profiles.series import ProfileKind, Unit
from simulator.importing.profiles.text import MAX_BYTES
from simulator.importing.profiles.wanted import MAX_HOURS

# What each field accepts, in words; the route names those that no other route has.
PROFILE_ACCEPTS = {
    "file": f"accepts a CSV file of at most {MAX_BYTES // 1_000_000} MB, as a part of multipart/form-data",
    "kind": "accepts load or pv",
    "unit": "accepts kw, w, kwh, pu or shape",
    "year": "accepts a year or a first day, as 2023 or 2023-01-31, where the file has no dates",
    "numbers": "accepts a key that an answer of 422 names, where a file can be read in more than one way",
    "column": "accepts a column's number or heading, where a file has several",
    "hours_ahead": "accepts a number from -14 to 14: how far local standard time is ahead of UTC",
    "accept_doubts": "accepts true or false",
    "dry_run": "accepts true or false",
}


class ProfileIn(Schema):
    """What goes with the file."""

    kind: ProfileKind
    unit: Annotated[Unit, Field(description="shape: the highest value is 1 per unit, whatever the unit.")]
    year: Annotated[str, Field(max_length=20)] = ""
    numbers: Annotated[str, Field(max_length=40)] = ""
    column: Annotated[str, Field(max_length=120)] = ""
    hours_ahead: Annotated[float | None, Field(ge=-MAX_HOURS, le=MAX_HOURS, allow_inf_nan=False)] = None
    accept_doubts: Annotated[bool, Field(description="Store numbers that look like another unit's.")] = False
    dry_run: Annotated[bool, Field(description="Tell what the file holds, and store nothing.")] = False


class ProfileOut(Schema):
    """What was recognised in a file and done to it, and the profile that came of it, in per unit."""

    stored: bool
    feeder_id: str
    kind: ProfileKind
    file: str
    import_log: list[str]
    account: Annotated[list[str], Field(deprecated=True, description="The old name of `import_log`.")]
    doubts: list[str]
    days: int
    first_day: date | None
    interval_minutes: int
    customers: list[str]
    lowest_pu: float
    mean_pu: float
    highest_pu: float
