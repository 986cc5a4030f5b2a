"""The day's page, files and route: one answer, with pictures that can be read on paper too."""

from typing import Any

import pytest
from django.test import Client

from simulator.grid.profiles import read_profiles
from simulator.reports.pdf import missing_for_pdf
from simulator.tests.feeders import all_feeders
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.paper import read_sheets
from simulator.tests.studies import slow
from simulator.tests.web.asking import post
from simulator.tests.web.conftest import Fetch, read_json

ASKED = {"feeder_id": "feeder_04", "pv_adoption": 0.9, "battery_adoption": 0.2}
QUERY = "?pv_adoption=0.9&battery_adoption=0.2"
PAGE, FILE = "/feeders/feeder_04/day/", "/feeders/feeder_04/day"


def test_the_route_answers_what_newton_raphson_answers(client: Client) -> None:
    data: Any = read_json(post(client, "day", ASKED))
    feeder = all_feeders()["feeder_04"]
    flow = solve_newton(feeder, *slow.injections(feeder, read_profiles(), 0.9, 0.2, range(96)))
    assert [bus["bus"] for bus in data["buses"]] == [bus.id for bus in feeder.buses]
    for bus, voltages in zip(data["buses"], flow.vm_pu.T, strict=True):
        assert bus["vm_pu"] == pytest.approx(voltages, abs=1e-8)
        assert bus["max_voltage_pu"] == pytest.approx(voltages.max(), abs=1e-8)
        outside = ((voltages < 0.9) | (voltages > 1.1)).mean()
        assert bus["outside_10_percent"] == pytest.approx(outside)
    for hour, quarter in enumerate(data["quarter_hours"]):
        exchange = quarter["import_kw"] - quarter["reverse_power_kw"]
        assert exchange == pytest.approx(flow.source_kw[hour], abs=1e-5)
        assert quarter["loss_kw"] == pytest.approx(flow.loss_kw[hour], abs=1e-5)
    assert data["hours_outside_by_kind"]["overvoltage"] == (flow.vm_pu > 1.06).any(axis=1).sum() / 4
    worst = data["worst"]
    relative = {"line": flow.line_loading.max(), "overvoltage": flow.vm_pu.max() / 1.06}
    assert worst["kind"] == max(relative, key=relative.__getitem__)
    assert worst["value"] / worst["limit"] == pytest.approx(max(relative.values()), abs=1e-7)


def test_the_route_and_the_json_file_agree(client: Client) -> None:
    assert read_json(post(client, "day", ASKED)) == read_json(client.get(f"{FILE}.json{QUERY}"))


def test_the_page_holds_three_pictures_for_desk_and_telephone(read: Fetch) -> None:
    document = read(PAGE + QUERY)
    for figure in ("heat", "day-loading", "day-power"):
        assert len(list(document.by_id(figure).iter("svg"))) == 2
    assert len(document.table("quarter-hours")[1:]) == 96
    assert len(document.table("buses")[1:]) == 30
    assert "only approximate the standard" in document.text


def test_a_day_s_csv_has_a_line_for_each_quarter_hour(client: Client) -> None:
    lines = client.get(f"{FILE}.csv{QUERY}").content.decode().splitlines()
    assert sum(line[2:3] == ":" for line in lines) == 96
    assert any(line.startswith("self-consumption,") for line in lines)


@pytest.mark.skipif(bool(missing_for_pdf()), reason="WeasyPrint's system libraries are missing")
def test_the_pdf_shows_the_heat_map_whole_on_one_sheet(client: Client) -> None:
    sheets = read_sheets(client.get(f"{FILE}.pdf{QUERY}").content)
    (sheet,) = [text for text in sheets if "outwards along each branch" in text]
    told = (
        "Voltage by bus and time",
        "time of day",
        "limit 1.06",
        "above the limit 1.06",
        "striped: outside",
    )
    for words in told:
        assert words in sheet
    assert "EN 50160" in " ".join(sheets)
