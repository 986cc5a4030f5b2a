"""The day's report: the sentence answers, cards and tables hold the study's numbers, gaps are said."""

import numpy as np
import pytest

from simulator.answers.declared import data_of
from simulator.grid.limits import LIMIT_SETS
from simulator.grid.profiles import Profiles, read_profiles
from simulator.grid.schema import Feeder
from simulator.reports.report import CellValue, Report, Table
from simulator.studies.day.data import DayOut
from simulator.studies.day.day import Day
from simulator.studies.day.report import day_report
from simulator.tests.feeders import all_feeders
from simulator.tests.studies.asking import day
from simulator.tests.studies.small import flat_day, small_feeder

DARK = small_feeder({"bus": "bus_2", "peak_kw": 170.0, "pv_kwp": 10.0}, length_km=0.6)
SUNNY = small_feeder({"bus": "bus_2", "peak_kw": 1.0, "pv_kwp": 50.0}, length_km=0.2)
FEEDER = all_feeders()["feeder_04"]


def _ask(feeder: Feeder, profiles: Profiles, pv: float, battery: float = 0.0, limits: str = "twin") -> Day:
    return day(feeder, profiles, pv_adoption=pv, battery_adoption=battery, limits=LIMIT_SETS[limits])


def _noon(*, load: float = 1.0) -> Profiles:
    sun = np.zeros(96)
    sun[46:52], sun[48] = 0.98, 1.0
    return Profiles(np.full(96, load), sun)


def _table(report: Report, key: str) -> Table:
    return next(table for table in report.tables if table.key == key)


def _column(report: Report, table: str, column: str) -> list[CellValue]:
    found = _table(report, table)
    position = [c.key for c in found.columns].index(column)
    return [row[position] for row in found.rows]


def test_the_sentence_says_how_long_and_what_is_worst() -> None:
    found = _ask(SUNNY, _noon(), 1.0)
    highest = found.flow.vm_pu[48].max()
    assert day_report(SUNNY, found).sentence == (
        "Over the day with 100 % PV, small is outside its limits for 1.5 h, "
        f"worst at 12:00: bus_2 at {highest:.3f} pu."
    )
    assert day_report(SUNNY, found).state == "violated"


def test_the_sentence_tells_a_rise_as_a_rise() -> None:
    found = _ask(SUNNY, _noon(), 1.0, limits="vde_4105")
    rise = found.flow.vm_pu[48, 2] - _ask(SUNNY, _noon(), 0.0).flow.vm_pu[48, 2]
    assert f"worst at 12:00: bus_2 rises by +{100 * rise:.1f} %." in day_report(SUNNY, found).sentence


def test_the_sentence_of_a_good_day_gives_its_range() -> None:
    found = _ask(SUNNY, _noon(), 0.1, 0.5)
    flow = found.flow
    assert day_report(SUNNY, found).sentence == (
        "Over the day with 10 % PV and 50 % batteries, small stays within its limits all day: "
        f"{flow.vm_pu.min():.3f} to {flow.vm_pu.max():.3f} pu, "
        f"transformer at most at {100 * flow.transformer_loading.max():.0f} %."
    )
    assert day_report(SUNNY, found).state == "ok"


