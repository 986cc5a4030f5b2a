"""What the day tells: its worst time, EN 50160 with its caveat, and the hours of export."""

import numpy as np
import pytest

from simulator.grid.limits import DEFAULT_LIMITS
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.studies.day.day import Day
from simulator.studies.day.wording import stretches
from simulator.studies.guidance import Finding
from simulator.studies.rules import advise
from simulator.tests.studies.asking import day
from simulator.tests.studies.small import flat_day, small_feeder

LOAD = {"bus": "bus_2", "peak_kw": 1.0}


def _day(feeder: Feeder, profiles: Profiles, pv: float = 1.0) -> Day:
    return day(feeder, profiles, pv_adoption=pv, battery_adoption=0.0, limits=DEFAULT_LIMITS)


def _findings(found: Day) -> dict[str, Finding]:
    return {finding.key: finding for finding in advise("day", found)}


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([(0, 96)], "all day"),
        ([(42, 57)], "10:30 to 14:15"),
        ([(0, 1), (95, 96)], "00:00 to 00:15 and 23:45 to 24:00"),
        ([(4, 8), (12, 16), (20, 24)], "01:00 to 02:00, 03:00 to 04:00 and 05:00 to 06:00"),
        ([(4, 8), (12, 16), (20, 24), (28, 32)], "4 stretches between 01:00 and 08:00"),
    ],
)
def test_stretches_of_time_are_told_by_their_edges(parts: list[tuple[int, int]], words: str) -> None:
    chosen = np.zeros(96, dtype=bool)
    for first, past in parts:
        chosen[first:past] = True
    assert stretches(chosen) == words


def test_a_quiet_day_tells_of_en_50160_alone() -> None:
    found = _findings(_day(small_feeder(LOAD), flat_day()))
    assert list(found) == ["en50160"]
    assert found["en50160"].severity == "good"
    assert "outside 0.90 to 1.10 pu for 0.0 % of the day, at most 5 % may be" in found["en50160"].reason
    assert "no bus is ever outside 0.85 to 1.10 pu" in found["en50160"].reason
    assert "only approximate the standard" in found["en50160"].advice
    assert "10-minute means of a week" in found["en50160"].advice


def test_the_worst_time_is_told_with_numbers_and_the_export_with_its_hours() -> None:
    sun = np.zeros(96)
    sun[40:52], sun[45] = 0.95, 1.0
    feeder = small_feeder({**LOAD, "pv_kwp": 50.0}, length_km=0.2)
    day_found = _day(feeder, Profiles(np.ones(96), sun))
    found = _findings(day_found)
    assert found["worst_time"].title == "Worst at 11:15"
    highest = day_found.flow.vm_pu[45].max()
    assert f"bus_2 reaches {highest:.3f} pu at 11:15, limit 1.06 pu" in found["worst_time"].reason
    assert "outside limits for 3 h: 10:00 to 13:00" in found["worst_time"].reason
    reverse = found["reverse_flow"].reason
    assert "exports for 3 h, 10:00 to 13:00, most at 11:15 with " in reverse
    assert f"{-day_found.flow.source_kw[45]:.1f} kW" in reverse
    assert found["en50160"].severity == "good"


def test_a_day_outside_en_50160_is_grave_and_says_by_how_much() -> None:
    found = _findings(_day(small_feeder({**LOAD, "pv_kwp": 90.0}, length_km=0.25), flat_day()))
    reason = found["en50160"].reason
    assert found["en50160"].severity == "danger"
    assert "bus_2, the worst bus, is outside 0.90 to 1.10 pu for 100.0 % of the day" in reason
    assert "up to 100.0 % of it is outside 0.85 to 1.10 pu, none may be" in reason


def test_without_a_solution_en_50160_cannot_be_read() -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 170.0}, length_km=0.6)
    found = _findings(_day(feeder, flat_day()))
    assert list(found) == ["worst_time", "en50160"]
    assert "no solution: the feeder cannot carry this at 00:00" in found["worst_time"].reason
    assert found["en50160"].severity == "warning"
    assert "cannot be read" in found["en50160"].title
