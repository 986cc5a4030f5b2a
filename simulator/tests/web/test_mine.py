"""A person's own feeders: listed, renamed, deleted after a question, and by their owner alone."""

import pytest
from django.test import Client

from simulator.models import FeederRecord, ProfileSet
from simulator.tests.web.html import Document
from simulator.tests.web.people import bring, person, street

pytestmark = pytest.mark.database


@pytest.fixture
def ann() -> Client:
    client = person("ann")
    bring(client, street())
    return client


def page(client: Client, address: str, status: int = 200) -> Document:
    answer = client.get(address)
    assert answer.status_code == status
    return Document(answer.content.decode())


def test_own_feeders_are_listed_with_where_they_come_from_and_who_sees_them(ann: Client) -> None:
    listed = page(ann, "/mine/")
    assert listed.links["street"] == "/feeders/street/"
    for words in ("Elm Road", "feeder JSON, street.json", "you and staff", "1 of at most 50"):
        assert words in listed.text
    FeederRecord.objects.filter(feeder_id="street").update(published=True)
    assert "everyone" in page(ann, "/mine/").text
    assert "street" not in page(person("bob"), "/mine/").links


def test_the_list_of_feeders_marks_what_not_everyone_sees(ann: Client) -> None:
    def cards(client: Client) -> dict[str, bool]:
        listed = page(client, "/?q=elm+road")
        return {
            e.attrib["href"].split("/")[2]: "unpublished" in "".join(e.itertext())
            for e in listed.tree.iter("a")
            if e.attrib.get("href", "").startswith("/feeders/street/") and e.find(".//svg") is not None
        }

    assert cards(ann) == cards(person("eve", is_staff=True)) == {"street": True}
    assert cards(Client()) == cards(person("bob")) == {}
    FeederRecord.objects.filter(feeder_id="street").update(published=True)
    assert cards(ann) == cards(Client()) == {"street": False}


def test_a_feeder_is_renamed_and_its_results_stay_what_they_were(ann: Client) -> None:
    before = ann.get("/feeders/street/run.json").json()
    answer = ann.post("/feeders/street/edit/", {"name": "Oak Road", "description": "Two lines.\nOf text."})
    assert answer.headers["Location"] == "/mine/"
    record = FeederRecord.objects.get(feeder_id="street")
    assert (record.name, record.description.split()) == ("Oak Road", ["Two", "lines.", "Of", "text."])
    assert "Oak Road" in page(ann, "/feeders/street/").text
    assert ann.get("/feeders/street/run.json").json() == before


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({"name": ""}, "Name: enter 1 to 120 characters."),
        ({"name": "n" * 121}, "Name: enter 1 to 120 characters."),
        ({"name": "a", "description": "d" * 2001}, "Description: enter at most 2000 characters."),
    ],
)
def test_words_that_are_refused_are_named_and_change_nothing(
    ann: Client, words: dict[str, str], fault: str
) -> None:
    answer = ann.post("/feeders/street/edit/", words)
    assert answer.status_code == 422
    assert fault in Document(answer.content.decode()).alerts
    assert FeederRecord.objects.get(feeder_id="street").name == "Elm Road"


def test_deleting_asks_first_and_says_what_goes_and_what_stays(ann: Client) -> None:
    record = FeederRecord.objects.get(feeder_id="street")
    ProfileSet.objects.create(
        feeder=record, kind="load", file_name="meter.csv", minutes=15, values=b"", content_hash="0"
    )
    asked = page(ann, "/feeders/street/delete/")
    for words in ("Delete Elm Road?", "meter.csv goes with it", "No saved scenario is on it"):
        assert words in asked.text
    assert asked.links["Feeder JSON"] == "/feeders/street/export/feeder.json"
    assert FeederRecord.objects.filter(feeder_id="street").exists()
    answer = ann.post("/feeders/street/delete/")
    assert answer.headers["Location"] == "/mine/"
    assert not FeederRecord.objects.filter(feeder_id="street").exists()
    assert ProfileSet.objects.count() == 0
    assert "Elm Road (street) is deleted." in page(ann, "/mine/").text
    assert page(ann, "/feeders/street/", status=404)


@pytest.mark.parametrize("what", ["edit", "delete"])
def test_others_than_the_owner_change_nothing(ann: Client, what: str) -> None:
    address = f"/feeders/street/{what}/"
    before = FeederRecord.objects.get(feeder_id="street")
    assert person("bob").post(address, {"name": "x"}).status_code == 404
    assert Client().post(address, {"name": "x"}).status_code == 404
    assert person("eve", is_staff=True).post(address, {"name": "x"}).status_code == 403
    FeederRecord.objects.filter(feeder_id="street").update(published=True)
    assert person("bob").post(address, {"name": "x"}).status_code == 403
    assert Client().post(address, {"name": "x"}).headers["Location"].startswith("/login/?next=")
    assert FeederRecord.objects.get(feeder_id="street").name == before.name
    assert ann.get(address).status_code == 200


@pytest.mark.parametrize("what", ["edit", "delete"])
def test_feeders_that_ship_are_nobody_s_to_change_here(what: str) -> None:
    for client in (person("ann"), person("eve", is_staff=True, is_superuser=True)):
        assert client.post(f"/feeders/feeder_00/{what}/", {"name": "x"}).status_code == 403
    assert FeederRecord.objects.filter(feeder_id="feeder_00").exists()
