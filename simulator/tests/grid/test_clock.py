"""Quarter-hours: people write HH:MM, the API an index; both mean the same."""

import pytest

from simulator.grid.clock import HOURS_PER_STEP, STEPS_PER_DAY, step_of, time_of


def test_a_day_has_96_quarter_hours() -> None:
    assert STEPS_PER_DAY * HOURS_PER_STEP == 24


@pytest.mark.parametrize(
    ("step", "time"), [(0, "00:00"), (1, "00:15"), (28, "07:00"), (48, "12:00"), (95, "23:45")]
)
def test_step_and_time(step: int, time: str) -> None:
    assert time_of(step) == time
    assert step_of(time) == step


def test_every_step_has_its_own_time() -> None:
    times = [time_of(step) for step in range(STEPS_PER_DAY)]
    assert [step_of(time) for time in times] == list(range(STEPS_PER_DAY))
    assert times == sorted(set(times))


def test_blanks_around_a_time_do_not_matter() -> None:
    assert step_of(" 18:30 ") == 74


@pytest.mark.parametrize(
    "text",
    ["", "12", "12:01", "24:00", "23:60", "-1:00", "12:00:00", "noon", "12.00", "١٢:٠٠", "1200"],
)
def test_other_texts_are_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a quarter-hour: write HH:MM from 00:00 to 23:45"):
        step_of(text)
