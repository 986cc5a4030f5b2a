"""Questions are checked at birth, and equal questions are equal."""

from typing import Any

import pytest
from pydantic import ValidationError

from simulator.grid.profiles import read_profiles
from simulator.grid.subject import Subject
from simulator.studies.run.question import RunQuestion
from simulator.tests.feeders import all_feeders

GOOD: dict[str, Any] = {"pv_adoption": 0.3, "battery_adoption": 0.1, "step": 48}


def _read(**changed: Any) -> RunQuestion:
    return RunQuestion.read(Subject(all_feeders()["feeder_00"], read_profiles()), {**GOOD, **changed})


def test_a_scenario_knows_its_time() -> None:
    assert _read().scenario.time == "12:00"
    assert _read(step=95).scenario.time == "23:45"


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("pv_adoption", 1.01, ("adoption", "pv")),
        ("pv_adoption", -0.01, ("adoption", "pv")),
        ("pv_adoption", float("nan"), ("adoption", "pv")),
        ("battery_adoption", float("inf"), ("adoption", "battery")),
        ("pv_power_factor", 0.7, ("power_factors", "pv")),
        ("step", 96, ("step",)),
        ("step", -1, ("step",)),
        ("step", 1.5, ("step",)),
    ],
)
def test_what_is_out_of_range_is_refused_by_name(field: str, value: object, place: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError) as caught:
        _read(**{field: value})
    assert [error["loc"] for error in caught.value.errors()] == [place]


def test_a_question_has_no_unknown_field_and_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="colour"):
        RunQuestion(subject=_read().subject, colour="blue")  # type: ignore[call-arg]
    with pytest.raises(ValidationError, match="no technologies: sun"):
        RunQuestion(subject=_read().subject, adoption={"sun": 0.5})
    with pytest.raises(ValidationError, match="frozen"):
        _read().step = 3  # type: ignore[misc]


def test_shares_that_people_cannot_tell_apart_are_one() -> None:
    assert _read(pv_adoption=0.30000000000000004).plain == _read().plain
    assert _read(battery_adoption=-0.0).plain == _read(battery_adoption=0.0).plain
