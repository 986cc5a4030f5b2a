"""`manage.py measures`: the measures page's answer in a terminal."""

import json
from typing import Any

import pytest
from django.test import Client

from simulator.tests.management.conftest import Shell

pytestmark = pytest.mark.usefixtures("feeders")


def test_json_is_what_the_api_answers(shell: Shell, client: Client) -> None:
    code, out, _ = shell("measures", "feeder_11", "--times=12:00,18:30", "--limits=uk", "--json")
    body = {"feeder_id": "feeder_11", "steps": [48, 74], "limits": "uk"}
    answer = client.post("/api/measures", json.dumps(body), content_type="application/json")
    expected: Any = answer.json()
    assert (code, json.loads(out)) == (0, expected)


def test_the_text_begins_with_the_sentence_and_holds_every_measure_and_the_guidance(shell: Shell) -> None:
    code, out, _ = shell("measures", "feeder_00")
    assert code == 0
    assert out.startswith("feeder_00 hosts ")
    for title in ("As it is", "Tap one step down", "PV that absorbs", "Next larger", "Batteries at 50 %"):
        assert f"\n{title}" in out
    assert "What does not help" in out
