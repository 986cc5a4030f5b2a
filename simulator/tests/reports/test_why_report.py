"""The why page's report: its tables sum to the voltage, and its cards hold what the tables hold."""

from typing import Any

import pytest

from simulator.grid.limits import LIMIT_SETS
from simulator.grid.profiles import read_profiles
from simulator.grid.schema import Feeder
from simulator.reports.report import Report, Table
from simulator.studies.why.report import why_report
from simulator.tests.feeders import all_feeders, with_three_transformers
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.reports.pictures import parse, with_class
from simulator.tests.studies import slow
from simulator.tests.studies.asking import ask_why

FEEDERS = [
    all_feeders()["feeder_05"],
    all_feeders()["feeder_11"],
    with_three_transformers(all_feeders()["feeder_03"]),
]
each_feeder = pytest.mark.parametrize("feeder", FEEDERS, ids=lambda f: f.feeder_id)


def report(feeder: Feeder, **asked: Any) -> Report:
    question = {"pv_adoption": 0.9, "battery_adoption": 0.5, "step": 29, "when": "time", "bus": "bus_15"}
    limits = LIMIT_SETS[asked.pop("limits", "twin")]
    found = ask_why(feeder, read_profiles(), **{**question, **asked}, limits=limits)
    return why_report(feeder, found)


def table(of: Report, key: str) -> list[dict[str, Any]]:
    (found,) = [each for each in of.tables if each.key == key]
    return rows(found)


def rows(of: Table) -> list[dict[str, Any]]:
    return [dict(zip([c.key for c in of.columns], row, strict=True)) for row in of.rows]


@each_feeder
def test_the_sections_sum_to_the_voltage_of_newton_raphson_after_each(feeder: Feeder) -> None:
    flow = solve_newton(feeder, *slow.injections(feeder, read_profiles(), 0.9, 0.5, [29]))
    voltage = dict(zip([bus.id for bus in feeder.buses], flow.vm_pu[0].tolist(), strict=True))
    sections = table(report(feeder), "sections")
    assert [row["to"] for row in sections][-1] == "bus_15"
    reached = 1.0
    for row in sections:
        kinds = [row[key] or 0.0 for key in ("no_load_pu", "load_pu", "pv_pu", "battery_pu")]
        assert sum(kinds) == pytest.approx(row["total_pu"], abs=1e-12)
        reached += row["total_pu"]
        assert row["voltage_pu"] == pytest.approx(reached, abs=1e-12)
        assert reached == pytest.approx(voltage.get(row["to"], feeder.source.vm_pu), abs=1e-7)


@each_feeder
def test_customers_come_largest_first_and_sum_to_what_the_sections_say(feeder: Feeder) -> None:
    shown = report(feeder)
    customers, sections = table(shown, "customers"), table(shown, "sections")
    totals = [abs(row["total_pu"]) for row in customers]
    assert totals == sorted(totals, reverse=True)
    for key in ("load_pu", "pv_pu", "battery_pu"):
        assert sum(row[key] for row in customers) == pytest.approx(
            sum(row[key] or 0 for row in sections), abs=1e-12
        )
    assert sum(row["share"] for row in customers) == pytest.approx(100)
    (largest,) = [kpi for kpi in shown.kpis if kpi.key == "customer"]
    assert largest.place.startswith(f"{customers[0]['customer']}: ")


def test_the_cards_hold_the_voltage_against_its_limits_and_what_makes_it() -> None:
    cards = {kpi.key: kpi for kpi in report(FEEDERS[1], step=48, bus="bus_29").kpis}
    assert list(cards) == ["voltage", "source", "transformer", "lines", "customer"]
    assert (cards["voltage"].state, cards["voltage"].place) == ("violated", "bus_29 at 12:00")
    assert cards["voltage"].limit == "0.94 to 1.06 pu"
    assert cards["transformer"].place.startswith("+0.0256 without load, ")
    assert cards["lines"].place == "29 sections, bus_0 to bus_29"


def test_a_rise_that_binds_has_its_own_card() -> None:
    cards = {kpi.key: kpi for kpi in report(FEEDERS[1], step=48, bus=None, limits="vde_4105").kpis}
    assert cards["rise"].limit == "3 %"


def test_a_busbar_is_reached_without_lines() -> None:
    cards = {kpi.key: kpi for kpi in report(FEEDERS[0], bus="bus_0").kpis}
    assert (cards["lines"].value, cards["lines"].place) == (
        "+0.000",
        "none: the bus is the transformer's busbar",
    )


def test_the_diagram_rings_the_way_and_the_question_says_what_was_asked() -> None:
    shown = report(FEEDERS[0])
    sections = table(shown, "sections")
    diagram = parse(shown.figures[1].svg)
    assert (
        len([ring for ring in with_class(diagram, "ring") if ring.get("stroke-width") != "2.5"])
        == len(sections) - 2
    )
    asked = dict(shown.question)
    assert (asked["Bus"], asked["Quarter-hour"]) == ("bus_15", "07:15")
    assert dict(report(FEEDERS[0], when="day").question)["Quarter-hour"].endswith(", the day's tightest")
