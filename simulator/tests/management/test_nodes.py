"""`manage.py nodes`: the places page's answer in a terminal."""

import json

import pytest
from django.test import Client

from simulator.tests.management.conftest import Shell

pytestmark = pytest.mark.usefixtures("feeders")


@pytest.mark.parametrize(
    ("feeder", "body", "options"),
    [
        ("feeder_00", {"pv_adoption": 0.3, "step": 48, "when": "day"}, ()),
        ("feeder_05", {"pv_adoption": 0.2, "step": 74, "limits": "uk"},
         ("--pv=0.2", "--time=18:30", "--limits=uk", "--when=time")),
        ("feeder_05", {"pv_adoption": 0.3, "step": 48, "when": "day", "battery_adoption": 0.5},
         ("--when=day", "--battery=0.5")),
    ],
)  # fmt: skip
def test_json_is_the_apis_answer(
    shell: Shell, client: Client, feeder: str, body: dict[str, object], options: tuple[str, ...]
) -> None:
    api = client.post("/api/nodes", {"feeder_id": feeder, **body}, "application/json")
    code, out, _ = shell("nodes", feeder, *options, "--json")
    assert (code, api.status_code) == (0, 200)
    assert json.loads(out) == api.json()


@pytest.mark.parametrize("when", ["time", "day"])
def test_text_says_what_the_page_says_and_tells_of_every_bus(shell: Shell, client: Client, when: str) -> None:
    report = client.get("/feeders/feeder_05/nodes/", {"when": when}).context["report"]
    code, out, _ = shell("nodes", "feeder_05", f"--when={when}")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == report.sentence
    for kpi in report.kpis:
        told = (kpi.value, kpi.unit, kpi.place)
        assert any(line.startswith(kpi.label) and all(part in line for part in told) for line in lines)
    assert sum(line.startswith("bus_") for line in lines) == 30
    assert all(f"- {finding.title}" in lines for finding in report.findings)


def test_a_bad_option_is_named_with_what_it_accepts(shell: Shell) -> None:
    code, out, err = shell("nodes", "feeder_00", "--when=week")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "--when 'week' is refused" in err
