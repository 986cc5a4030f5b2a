"""What a page shows can be taken away: CSV, JSON and PDF, with the same numbers."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from simulator.models import FeederRecord
from simulator.reports.pdf import missing_for_pdf
from simulator.tests.paper import read_sheets
from simulator.tests.web.addresses import FILES, PAGES, QUESTIONS
from simulator.tests.web.conftest import Fetch, read_json

every_page = pytest.mark.parametrize("name", PAGES)
HTMX = {"HX-Request": "true", "HX-Target": "results"}
RUN = PAGES["run"]


@every_page
def test_csv_and_json_open_with_the_question_of_the_page(client: Client, name: str) -> None:
    taken = client.get(f"{FILES[name]}.csv{QUESTIONS[name]}")
    assert taken.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert taken.headers["Content-Disposition"].startswith("attachment; filename=")
    assert taken.headers["Content-Disposition"].endswith('.csv"')
    assert len(list(csv.reader(io.StringIO(taken.content.decode())))) > 2
    assert read_json(client.get(f"{FILES[name]}.json{QUESTIONS[name]}"))


@pytest.mark.skipif(bool(missing_for_pdf()), reason="WeasyPrint's system libraries are missing")
@every_page
def test_the_pdf_holds_the_sentence_the_link_the_versions_and_the_date(
    client: Client, read: Fetch, name: str
) -> None:
    answer = client.get(f"{FILES[name]}.pdf{QUESTIONS[name]}")
    assert answer.headers["Content-Type"] == "application/pdf"
    sheets = read_sheets(answer.content)
    text = " ".join(sheets)
    run_together = text.replace(" ", "")
    page = read(PAGES[name] + QUESTIONS[name])
    if name != "help":
        assert page.status.replace(" ", "") in run_together
    assert f"http://testserver{page.links['Link to this answer']}" in run_together
    assert "pandapower" in text
    assert str(FeederRecord.objects.earliest("updated").updated.year) in text
    if name == "run":
        _check_the_run(client, sheets)
    if name in ("run", "sweep"):
        assert "limit" in text.lower()
        assert "%" in text


def _check_the_run(client: Client, sheets: list[str]) -> None:
    """It holds key figures, guidance and pictures, the figures on its first sheet."""
    data: Any = read_json(client.get(f"{FILES['run']}.json{QUESTIONS['run']}"))
    assert f"{data['max_voltage_pu']:.3f} pu" in sheets[0]
    assert f"{data['transformer_loading'] * 100:.1f} %" in sheets[0]
    assert "beyond its limit" in sheets[0]
    whole = " ".join(sheets)
    assert data["findings"]
    for finding in data["findings"]:
        assert finding["title"].replace(" ", "") in whole.replace(" ", "")
    for title in ("Single-line diagram", "Voltage profile", "Guidance"):
        assert title in whole


def test_a_pdf_that_cannot_be_made_says_why_and_the_page_does_so_in_place_of_the_link(
    client: Client, read: Fetch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("simulator.web.pages.page.missing_for_pdf", lambda: "pango is missing")
    answer = client.get(f"{FILES['run']}.pdf")
    assert answer.status_code == 503
    assert answer.content == b"The PDF is off: pango is missing\n"
    document = read(RUN)
    assert "PDF is off: pango is missing" in document.text
    assert "PDF" not in document.links
    caplog.clear()  # an answer of 503 is an error in the log, and meant to be


def test_the_page_the_csv_the_json_and_the_api_hold_the_same_numbers(client: Client, read: Fetch) -> None:
    asked = "?pv_adoption=0.6&battery_adoption=0.1&time=12:30"
    data: Any = read_json(client.get(f"{FILES['run']}.json{asked}"))
    body = {"feeder_id": "feeder_00", "pv_adoption": 0.6, "battery_adoption": 0.1, "step": 50}
    api = client.post("/api/simulate", json.dumps(body), content_type="application/json")
    assert read_json(api) == data
    kpis = read(RUN + asked).kpis
    assert f"{data['transformer_loading'] * 100:.1f} %" in kpis["transformer_loading"]
    assert f"{data['min_voltage_pu']:.3f} pu {data['min_voltage_bus']}" in kpis["min_voltage"]
    assert f"{data['max_voltage_pu']:.3f} pu {data['max_voltage_bus']}" in kpis["max_voltage"]
    assert f"{data['line_loading'] * 100:.1f} % {data['line']}" in kpis["line_loading"]
    assert f"{data['loss_kw']:.1f} kW" in kpis["loss"]
    assert f"{data['reverse_power_kw']:.1f} kW" in kpis["exchange"]
    rows = list(csv.reader(io.StringIO(client.get(f"{FILES['run']}.csv{asked}").content.decode())))
    start = rows.index(["Buses"])
    voltages = [float(row[1]) for row in rows[start + 2 : start + 32]]
    assert max(voltages) == pytest.approx(data["max_voltage_pu"], abs=1e-6)
    assert min(voltages) == pytest.approx(data["min_voltage_pu"], abs=1e-6)


def test_the_sweep_page_its_json_and_the_api_hold_the_same_numbers(client: Client, read: Fetch) -> None:
    asked = "?battery_adoption=0.2&times=12:00,07:00&limits=uk"
    data: Any = read_json(client.get(f"{FILES['sweep']}.json{asked}"))
    body = {"feeder_id": "feeder_00", "steps": [28, 48], "battery_adoption": 0.2, "limits": "uk"}
    api = client.post("/api/sweep", json.dumps(body), content_type="application/json")
    assert read_json(api) == data
    document = read(PAGES["sweep"] + asked)
    assert f"{data['hosting_capacity'] * 100:.1f} %" in document.kpis["hosting_capacity"]
    assert f"{data['hosting_capacity_kwp']:.0f} kWp" in document.kpis["hosting_capacity"]
    assert f"{data['hosting_capacity'] * 100:.1f} % PV" in document.status
    points = document.table("points")[1:]
    assert len(points) == len(data["points"]) == 21
    for row, point in zip(points, data["points"], strict=True):
        assert row[:5] == [
            f"{point['pv'] * 100:.0f}",
            f"{point['pv'] * data['pv_potential_kwp']:.1f}",
            str(point["violations"]),
            f"{point['min_voltage_pu']:.4f}",
            f"{point['max_voltage_pu']:.4f}",
        ]
