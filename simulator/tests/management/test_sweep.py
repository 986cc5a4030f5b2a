"""`manage.py sweep`: the sweep page's answer in a terminal."""

import json
from typing import Any

import pytest
from django.test import Client

from simulator.tests.management.conftest import Shell

pytestmark = pytest.mark.usefixtures("feeders")


@pytest.mark.parametrize(
    ("times", "asked"),
    [
        (
            "07:00,12:00",
            {"feeder_id": "feeder_00", "steps": [28, 48], "battery_adoption": 0, "limits": "twin"},
        ),
        ("12:00, 12:00", {"feeder_id": "feeder_05", "steps": [48], "battery_adoption": 0.2, "limits": "uk"}),
        ("18:30", {"feeder_id": "feeder_11", "steps": [74], "battery_adoption": 0.0, "limits": "vde_4105"}),
    ],
)
def test_json_is_the_apis_answer(shell: Shell, client: Client, times: str, asked: dict[str, Any]) -> None:
    api = client.post("/api/sweep", asked, "application/json")
    options = (f"--battery={asked['battery_adoption']}", f"--limits={asked.get('limits', 'twin')}")
    code, out, _ = shell("sweep", asked["feeder_id"], f"--times={times}", *options, "--json")
    assert (code, api.status_code) == (0, 200)
    assert json.loads(out) == api.json()


@pytest.mark.parametrize("feeder", ["feeder_00", "feeder_05", "feeder_11"])
def test_text_says_what_the_page_says(shell: Shell, client: Client, feeder: str) -> None:
    report = client.get(f"/feeders/{feeder}/sweep/", {"times": "07:00,18:30"}).context["report"]
    code, out, _ = shell("sweep", feeder, "--times=07:00,18:30")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == report.sentence
    for kpi in report.kpis:
        line = next(line for line in lines if line.startswith(kpi.label))
        assert all(part in line for part in (kpi.value, kpi.unit, kpi.place, kpi.limit))


def test_the_curve_has_21_points_with_the_apis_numbers(shell: Shell) -> None:
    words = ("sweep", "feeder_00", "--times=07:00,12:00")
    data = json.loads(shell(*words, "--json")[1])
    points, kwp = data["points"], data["pv_potential_kwp"]
    printed = [list(map(float, line.split())) for line in shell(*words)[1].splitlines()[-21:]]
    assert [line[0] for line in printed] == list(range(0, 101, 5))
    for point, line in zip(points, printed, strict=True):
        shares = (point["transformer_loading"] * 100, point["line_loading"] * 100)
        told = (
            point["pv"] * kwp,
            point["violations"],
            point["min_voltage_pu"],
            point["max_voltage_pu"],
            *shares,
        )
        assert line[1:] == pytest.approx(told, abs=0.051)


@pytest.mark.parametrize(
    ("option", "value", "accepts"),
    [
        *[("--times", value, "1 to 96 times as HH:MM") for value in ("12:07", "", "12:00,", "7", "24:00")],
        ("--times", ",".join(["12:00"] * 97), "1 to 96 times as HH:MM"),
        ("--battery", "NaN", "a share from 0 to 1"),
        ("--limits", "nobody", "twin, en50160"),
    ],
)
def test_a_bad_option_is_named_in_one_line_with_what_it_accepts(
    shell: Shell, option: str, value: str, accepts: str
) -> None:
    code, out, err = shell("sweep", "feeder_00", f"{option}={value}")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"CommandError: {option} ")
    assert accepts in err


def test_an_option_of_another_command_is_not_taken_for_one_of_its_own(shell: Shell) -> None:
    code, out, err = shell("sweep", "feeder_00", "--time=12:00")
    assert (code, out) == (2, "")
    assert "--time=12:00" in err


def test_an_unknown_feeder_is_refused_with_those_there_are(shell: Shell, feeders: tuple[str, ...]) -> None:
    code, out, err = shell("sweep", "feeder_99")
    assert (code, out) == (1, "")
    assert ", ".join(feeders) in err
