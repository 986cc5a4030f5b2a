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
    ("loading", "key"),
    [
        (0, "l-light"),
        (0.4999, "l-light"),
        (0.5, "l-medium"),
        (0.8, "l-high"),
        (1.0, "l-high"),
        (1.0001, "l-over"),
    ],
)
def test_loading_classes(loading: float, key: str) -> None:
    assert loading_class(loading) == key
    assert key in {look.key for look, _ in loading_legend()}


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
