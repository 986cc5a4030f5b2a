"""Scenarios are checked at birth, and equal questions are equal."""

import pytest
from pydantic import ValidationError

from simulator.studies.scenario import Scenario

GOOD = {"feeder_id": "feeder_00", "pv_adoption": 0.3, "battery_adoption": 0.1, "hour": 48}


def test_a_scenario_knows_its_time() -> None:
    assert Scenario.model_validate(GOOD).time == "12:00"
    assert Scenario.model_validate({**GOOD, "hour": 95}).time == "23:45"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pv_adoption", 1.01),
        ("pv_adoption", -0.01),
        ("pv_adoption", float("nan")),
        ("battery_adoption", float("inf")),
        ("hour", 96),
        ("hour", -1),
        ("hour", 1.5),
        ("colour", "blue"),
    ],
)
def test_what_is_out_of_range_is_refused_by_name(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Scenario.model_validate({**GOOD, field: value})
    assert [error["loc"] for error in caught.value.errors()] == [(field,)]


def test_a_scenario_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Scenario.model_validate(GOOD).hour = 3  # type: ignore[misc]


def test_shares_that_people_cannot_tell_apart_are_one() -> None:
    assert Scenario.model_validate({**GOOD, "pv_adoption": 0.30000000000000004}) == Scenario.model_validate(
        GOOD
    )
    assert str(Scenario.model_validate({**GOOD, "pv_adoption": -0.0}).pv_adoption) == "0.0"
