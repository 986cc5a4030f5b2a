"""Classes of voltage and loading: limits are within, and legends tell the numbers."""

import numpy as np
import pytest

from simulator.drawing.scales import (
    loading_class,
    loading_legend,
    voltage_class,
    voltage_legend,
    voltage_steps,
)
from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS, Limits

sets = pytest.mark.parametrize("limits", list(LIMIT_SETS.values()), ids=list(LIMIT_SETS))


@sets
def test_a_voltage_at_a_limit_is_within(limits: Limits) -> None:
    assert voltage_class(limits.vm_max_pu, limits) == "v-high-edge"
    assert voltage_class(limits.vm_min_pu, limits) == "v-low-edge"
    assert voltage_class(np.nextafter(limits.vm_max_pu, 2), limits) == "v-above"
    assert voltage_class(np.nextafter(limits.vm_min_pu, 0), limits) == "v-below"
    assert voltage_class(float("nan"), limits) == "v-none"


@sets
def test_classes_follow_each_other_from_low_to_high(limits: Limits) -> None:
    values = np.linspace(limits.vm_min_pu - 0.05, limits.vm_max_pu + 0.05, 500)
    seen = list(dict.fromkeys(voltage_class(value, limits) for value in values))
    assert seen == [look.key for look, _ in voltage_legend(limits)]
    assert list(voltage_steps(limits).values()) == sorted(voltage_steps(limits).values())


@pytest.mark.parametrize(
    ("share", "key"),
    [
        (0, "l-light"),
        (0.4999, "l-light"),
        (0.5, "l-medium"),
        (0.8, "l-high"),
        (1.0, "l-high"),
        (1.0001, "l-over"),
    ],
)
@pytest.mark.parametrize("most", [1.0, 0.6, 1.2])
def test_loading_classes_are_shares_of_the_loading_allowed(share: float, key: str, most: float) -> None:
    limits = DEFAULT_LIMITS.model_copy(update={"loading_max": most})
    assert loading_class(share * most, limits) == key
    assert key in {look.key for look, _ in loading_legend(limits)}


def test_the_legend_of_loading_tells_the_limit_in_force() -> None:
    strict = DEFAULT_LIMITS.model_copy(update={"loading_max": 0.6})
    usual, own = ([text for _, text in loading_legend(limits)] for limits in (DEFAULT_LIMITS, strict))
    assert usual == ["below 50 %", "50–80 %", "80–100 %", "above 100 %"]
    assert own == ["below 30 %", "30–48 %", "48–60 %", "above 60 %"]


def test_the_legend_tells_the_numbers() -> None:
    assert [text for _, text in voltage_legend(DEFAULT_LIMITS)] == [
        "below 0.940",
        "0.940–0.952",
        "0.952–0.982",
        "0.982–1.018",
        "1.018–1.048",
        "1.048–1.060",
        "above 1.060",
    ]
