"""The API is strict: what is wrong is refused by name, in one shape of errors."""

import json
from typing import Any

import pytest
from django.test import Client

from simulator.tests.web.asking import SIMULATE, SWEEP, post
from simulator.tests.web.conftest import Answer, read_json

SHARE = "accepts a number from 0 to 1"
HOUR = "accepts a whole number from 0 to 95, the quarter-hour"
HOURS = "accepts a list of 1 to 96 whole numbers from 0 to 95, the quarter-hours"
LIMITS = "accepts one of twin, en50160, uk, ansi_c84_a, vde_4105"
FEEDER = "accepts the id of a feeder, as /api/feeders lists them"


def _errors(answer: Answer, status: int = 422) -> dict[str, str]:
    """Return the messages by field, after checking the one shape of errors."""
    assert answer.status_code == status, answer.content
    body: Any = read_json(answer)
    assert set(body) == {"error"}
    assert set(body["error"]) == {"status", "message", "fields"}
    assert body["error"]["status"] == status
    assert body["error"]["message"]
    assert all(set(field) == {"field", "message"} for field in body["error"]["fields"])
    return {field["field"]: field["message"] for field in body["error"]["fields"]}


@pytest.mark.parametrize(
    ("change", "field", "accepts"),
    [
        ({"pv_adoption": "0.3"}, "pv_adoption", SHARE),
        ({"pv_adoption": True}, "pv_adoption", SHARE),
        ({"pv_adoption": None}, "pv_adoption", SHARE),
        ({"pv_adoption": [0.3]}, "pv_adoption", SHARE),
        ({"pv_adoption": 1.2}, "pv_adoption", SHARE),
        ({"pv_adoption": -0.1}, "pv_adoption", SHARE),
        ({"battery_adoption": False}, "battery_adoption", SHARE),
        ({"battery_adoption": 2}, "battery_adoption", SHARE),
        ({"step": 96}, "step", HOUR),
        ({"step": -1}, "step", HOUR),
        ({"step": 48.0}, "step", HOUR),
        ({"step": "48"}, "step", HOUR),
        ({"step": "12:00"}, "step", HOUR),
        ({"step": True}, "step", HOUR),
        ({"limits": "blue"}, "limits", LIMITS),
        ({"limits": None}, "limits", LIMITS),
        ({"feeder_id": 0}, "feeder_id", FEEDER),
        (
            {"colour": "blue"},
            "colour",
            "accepted are feeder_id, own, limits, pv_adoption, battery_adoption, step",
        ),
    ],
)
def test_simulate_refuses_a_wrong_field_by_name(
    client: Client, change: dict[str, Any], field: str, accepts: str
) -> None:
    errors = _errors(post(client, "simulate", {**SIMULATE, **change}))
    assert list(errors) == [field]
    assert accepts in errors[field]


@pytest.mark.parametrize("hour", [96, "48", True, None])
def test_the_old_name_of_the_quarter_hour_is_named_where_it_was_given(client: Client, hour: object) -> None:
    asked = {key: value for key, value in SIMULATE.items() if key != "step"}
    errors = _errors(post(client, "simulate", {**asked, "hour": hour}))
    assert list(errors) == ["hour"]
    assert HOUR in errors["hour"]


@pytest.mark.parametrize(
    ("route", "both"),
    [
        ("simulate", {"step": 48, "hour": 49}),
        ("simulate", {"step": 1, "hour": True}),
        ("sweep", {"steps": [28, 48], "hours": [28]}),
    ],
)
def test_two_names_with_different_values_are_refused_by_the_old_one(
    client: Client, route: str, both: dict[str, object]
) -> None:
    name, old = both
    errors = _errors(post(client, route, {**(SIMULATE if route == "simulate" else SWEEP), **both}))
    assert errors == {old: f"differs from {name}, the name that it has now: give {name} alone"}


@pytest.mark.parametrize("field", SIMULATE)
def test_simulate_refuses_a_missing_field_by_name(client: Client, field: str) -> None:
    errors = _errors(post(client, "simulate", {k: v for k, v in SIMULATE.items() if k != field}))
    assert list(errors) == [field]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
def test_numbers_that_are_not_finite_are_refused_by_name(client: Client, number: str) -> None:
    body = json.dumps(SIMULATE).replace("0.3", number).replace("0.1", number)
    errors = _errors(post(client, "simulate", body))
    assert set(errors) == {"pv_adoption", "battery_adoption"}
    assert all(SHARE in message for message in errors.values())


