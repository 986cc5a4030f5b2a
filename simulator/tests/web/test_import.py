"""Importing on the site: an account first, then one feeder, all of it or nothing."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from simulator.models import FeederRecord, Upload
from simulator.tests.web.conftest import Answer
from simulator.tests.web.html import Document
from simulator.tests.web.people import as_feeder, bring, person, street, three_areas, upload

pytestmark = pytest.mark.database


@pytest.fixture
def ann() -> Client:
    return person("ann")


def page_of(answer: Answer) -> Document:
    return Document(answer.content.decode())


def test_a_file_is_told_of_before_any_feeder_is_stored(ann: Client) -> None:
    before = FeederRecord.objects.count()
    answer = upload(ann, street())
    assert answer.status_code == 302
    page = page_of(ann.get(answer.headers["Location"]))
    assert "no feeder is stored yet" in page.text
    assert "street.json feeder JSON" in page.text
    assert "3 buses, 2 customers" in page.text
    assert "bus: 3 read" in page.text
    assert page.tree.find(".//svg") is not None
    assert FeederRecord.objects.count() == before


def test_the_chosen_feeder_is_stored_whole_with_owner_and_origin_and_seen_by_nobody_else(ann: Client) -> None:
    answer = bring(ann, street())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/feeders/street/")
    record = FeederRecord.objects.get(feeder_id="street")
    assert record.owner == User.objects.get(username="ann")
    assert record.origin == "feeder JSON, street.json"
    assert not record.published
    assert record.feeder == as_feeder(street())
    assert Upload.objects.count() == 0
    page = page_of(ann.get("/feeders/street/"))
    assert "Elm Road is stored as street." in page.text
    assert "unpublished" in page.text


def test_a_file_of_several_networks_is_stored_whole_or_in_part_as_chosen(ann: Client) -> None:
    review = upload(ann, three_areas(), "cigre.json").headers["Location"]
    page = page_of(ann.get(review))
    radios = [e.attrib["value"] for e in page.tree.iter("input") if e.attrib.get("type") == "radio"]
    assert len(radios) == 4
    assert radios[0] == "whole"
    assert "closed between two buses" in page.text
    assert "Only in" in page.text
    assert not [e for e in page.tree.iter("input") if "checked" in e.attrib]  # nobody chooses for them
    answer = ann.post(review, {"choice": radios[1]})
    assert answer.status_code == 302
    (record,) = FeederRecord.objects.filter(owner__username="ann")
    assert len(record.feeder.transformers) == 1
    assert record.origin == "pandapower JSON, cigre.json"
    assert ann.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("choice", ["", "everything", "\0"])
def test_a_choice_that_there_is_none_of_is_named_and_the_file_waits_on(ann: Client, choice: str) -> None:
    review = upload(ann, three_areas(), "cigre.json").headers["Location"]
    answer = ann.post(review, {"choice": choice})
    assert answer.status_code == 422
    assert "choose which of this file's feeders to take: whole" in page_of(answer).alerts
    assert FeederRecord.objects.filter(owner__isnull=False).count() == 0
    assert ann.get(review).status_code == 200


def test_what_is_not_wanted_is_not_stored(ann: Client) -> None:
    review = upload(ann, street()).headers["Location"]
    assert ann.post(review, {"discard": "yes", "choice": "whole"}).headers["Location"] == "/mine/"
    assert "nothing was stored of it" in page_of(ann.get("/mine/")).text
    assert (Upload.objects.count(), FeederRecord.objects.filter(feeder_id="street").count()) == (0, 0)
    assert ann.get(review).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "File: choose a file of at most 5 MB"),
        (b"PK", "neither JSON nor a zip file"),
        (b"{}", "JSON, but not a network"),
        (street(base_kv=-1), "base_kv"),
        (street(name=""), "name"),
        (street(name="n\x1b"), "name: “n�” holds characters that do not show"),
        (b"[" * 5_000_001, "File: choose a file of at most 5 MB"),
    ],
)
def test_a_file_that_is_refused_says_why_and_leaves_nothing(ann: Client, content: bytes, words: str) -> None:
    answer = upload(ann, content)
    assert answer.status_code == 422
    assert "Nothing was stored" in page_of(answer).alerts
    assert words in page_of(answer).alerts
    assert Upload.objects.count() == 0


def test_a_post_without_a_file_says_what_one_may_be(ann: Client) -> None:
    answer = ann.post("/import/", {})
    assert answer.status_code == 422
    assert "File: choose a file" in page_of(answer).alerts


def test_five_megabytes_pass_the_door_here_and_only_here(ann: Client) -> None:
    large = street() + b" " * 4_900_000
    assert upload(ann, large).status_code == 302
    for address in ("/", "/login/", "/mine/", "/feeders/feeder_00/", "/import/1/", "/api/simulate"):
        answer = ann.post(address, large, content_type="application/json")
        assert answer.status_code == 413, address
    too_large = ann.post("/import/", b" " * 5_200_000, content_type="multipart/form-data; boundary=x")
    assert too_large.status_code == 413
    assert "at most 5,100,000 are accepted" in page_of(too_large).text


def test_a_taken_id_gets_the_first_free_number(ann: Client) -> None:
    content = street(feeder_id="feeder_00")
    ids = [bring(ann, content).headers["Location"] for _ in range(3)]
    assert ids == [f"/feeders/feeder_00-{n}/" for n in (2, 3, 4)]
    FeederRecord.objects.get(feeder_id="feeder_00-3").delete()
    assert bring(ann, content).headers["Location"] == "/feeders/feeder_00-3/"
    record = FeederRecord.objects.get(feeder_id="feeder_00-3")
    assert record.feeder.feeder_id == "feeder_00-3"
    assert record.content_hash == record.feeder.model_copy(deep=True).content_hash
    longest = "a" * 64
    assert bring(ann, street(feeder_id=longest)).headers["Location"] == f"/feeders/{longest}/"
    assert bring(ann, street(feeder_id=longest)).headers["Location"] == f"/feeders/{'a' * 62}-2/"


def test_fifty_feeders_are_the_most_that_one_person_keeps(ann: Client) -> None:
    bring(ann, street())
    one = FeederRecord.objects.get(feeder_id="street")
    copies = []
    for number in range(49):
        one.pk, one.feeder_id = None, f"copy-{number}"
        copies.append(FeederRecord(**{f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields}))
    FeederRecord.objects.bulk_create(copies)
    answer = bring(ann, street())
    assert answer.status_code == 422
    assert "You keep 50 feeders, the most that one person may: delete one first." in page_of(answer).alerts
    assert FeederRecord.objects.filter(owner__username="ann").count() == 50
    assert Upload.objects.count() == 1  # it waits until there is room
    assert bring(person("bob"), street()).status_code == 302
    FeederRecord.objects.get(feeder_id="copy-7").delete()
    assert bring(ann, street()).status_code == 302


@pytest.mark.parametrize(
    "broken", ["simulator.models.feeders.FeederRecord.save", "simulator.models.Upload.delete"]
)
def test_an_import_that_fails_half_way_leaves_nothing_and_loses_nothing(
    ann: Client, broken: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    review = upload(ann, street()).headers["Location"]

    def fail(*args: Any, **options: Any) -> None:
        raise DatabaseError("the disk is full")

    ann.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(broken, fail)
        assert ann.post(review, {"choice": "whole"}).status_code == 500
    caplog.clear()  # the failure is planted, and rightly in the log
    assert FeederRecord.objects.filter(feeder_id="street").count() == 0
    assert ann.post(review, {"choice": "whole"}).status_code == 302
    assert FeederRecord.objects.filter(feeder_id="street").count() == 1


def test_a_file_waits_for_its_owner_alone_and_for_a_day(ann: Client) -> None:
    review = upload(ann, street()).headers["Location"]
    for stranger in (person("bob"), person("eve", is_staff=True)):
        assert stranger.get(review).status_code == 404
        assert stranger.post(review, {"choice": "whole"}).status_code == 404
    assert Client().get(review).headers["Location"].startswith("/login/")
    assert page_of(ann.get("/mine/")).links["street.json"] == review
    Upload.objects.update(created=timezone.now() - timedelta(days=1, minutes=1))
    upload(person("bob"), street())
    assert ann.get(review).status_code == 404


def test_five_files_wait_at_most_and_the_newest_stay(ann: Client) -> None:
    reviews = [upload(ann, street(), f"{n}.json").headers["Location"] for n in range(7)]
    assert [ann.get(review).status_code for review in reviews] == [404, 404, 200, 200, 200, 200, 200]


def test_a_double_click_stores_one_feeder(ann: Client) -> None:
    review = upload(ann, street()).headers["Location"]
    assert [ann.post(review, {"choice": "whole"}).status_code for _ in range(2)] == [302, 404]
    assert FeederRecord.objects.filter(owner__username="ann").count() == 1


def test_staff_may_publish_at_once_and_nobody_else(ann: Client) -> None:
    bring(ann, street(), published="on")
    bring(person("eve", is_staff=True), street(), published="on")
    told = dict(FeederRecord.objects.filter(origin__gt="").values_list("owner__username", "published"))
    assert told == {"ann": False, "eve": True}


def test_names_of_files_and_feeders_are_never_markup(ann: Client) -> None:
    script = "<script>alert(1)</script>"
    content = street(name=script, description=script, archetype=script)
    for answer in (upload(ann, b"no network", f"{script}.json"), upload(ann, content, f"a{script}.json")):
        html = (ann.get(answer.headers["Location"]) if answer.status_code == 302 else answer).content.decode()
        assert "<script>alert" not in html
    bring(ann, content, f"a{script}.json")
    for address in ("/mine/", "/import/", "/feeders/street/edit/", "/feeders/street/delete/", "/"):
        assert "<script>alert" not in ann.get(address).content.decode(), address


def test_an_imported_feeder_answers_as_the_same_feeder_does_that_ships(ann: Client) -> None:
    record = FeederRecord.objects.get(feeder_id="feeder_06")
    bring(ann, json.dumps(record.network).encode())
    one, other = (ann.get(f"/feeders/{feeder}/sweep.json").json() for feeder in ("feeder_06", "feeder_06-2"))
    assert {**one, "feeder_id": ""} == {**other, "feeder_id": ""}


def test_a_figure_a_thousand_times_off_is_doubted_above_what_is_stored(ann: Client) -> None:
    data = json.loads(street())
    data["lines"][0]["max_i_ka"] = 270.0
    address = upload(ann, json.dumps(data).encode()).headers["Location"]
    before, _, after = ann.get(address).content.decode().partition("What to store")
    for words in (
        "270 kA; 0.27 kA would be usual",
        "270 kA; 0.27 kA would be usual at low voltage: was A typed",
    ):
        assert words in (before if words.endswith("usual") else after)


def test_the_pages_of_a_60_hz_feeder_say_so(ann: Client) -> None:
    address = upload(ann, street(f_hz=60)).headers["Location"]
    stored = ann.post(address, {"choice": "whole"}, follow=True)
    assert ", 60 Hz" in stored.content.decode()
