"""`manage.py standards`: the standards page's answer in a terminal."""

import json
from typing import Any

import pytest
from django.test import Client

from simulator.tests.management.conftest import Shell

pytestmark = pytest.mark.usefixtures("feeders")


def test_json_is_what_the_api_answers(shell: Shell, client: Client) -> None:
    code, out, _ = shell(
        "standards", "feeder_11", "--times=12:00,18:30", "--low=0.92", "--high=1.08", "--json"
    )
    own = {"vm_min_pu": 0.92, "vm_max_pu": 1.08}
    body = {"feeder_id": "feeder_11", "steps": [48, 74], "own": own}
    answer = client.post("/api/standards", json.dumps(body), content_type="application/json")
    expected: Any = answer.json()
    assert (code, json.loads(out)) == (0, expected)


def test_the_text_begins_with_the_sentence_and_holds_every_limit_set(shell: Shell) -> None:
    code, out, _ = shell("standards", "feeder_00")
    assert code == 0
    assert out.startswith("feeder_00 hosts from ")
    for title in ("Twin", "EN 50160", "UK", "ANSI C84.1 A", "VDE-AR-N 4105"):
        assert f"\n{title} " in out


def test_a_bad_own_limit_is_named(shell: Shell) -> None:
    code, _, err = shell("standards", "feeder_00", "--low=1.1", "--high=1.0")
    assert code == 1
    assert err.startswith("CommandError: --low '1.1' is refused.")
