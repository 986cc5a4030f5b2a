"""Limit sets: the figures of the standards, named and sourced."""

from typing import Any

import pytest
from pydantic import ValidationError

from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS, Limits

OF_THE_STANDARDS = {
    "twin": (0.94, 1.06, None),
    "en50160": (0.90, 1.10, None),
    "uk": (0.94, 1.10, None),
    "ansi_c84_a": (0.95, 1.05, None),
    "vde_4105": (0.90, 1.10, 0.03),
}
GOOD: dict[str, Any] = {
    "name": "mine",
    "title": "Mine",
    "vm_min_pu": 0.9,
    "vm_max_pu": 1.1,
    "source": "a test",
}


def test_the_sets_are_those_of_the_standards() -> None:
    assert {
        name: (limits.vm_min_pu, limits.vm_max_pu, limits.rise_max) for name, limits in LIMIT_SETS.items()
    } == OF_THE_STANDARDS


def test_the_first_set_is_the_default() -> None:
    assert next(iter(LIMIT_SETS.values())) is DEFAULT_LIMITS
    assert DEFAULT_LIMITS.name == "twin"


@pytest.mark.parametrize("limits", LIMIT_SETS.values(), ids=LIMIT_SETS)
def test_each_set_allows_its_elements_their_rating_and_names_its_source(limits: Limits) -> None:
    assert limits.loading_max == 1
    assert limits.source
    assert limits.title


@pytest.mark.parametrize(
    ("name", "words"), [("twin", "0.94 to 1.06 pu"), ("vde_4105", "0.90 to 1.10 pu, rise at most 3 %")]
)
def test_a_set_says_its_limits_in_words(name: str, words: str) -> None:
    assert LIMIT_SETS[name].band == words


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"vm_min_pu": 1.1, "vm_max_pu": 0.9}, "vm_min_pu 1.1 is not below vm_max_pu 0.9"),
        ({"vm_min_pu": 1.1}, "is not below"),
        ({"vm_min_pu": 0}, "greater than 0"),
        ({"vm_max_pu": float("nan")}, "less than 2"),
        ({"rise_max": 0}, "greater than 0"),
        ({"loading_max": 0}, "greater than 0"),
        ({"colour": "red"}, "Extra inputs are not permitted"),
    ],
)
def test_what_is_no_limit_is_refused(wrong: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Limits.model_validate({**GOOD, **wrong})
    assert reason in str(refusal.value)


def test_limits_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        DEFAULT_LIMITS.vm_max_pu = 1.1  # type: ignore[misc]
