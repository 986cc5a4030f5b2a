"""Importing by the API: signed in or by a token, with the page's account, limits and all-or-nothing."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client

from simulator.models import AccessToken, FeederRecord
from simulator.tests.web.conftest import Answer, read_json
from simulator.tests.web.people import as_feeder, bring, person, street, three_areas

pytestmark = pytest.mark.database


def bearer(name: str) -> dict[str, str]:
    """Return the header of a program of a person, who is made."""
    return {"Authorization": f"Bearer {AccessToken.objects.make(User.objects.create_user(name), 'meter')[1]}"}


def send(client: Client, content: bytes, name: str = "street.json", **more: Any) -> Answer:
    headers = more.pop("headers", {})
    return client.post("/api/feeders", {"file": SimpleUploadedFile(name, content), **more}, headers=headers)


def told(answer: Answer) -> Any:
    return read_json(answer)


@pytest.fixture
def ann() -> Client:
    return person("ann")


def stored() -> list[str]:
    return list(FeederRecord.objects.filter(origin__gt="").values_list("feeder_id", flat=True))


def test_a_feeder_is_stored_with_the_account_that_the_page_gives(ann: Client) -> None:
    answer = send(ann, street())
    assert answer.status_code == 201
    body = told(answer)
    assert (body["feeder_id"], body["file"], body["format"]) == ("street", "street.json", "feeder JSON")
    assert [(each["key"], each["buses"], each["customers"]) for each in body["choices"]] == [("whole", 3, 2)]
    item = {
        "outcome": "read",
        "weight": "not_needed",
        "table": "bus",
        "elements": [],
        "words": "3 read",
    }
    assert item in body["import_log"]
    record = FeederRecord.objects.get(feeder_id="street")
    assert (record.owner, record.published) == (User.objects.get(), False)
    assert record.feeder == as_feeder(street())


def test_a_dry_run_tells_and_stores_nothing(ann: Client) -> None:
    answer = send(ann, three_areas(), "cigre.json", dry_run="true")
    assert answer.status_code == 200
    body = told(answer)
    assert body["feeder_id"] is None
    assert [each["transformers"] for each in body["choices"]] == [3, 1, 1, 1]
    assert any(item["outcome"] == "merged" and item["table"] == "switch" for item in body["import_log"])
    assert stored() == []


def test_a_file_of_several_networks_needs_a_choice_and_is_stored_as_chosen(ann: Client) -> None:
    answer = send(ann, three_areas(), "cigre.json")
    assert answer.status_code == 422
    (fault,) = told(answer)["error"]["fields"]
    assert fault["field"] == "choice"
    assert "whole (" in fault["message"]
    assert stored() == []
    answer = send(ann, three_areas(), "cigre.json", choice="whole")
    assert answer.status_code == 201
    assert stored() == [told(answer)["feeder_id"]]


def test_a_program_sends_a_token_and_asks_about_its_user_s_own_feeder(client: Client) -> None:
    ann = bearer("ann")
    assert send(client, street(), headers=ann).status_code == 201
    body = {"feeder_id": "street", "steps": [48]}
    assert client.post("/api/sweep", body, "application/json", headers=ann).status_code == 200
    assert client.post("/api/sweep", body, "application/json").status_code == 404
    assert "street" in told(client.get("/api/feeders", headers=ann))["feeders"]
    assert "street" not in told(client.get("/api/feeders"))["feeders"]
    assert not client.cookies


def test_strangers_are_told_to_sign_in(client: Client) -> None:
    answer = send(client, street())
    assert answer.status_code == 401
    assert "Sign in first" in told(answer)["error"]["message"]


def test_a_session_alone_is_not_enough_without_the_token_of_our_pages() -> None:
    User.objects.create_user("ann")
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get())
    answer = send(client, street())
    assert answer.status_code == 403
    assert told(answer)["error"]["status"] == 403
    client.get("/import/")
    token = client.cookies["csrftoken"].value
    assert send(client, street(), headers={"X-CSRFToken": token}).status_code == 201


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"choice": "everything"}, "choice", "whole ("),
        ({"dry_run": "perhaps"}, "dry_run", "accepts true or false"),
        ({"colour": "blue"}, "colour", "no such field; accepted are file, choice, dry_run"),
        ({"choice": "c" * 201}, "choice", "accepts the key"),
    ],
)
def test_fields_that_are_wrong_are_named(ann: Client, more: dict[str, str], field: str, words: str) -> None:
    answer = send(ann, street(), **more)
    assert answer.status_code == 422
    (fault,) = told(answer)["error"]["fields"]
    assert fault["field"] == field
    assert words in fault["message"]
    assert stored() == []


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"PK\3\4", b"[" * 100_000, street(base_kv=0), b" " * 5_000_001]
)
def test_files_that_are_refused_say_why(ann: Client, content: bytes) -> None:
    answer = send(ann, content)
    assert answer.status_code == 422
    (fault,) = told(answer)["error"]["fields"]
    assert fault["field"] == "file"
    assert len(fault["message"]) > 20
    assert stored() == []


def test_a_body_without_a_file_names_it(ann: Client) -> None:
    for answer in (
        ann.post("/api/feeders", {"choice": "whole"}),
        ann.post("/api/feeders", {"file": "text"}),
        ann.post("/api/feeders", json.dumps({"file": "x"}), content_type="application/json"),
    ):
        assert answer.status_code == 422
        assert {fault["field"] for fault in told(answer)["error"]["fields"]} == {"file"}


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(ann: Client) -> None:
    answer = send(ann, b" " * 5_200_000)
    assert answer.status_code == 413
    assert "at most 5,100,000 are accepted" in told(answer)["error"]["message"]


def test_the_fifty_first_feeder_is_refused(ann: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.models.feeder_queries.MAX_OWN", 2)
    bring(ann, street())
    assert send(ann, street()).status_code == 201
    answer = send(ann, street())
    assert answer.status_code == 409
    assert "the most that one person may" in told(answer)["error"]["message"]
    assert len(stored()) == 2


def test_an_import_that_fails_half_way_leaves_nothing(
    ann: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: Any, **options: Any) -> None:
        raise DatabaseError("the disk is full")

    ann.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("simulator.models.feeders.FeederRecord.save", fail)
        answer = send(ann, street())
    caplog.clear()  # the failure is planted, and rightly in the log
    assert answer.status_code == 500
    assert told(answer)["error"]["status"] == 500
    assert stored() == []