def test_cards_and_tables_hold_the_numbers_of_the_day() -> None:
    found = _ask(FEEDER, read_profiles(), 0.9, 0.2, "vde_4105")
    report = day_report(FEEDER, found)
    cards = {card.key: card for card in report.kpis}
    step, bus = np.unravel_index(int(found.flow.vm_pu.argmax()), found.flow.vm_pu.shape)
    assert cards["max_voltage"].value == f"{found.flow.vm_pu.max():.3f}"
    assert cards["max_voltage"].place == f"{FEEDER.buses[bus].id} at {step // 4:02d}:{step % 4 * 15:02d}"
    assert cards["outside"].value == f"{found.hours_outside:g}"
    assert cards["transformer_loading"].value == f"{100 * found.flow.transformer_loading.max():.1f}"
    assert cards["transformer_loading"].place.endswith("exporting")
    assert cards["pv"].value == f"{found.energy.pv_kwh:.0f}"
    assert _column(report, "quarter-hours", "max_voltage") == found.flow.vm_pu.max(axis=1).tolist()
    assert _column(report, "quarter-hours", "load") == found.power.kw["load"].tolist()
    assert _column(report, "quarter-hours", "battery") == found.power.kw["battery"].tolist()
    imports, exports = (_column(report, "quarter-hours", key) for key in ("import", "reverse_power"))
    assert [a - b for a, b in zip(imports, exports, strict=True)] == pytest.approx(found.flow.source_kw)  # type: ignore[operator]
    assert _column(report, "quarter-hours", "direction")[48] == "export"
    assert _column(report, "buses", "min_voltage") == found.flow.vm_pu.min(axis=0).tolist()
    assert _column(report, "buses", "hours_outside") == found.bus_hours_outside.tolist()
    assert _column(report, "outside", "hours")[-1] == found.hours_outside
    states = _column(report, "quarter-hours", "state")
    assert sum(s not in ("within limits", "near a limit") for s in states) == found.hours_outside * 4
    assert "voltage rise" in str(states[48])
    assert {figure.key for figure in report.figures} == {"heat", "day-loading", "day-power"}


def test_the_energies_table_is_the_balance() -> None:
    energy = _ask(FEEDER, read_profiles(), 0.9, 0.2).energy
    report = day_report(FEEDER, _ask(FEEDER, read_profiles(), 0.9, 0.2))
    rows = {str(row[0]): row[1] for row in _table(report, "energy").rows}
    told = {name: value for name, value in rows.items() if isinstance(value, float)}
    assert told["import"] - told["export"] == pytest.approx(
        told["demand"] + told["losses"] + told["battery losses"] - told["PV"]
    )
    assert told["self-consumption"] == pytest.approx(
        100 * (told["used directly"] + told["through the battery"]) / energy.pv_kwh
    )


def test_without_a_solution_words_stand_where_figures_would() -> None:
    found = _ask(DARK, flat_day(), 0.0)
    report = day_report(DARK, found)
    assert report.sentence == (
        "Over the day with 0 % PV, small is outside its limits for 24 h, "
        "24 h of them with no solution: the feeder cannot carry this."
    )
    assert report.state == "unknown"
    cards = {card.key: card for card in report.kpis}
    for key in ("min_voltage", "max_voltage", "transformer_loading", "line_loading", "en50160", "import"):
        assert (cards[key].value, cards[key].state_words) == ("–", "no solution")
    assert "no solution" in cards["loss"].place
    for column in (
        "min_voltage",
        "max_voltage_bus",
        "transformer_loading",
        "direction",
        "import",
        "reverse_power",
        "loss",
    ):
        assert _column(report, "quarter-hours", column) == [None] * 96
    assert _column(report, "quarter-hours", "load") == pytest.approx([170.0] * 96)
    assert _column(report, "buses", "outside_10_percent") == [None] * 3
    data = data_of(DayOut, found, DARK, caveats=())
    assert (data["energy"]["import_kwh"], data["en50160"], data["converged"]) == (None, None, False)
    assert data["buses"][0]["vm_pu"] == [None] * 96
    assert data["quarter_hours"][0]["reverse_power_kw"] is None


def test_what_the_limits_do_not_bound_is_none_not_zero() -> None:
    data = data_of(DayOut, _ask(SUNNY, _noon(), 1.0), SUNNY, caveats=())
    assert data["hours_outside_by_kind"] == {
        "undervoltage": 0.0,
        "overvoltage": 1.5,
        "rise": None,
        "line": 0.0,
        "transformer": 0.0,
        "no_solution": 0.0,
    }
