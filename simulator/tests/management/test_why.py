"""`manage.py why`: the why page's answer in a terminal."""

import json

import pytest
from django.test import Client

from simulator.tests.management.conftest import Shell

pytestmark = pytest.mark.usefixtures("feeders")


@pytest.mark.parametrize(
    ("feeder", "body", "options"),
    [
        ("feeder_00", {"pv_adoption": 0.9}, ("--pv=0.9",)),
        (
            "feeder_05",
            {"pv_adoption": 0.6, "limits": "vde_4105", "bus": "bus_7"},
            ("--pv=0.6", "--limits=vde_4105", "--bus=bus_7"),
        ),
        ("feeder_11", {"pv_adoption": 0.3, "when": "time", "step": 74}, ("--when=time", "--time=18:30")),
    ],
)
def test_json_is_the_apis_answer(
    shell: Shell, client: Client, feeder: str, body: dict[str, object], options: tuple[str, ...]
) -> None:
    api = client.post("/api/why", {"feeder_id": feeder, **body}, "application/json")
    code, out, _ = shell("why", feeder, *options, "--json")
    assert (code, api.status_code) == (0, 200)
    assert json.loads(out) == api.json()


def test_text_says_what_the_page_says(shell: Shell, client: Client) -> None:
    report = client.get("/feeders/feeder_11/why/", {"pv_adoption": "0.6"}).context["report"]
    code, out, _ = shell("why", "feeder_11", "--pv=0.6")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == report.sentence
    for kpi in report.kpis:
        told = (kpi.value, kpi.unit, kpi.place, kpi.limit)
        assert any(line.startswith(kpi.label) and all(part in line for part in told) for line in lines)
    assert sum(line.startswith("line_") for line in lines) == 29
    assert sum(line.startswith("customer_") for line in lines) == 29
    assert all(f"- {finding.title}" in lines for finding in report.findings)


def test_an_unknown_bus_is_refused_with_those_there_are(shell: Shell) -> None:
    code, out, err = shell("why", "feeder_00", "--bus=bus_99")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "bus_99 is not a bus of feeder_00; it has bus_0, bus_1" in err


def test_help_says_what_the_bus_may_be(shell: Shell) -> None:
    code, out, _ = shell("why", "--help")
    assert code == 0
    assert "nothing for the binding one" in " ".join(out.split())
