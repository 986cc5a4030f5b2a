"""`manage.py day`: the day page's answer in a terminal."""

import json

import pytest
from django.test import Client

from simulator.tests.management.conftest import Shell

pytestmark = pytest.mark.usefixtures("feeders")


@pytest.mark.parametrize(
    ("feeder", "pv", "battery", "limits"),
    [("feeder_00", 0.9, 0, "twin"), ("feeder_05", 0.6, 0.3, "uk"), ("feeder_11", 1, 1, "vde_4105")],
)
def test_json_is_the_apis_answer(
    shell: Shell, client: Client, feeder: str, pv: float, battery: float, limits: str
) -> None:
    body = {"feeder_id": feeder, "pv_adoption": pv, "battery_adoption": battery, "limits": limits}
    api = client.post("/api/day", body, "application/json")
    options = (f"--pv={pv}", f"--battery={battery}", f"--limits={limits}")
    code, out, _ = shell("day", feeder, *options, "--json")
    assert (code, api.status_code) == (0, 200)
    assert json.loads(out) == api.json()


def test_text_says_what_the_page_says(shell: Shell, client: Client) -> None:
    asked = {"pv_adoption": "0.6", "battery_adoption": "0.3"}
    report = client.get("/feeders/feeder_05/day/", asked).context["report"]
    code, out, _ = shell("day", "feeder_05", "--pv=0.6", "--battery=0.3")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == report.sentence
    for kpi in report.kpis:
        told = (kpi.value, kpi.unit, kpi.place, kpi.limit)
        assert any(line.startswith(kpi.label) and all(part in line for part in told) for line in lines)
    assert sum(line[2:3] == ":" for line in lines) == 96
    for finding in report.findings:
        assert f"- {finding.title}" in lines


def test_a_day_has_no_time_to_ask_for(shell: Shell) -> None:
    code, out, err = shell("day", "feeder_00", "--time=12:00")
    assert (code, out) == (2, "")
    assert "--time=12:00" in err
