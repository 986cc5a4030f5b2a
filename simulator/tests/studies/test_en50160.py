"""EN 50160 off one day: shares of quarter-hours outside the two bands, at the worst bus."""

import numpy as np
import pytest

from simulator.assessment.en50160 import BAND_PU, WIDE_PU, En50160, day_reading, outside_shares
from simulator.tests.studies.small import small_feeder

FEEDER = small_feeder()


def _reading(vm_pu: np.ndarray) -> En50160 | None:
    return day_reading(FEEDER, vm_pu, vm_pu)


def _voltages(**columns: dict[float, int]) -> np.ndarray:
    """Return 96 quarter-hours at 1.0 pu, but for so many of each voltage at a bus."""
    vm_pu = np.ones((96, 3))
    for bus, counts in columns.items():
        values = [value for value, count in counts.items() for _ in range(count)]
        vm_pu[: len(values), int(bus[-1])] = values
    return vm_pu


@pytest.mark.parametrize(
    ("counts", "band", "wide", "met"),
    [
        ({}, 0, 0, True),
        ({0.90: 96}, 0, 0, True),  # at the edge is within
        ({1.10: 96}, 0, 0, True),
        ({0.89: 4}, 4, 0, True),  # 4.2 % of the day
        ({0.89: 5}, 5, 0, False),  # 5.2 %
        ({0.85: 4}, 4, 0, True),
        ({0.849: 1}, 1, 1, False),  # none may be below -15 %
        ({1.101: 1}, 1, 1, False),  # nor above +10 %
        ({0.88: 3, 1.12: 2}, 5, 2, False),
    ],
)
def test_the_two_rules(counts: dict[float, int], band: int, wide: int, met: bool) -> None:
    reading = _reading(_voltages(bus_2=counts))
    assert reading is not None
    assert reading.outside_band == pytest.approx(band / 96)
    assert reading.outside_wide == pytest.approx(wide / 96)
    assert reading.met is met


def test_the_worst_bus_is_outside_most_often_and_strays_furthest_among_equals() -> None:
    often = _reading(_voltages(bus_0={0.80: 1}, bus_1={0.89: 3}))
    assert often is not None
    assert (often.bus, often.outside_wide) == ("bus_1", 1 / 96)
    far = _reading(_voltages(bus_0={0.95: 1}, bus_1={1.07: 1}, bus_2={0.97: 9}))
    assert far is not None
    assert far.bus == "bus_1"


def test_a_quarter_hour_without_a_voltage_leaves_nothing_to_read() -> None:
    assert _reading(_voltages(bus_1={float("nan"): 1})) is None


def test_shares_are_of_each_bus() -> None:
    vm_pu = _voltages(bus_0={0.89: 24}, bus_2={1.2: 96})
    assert outside_shares(vm_pu, vm_pu, BAND_PU).tolist() == [0.25, 0, 1]
    assert outside_shares(vm_pu, vm_pu, WIDE_PU).tolist() == [0, 0, 1]
