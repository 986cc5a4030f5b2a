"""A feeder whose power flow has no solution: said in words everywhere, and never a number."""

from typing import Any

import pytest
from django.test import Client

from simulator.grid.schema import Feeder
from simulator.reports.pdf import missing_for_pdf
from simulator.tests.paper import read_sheets
from simulator.tests.studies.small import small_feeder
from simulator.tests.web.conftest import Fetch, read_json, store

NO_SOLUTION = "no solution: the feeder cannot carry this"
FIGURES = (
    "transformer_loading",
    "transformer",
    "reverse_power_kw",
    "import_kw",
    "min_voltage_pu",
    "min_voltage_bus",
    "max_voltage_pu",
    "max_voltage_bus",
    "line_loading",
    "line",
    "loss_kw",
    "agreement_pu",
)


@pytest.fixture(autouse=True)
def dark(feeders: None) -> Feeder:
    """Store a feeder that even its noon load is too much for."""
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 300.0, "pv_kwp": 10.0}, length_km=0.6)
    store(feeder)
    return feeder


@pytest.mark.parametrize("place", ["", "network/"])
def test_pages_say_it_and_show_no_figure(read: Fetch, place: str) -> None:
    document = read(f"/feeders/small/{place}")
    assert document.status == f"At 12:00 with 30 % PV, small has {NO_SOLUTION}."
    assert "nan" not in document.text.lower().split()
    for key, kpi in document.kpis.items():
        assert "no solution" in kpi
        assert key == "violation" or "–" in kpi


def test_the_run_page_guides_and_names_what_cannot_be_carried(read: Fetch) -> None:
    document = read("/feeders/small/guidance/")
    assert "No solution" in document.text
    assert "188 kW of load and 3 kW of PV can be carried at 12:00" in document.text
    assert "the batch solver finds no solution either" in document.text


def test_json_holds_nulls_and_says_that_it_did_not_converge(client: Client) -> None:
    data: Any = read_json(client.get("/feeders/small/run.json"))
    assert data["converged"] is False
    assert {key: data[key] for key in FIGURES} == dict.fromkeys(FIGURES)
    assert [v["kind"] for v in data["violations"]] == ["no_solution"]
    network: Any = read_json(client.get("/feeders/small/network.json"))
    assert (network["vm_pu"], network["line_loading"]) == (None, None)


def test_a_sweep_counts_it_as_a_violation(client: Client, read: Fetch) -> None:
    data: Any = read_json(client.get("/feeders/small/sweep.json?times=12:00"))
    assert data["points"][0]["violations"] == 1
    assert data["points"][0]["max_voltage_pu"] is None
    assert data["baseline_violation"] is True
    assert (data["hosting_capacity"], data["binding"]["kind"]) == (0, "no_solution")
    document = read("/feeders/small/sweep/?times=12:00")
    assert "small is in trouble before any PV" in document.status
    assert document.table("points")[1][3:] == ["–"] * 4


def test_a_day_counts_its_hours_and_shows_no_figure_that_depends_on_flow(client: Client, read: Fetch) -> None:
    data: Any = read_json(client.get("/feeders/small/day.json"))
    assert data["hours_outside"] >= data["hours_outside_by_kind"]["no_solution"] > 0
    assert {data["energy"][f"{key}_kwh"] for key in ("import", "export", "loss")} == {None}
    assert data["energy"]["demand_kwh"] > 0
    document = read("/feeders/small/day/")
    assert NO_SOLUTION in document.status
    assert "nan" not in document.text.lower().split()
    for key in ("min_voltage", "transformer_loading", "en50160", "import", "export", "loss"):
        assert "–" in document.kpis[key]
        assert "no solution" in document.kpis[key]


def test_the_comparison_the_list_and_the_maps_hold_it_without_figures(client: Client, read: Fetch) -> None:
    row = next(row for row in read("/compare/").table("comparison") if row[0] == "small")
    assert len([cell for cell in row if cell.endswith("–")]) == 6
    assert NO_SOLUTION in " ".join(row)
    upward, downward = (
        [row[0] for row in read(f"/compare/?sort=transformer&order={order}").table("comparison")]
        for order in ("asc", "desc")
    )
    assert upward[-1] == downward[-1] == "small"
    assert NO_SOLUTION in read("/").text
    assert read_json(client.get("/feeders.geojson"))
    features: Any = read_json(client.get("/feeders/small/network.geojson"))
    assert {f["properties"].get("vm_pu", None) for f in features["features"]} == {None}


def test_csv_leaves_the_cells_empty(client: Client) -> None:
    for place in ("run", "network"):
        text = client.get(f"/feeders/small/{place}.csv").content.decode()
        assert "bus_1,,," in text
        assert "nan" not in text.lower()


@pytest.mark.skipif(bool(missing_for_pdf()), reason="WeasyPrint's system libraries are missing")
@pytest.mark.parametrize("place", ["run", "day", "why"])
def test_the_pdf_says_it(client: Client, place: str) -> None:
    assert NO_SOLUTION in " ".join(read_sheets(client.get(f"/feeders/small/{place}.pdf").content))
