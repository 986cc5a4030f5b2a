"""A report goes into plain data and comes back as it was, pictures too."""

import json
import random
from dataclasses import replace

from simulator.reports.kept_pictures import parse_pictures, picture_data
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


def test_all_comes_back_but_the_bars_of_key_figures() -> None:
    stored = json.loads(json.dumps(report_data(REPORT), allow_nan=False))
    kpis = tuple(replace(kpi, bar="") for kpi in REPORT.kpis)
    back = parse_report(stored)
    assert replace(back, figures=()) == replace(REPORT, figures=(), kpis=kpis)
    assert [(f.key, f.title, f.caption, f.svg) for f in back.figures] == [
        (f.key, f.title, f.caption, f.svg) for f in REPORT.figures
    ]


def test_a_picture_takes_a_fraction_of_its_markup_and_one_without_end_is_left_out() -> None:
    cells = "".join(f'<rect x="{i}" y="0" width="9" height="9"/>' for i in range(20_000))
    packed = picture_data([Figure("chart", "Chart", "Cells.", lambda: f"<svg>{cells}</svg>")])
    assert len(packed[0]["packed"]) < len(cells) / 5
    noise = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789<>/= ", k=1_000_000))
    left_out = picture_data([Figure("chart", "Chart", "Noise.", lambda: noise)])
    assert left_out[0]["packed"] == ""
    assert "too large to be kept" in left_out[0]["caption"]
    assert parse_pictures(left_out)[0].svg == ""


def test_no_markup_is_kept() -> None:
    assert "<svg" not in json.dumps(report_data(REPORT))


def test_a_report_that_was_kept_without_pictures_is_read() -> None:
    data = report_data(REPORT)
    del data["pictures"]
    assert parse_report(data).figures == ()
