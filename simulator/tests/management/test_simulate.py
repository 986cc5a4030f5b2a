"""`manage.py simulate`: the run page's answer in a terminal."""

import json
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from simulator.grid.errors import ProfileFileError
from simulator.models import FeederQuerySet, FeederRecord
from simulator.tests.management.conftest import Shell
from simulator.tests.web.asking import post

pytestmark = pytest.mark.usefixtures("feeders")

Asked = dict[str, Any]

SCENARIOS: list[tuple[str, Asked]] = [
    (time, dict(zip(("feeder_id", "pv_adoption", "battery_adoption", "step", "limits"), asked, strict=True)))
    for time, *asked in (
        ("12:00", "feeder_00", 0.3, 0.0, 48, "twin"),
        ("12:15", "feeder_05", 0.9, 0.2, 49, "vde_4105"),
        ("18:30", "feeder_11", 0.0, 0.0, 74, "en50160"),
    )
]


def words(time: str, asked: Asked) -> tuple[str, ...]:
    """Return the command line of a scenario."""
    adoption = (f"--pv={asked['pv_adoption']}", f"--battery={asked['battery_adoption']}")
    return ("simulate", asked["feeder_id"], *adoption, f"--time={time}", f"--limits={asked['limits']}")


@pytest.mark.parametrize(("time", "asked"), SCENARIOS)
def test_json_is_the_apis_answer(shell: Shell, client: Client, time: str, asked: Asked) -> None:
    api = client.post("/api/simulate", asked, "application/json")
    code, out, _ = shell(*words(time, asked), "--json")
    assert code == 0
    assert api.status_code == 200
    assert json.loads(out) == api.json()


@pytest.mark.parametrize(("time", "asked"), SCENARIOS)
def test_text_says_what_the_page_says(shell: Shell, client: Client, time: str, asked: Asked) -> None:
    query = {key: str(asked[key]) for key in ("pv_adoption", "battery_adoption", "limits")} | {"time": time}
    report = client.get(f"/feeders/{asked['feeder_id']}/guidance/", query).context["report"]
    code, out, _ = shell(*words(time, asked))
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == report.sentence
    for kpi in report.kpis:
        line = next(line for line in lines if line.startswith(f"{kpi.label}  "))
        assert all(part in line for part in (kpi.value, kpi.unit, kpi.place, kpi.limit, kpi.state_words))
    told = " ".join(out.split())
    assert report.findings
    for finding in report.findings:
        assert f"- {finding.title}" in lines
        assert f"Because {finding.reason}." in told


def test_guidance_is_ok_where_no_rule_fires(shell: Shell) -> None:
    _, out, _ = shell("simulate", "feeder_05", "--time=18:30", "--pv=0.3")
    findings = json.loads(shell("simulate", "feeder_05", "--time=18:30", "--pv=0.3", "--json")[1])["findings"]
    assert out.endswith("Guidance: OK\n") == (findings == [])


def test_what_is_left_out_takes_the_pages_default(shell: Shell, client: Client) -> None:
    out = shell("simulate", "feeder_00")[1]
    assert out.splitlines()[0] == client.get("/feeders/feeder_00/").context["report"].sentence


@pytest.mark.parametrize(
    ("option", "value", "accepts"),
    [
        *[("--pv", value, "a share from 0 to 1") for value in ("abc", "1.2", "-0.1", "NaN", "1e999", "")],
        ("--battery", "2", "a share from 0 to 1"),
        *[("--time", value, "HH:MM, from 00:00 to 23:45") for value in ("12:07", "24:00", "noon", "")],
        ("--limits", "nobody", "twin, en50160, uk, ansi_c84_a, vde_4105"),
    ],
)
def test_a_bad_option_is_named_in_one_line_with_what_it_accepts(
    shell: Shell, option: str, value: str, accepts: str
) -> None:
    code, out, err = shell("simulate", "feeder_00", f"{option}={value}")
    assert (code, out) == (1, "")
    assert err.startswith(f"CommandError: {option} {value!r} is refused. ")
    assert accepts in err
    assert err.count("\n") == 1


def test_the_forms_words_are_the_commands_words(shell: Shell, client: Client) -> None:
    page = client.get("/feeders/feeder_00/", {"pv_adoption": "abc", "time": "12:07"})
    err = shell("simulate", "feeder_00", "--pv=abc", "--time=12:07")[2]
    assert len(page.context["form"].messages) == 2
    assert all(message in err for _, message in page.context["form"].messages)


def test_an_unknown_feeder_is_refused_with_those_there_are(shell: Shell, feeders: tuple[str, ...]) -> None:
    code, out, err = shell("simulate", "feeder_99")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "feeder_99" in err
    assert ", ".join(feeders) in err


def test_an_unpublished_feeder_answers_who_may_run_commands_and_an_unknown_one_names_those_there_are(
    shell: Shell,
) -> None:
    FeederRecord.objects.filter(feeder_id="feeder_05").update(published=False)
    code, out, _ = shell("simulate", "feeder_05")
    assert code == 0
    assert out.startswith("At 12:00 with 30 % PV, feeder_05 ")
    code, _, err = shell("simulate", "feeder_99")
    assert code == 1
    assert "No feeder is named feeder_99. Published are feeder_00, feeder_11." in err


def test_no_feeder_at_all_says_how_to_get_some(shell: Shell) -> None:
    FeederRecord.objects.all().delete()
    code, _, err = shell("simulate", "feeder_00")
    assert code == 1
    assert "load_feeders" in err


def test_a_database_that_is_not_there_is_told_in_one_line(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: FeederQuerySet) -> FeederQuerySet:
        raise OperationalError("no such table: simulator_feederrecord")

    monkeypatch.setattr(FeederQuerySet, "published", fail)
    code, _, err = shell("simulate", "feeder_00")
    assert (code, err.count("\n")) == (1, 1)
    assert "no such table" in err
    assert "manage.py up" in err


def test_a_corrupt_profile_is_told_in_one_line(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ProfileFileError("pv_profile.csv", "line 7", "must begin with 5,01:15")

    monkeypatch.setattr("simulator.models.feeders.read_profiles", fail)
    code, out, err = shell("simulate", "feeder_00")
    assert (code, out) == (1, "")
    assert err == "CommandError: pv_profile.csv: line 7: must begin with 5,01:15\n"


def test_it_takes_how_the_feeder_is_supplied(shell: Shell, client: Client) -> None:
    options = ["--pv", "0.8", "--source-pu", "1.03", "--tap", "1", "--pv-power-factor", "0.9"]
    code, out, _ = shell("simulate", "feeder_05", *options, "--json")
    body = {"feeder_id": "feeder_05", "pv_adoption": 0.8, "battery_adoption": 0.0, "step": 48}
    rare = {"source_pu": 1.03, "tap": 1, "pv_power_factor": 0.9}
    assert (code, json.loads(out)) == (0, json.loads(post(client, "simulate", {**body, **rare}).content))
    code, _, err = shell("simulate", "feeder_05", "--tap", "7")
    assert (code, "has positions from -2 to 2" in err) == (1, True)