@pytest.mark.parametrize(
    ("hours", "fields"),
    [
        ([], {"steps"}),
        ([0] * 97, {"steps"}),
        ([3, 96, True, "7"], {"steps.1", "steps.2", "steps.3"}),
        ([48.0], {"steps.0"}),
        (48, {"steps"}),
        ("48", {"steps"}),
        ({"0": 48}, {"steps"}),
        (None, {"steps"}),
    ],
)
def test_sweep_refuses_wrong_hours_by_place(client: Client, hours: object, fields: set[str]) -> None:
    errors = _errors(post(client, "sweep", {**SWEEP, "steps": hours}))
    assert set(errors) == fields
    assert all(HOURS in message for message in errors.values())


def test_all_faults_are_told_at_once(client: Client) -> None:
    errors = _errors(post(client, "simulate", {"feeder_id": 1, "pv_adoption": 2, "step": 96, "colour": 1}))
    assert set(errors) == {"feeder_id", "pv_adoption", "battery_adoption", "step", "colour"}


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("not json", "Expecting value: line 1 column 1"),
        ("{", "line 1"),
        (json.dumps(SIMULATE) + "x", "Extra data"),
        (b"\xff\xfe", "Cannot parse request body"),
        ('{"feeder_id":"feeder_00","feeder_id":"feeder_01"}', "named twice"),
        ('{"steps":' + "[" * 100_000, "Cannot parse request body"),
        ('{"pv_adoption":' + "9" * 5000 + "}", "Cannot parse request body"),
    ],
    ids=["words", "half", "more after it", "no text", "key twice", "deep", "long number"],
)
@pytest.mark.parametrize("route", ["simulate", "sweep"])
def test_a_body_that_is_no_json_is_refused_with_the_place(
    client: Client, route: str, body: str | bytes, says: str
) -> None:
    answer = post(client, route, body)
    assert _errors(answer, 400) == {}
    assert says in answer.content.decode()


@pytest.mark.parametrize("body", ["", "[]", "null", "7", '"text"'])
def test_json_that_is_no_object_is_refused(client: Client, body: str) -> None:
    assert _errors(post(client, "simulate", body))


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", ""]
)
def test_another_content_type_is_refused_in_words(client: Client, kind: str) -> None:
    answer = client.post("/api/simulate", json.dumps(SIMULATE).encode(), content_type=kind)
    assert _errors(answer, 400) == {}
    assert "send application/json" in answer.content.decode()


def test_a_content_type_with_a_charset_is_taken(client: Client) -> None:
    answer = client.post(
        "/api/simulate", json.dumps(SIMULATE), content_type="application/json; charset=utf-8"
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("feeder", ["feeder_99", "", "FEEDER_00", "x" * 500, "feeder_00\u0000"])
def test_an_unknown_feeder_is_404_in_the_same_shape(client: Client, feeder: str) -> None:
    assert _errors(post(client, "simulate", {**SIMULATE, "feeder_id": feeder}), 404) == {}
    assert _errors(post(client, "sweep", {**SWEEP, "feeder_id": feeder}), 404) == {}


@pytest.mark.parametrize("place", ["/api/net/feeder_99", "/api/net/", "/api/nothing", "/api/"])
def test_an_unknown_place_is_404_in_the_same_shape(client: Client, place: str) -> None:
    assert _errors(client.get(place), 404) == {}


def test_a_shape_is_kept_for_methods_that_a_route_does_not_have(client: Client) -> None:
    assert _errors(client.get("/api/simulate"), 405) == {}
    assert _errors(client.delete("/api/feeders"), 405) == {}


def test_half_a_character_is_named_wherever_it_stands(client: Client) -> None:
    half = "\ud800"
    assert FEEDER in _errors(post(client, "simulate", {**SIMULATE, "feeder_id": half}))["feeder_id"]
    assert FEEDER in _errors(post(client, "sweep", {**SWEEP, "feeder_id": f"feeder_00{half}"}))["feeder_id"]
    assert LIMITS in _errors(post(client, "simulate", {**SIMULATE, "limits": half}))["limits"]
    assert "bus" in _errors(post(client, "why", {**SIMULATE, "bus": half}))
    assert _errors(post(client, "simulate", {**SIMULATE, half: 1})).keys() == {"body"}
