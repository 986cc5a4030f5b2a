"""A report goes into plain data and comes back as it was, but for its pictures."""

import json
from dataclasses import replace

from simulator.reports.report import Column, Figure, Kpi, Report, Table
from simulator.reports.stored import parse_report, report_data
from simulator.studies.guidance import Finding

REPORT = Report(
    title="PV sweep of Elm Road",
    sentence="feeder_00 hosts 50 % PV.",
    state="violated",
    question=(("Feeder", "Elm Road"), ("Limits", "Twin")),
    kpis=(Kpi("loading", "Loading", "98.0", "%", "trafo_0", "100 %", "high", bar="<svg></svg>"),),
    figures=(Figure("chart", "Chart", "A chart.", lambda: "<svg></svg>"),),
    findings=(Finding("reverse_flow", "warning", "Reverse flow", "look at it", "it exports 3 kW"),),
    tables=(
        Table(
            "buses",
            "Buses",
            (
                Column("bus", "Bus"),
                Column("vm", "Voltage", "pu", 4, bar=(None, 1.1)),
                Column("n", "n", "", 0),
            ),
            (("bus_0", 1.0123456789, 3), ("bus_1", None, 4)),
        ),
        Table("few", "Few", (Column("value", "Value", digits=4),), ((1.5,),), (1,)),
    ),
)


def test_all_but_pictures_comes_back() -> None:
    stored = json.loads(json.dumps(report_data(REPORT), allow_nan=False))
    kpis = tuple(replace(kpi, bar="") for kpi in REPORT.kpis)
    assert parse_report(stored) == replace(REPORT, figures=(), kpis=kpis)


def test_no_markup_is_kept() -> None:
    assert "<svg" not in json.dumps(report_data(REPORT))
