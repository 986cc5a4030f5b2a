"""The admin: metadata is edited, the network is shown, and nobody else gets in."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from simulator.grid.reading import NETWORKS_DIR
from simulator.models import FeederRecord
from simulator.tests.web.html import Document, words

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LIST = "/admin/simulator/feederrecord/"
EDITED = {
    "name": "Elm Road",
    "archetype": "terrace",
    "description": "Two sentences.",
    "location": "Leeds",
    "notes": "Ask first.",
}


@pytest.fixture
def admin(client: Client) -> Client:
    """A browser in which an administrator is logged in, and the twelve feeders."""
    FeederRecord.objects.load(NETWORKS_DIR)
    client.force_login(User.objects.create_superuser("planner"))
    return client


def _address(feeder_id: str) -> str:
    record = FeederRecord.objects.get(feeder_id=feeder_id)
    return reverse("admin:simulator_feederrecord_change", args=[record.pk])


def _found(client: Client, search: str) -> list[str]:
    document = Document(client.get(f"{LIST}?q={search}").content.decode())
    return [words(e) for e in document.tree.iter() if "field-feeder_id" in e.attrib.get("class", "")]


def test_strangers_are_sent_to_the_login(client: Client) -> None:
    answer = client.get(LIST)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/admin/login/")


def test_feeders_are_listed_and_found_by_any_of_their_words(admin: Client) -> None:
    FeederRecord.objects.filter(feeder_id="feeder_03").update(notes="transformer due in spring")
    assert len(_found(admin, "")) == 12
    assert _found(admin, "feeder_07") == ["feeder_07"]
    assert _found(admin, "due+in+spring") == ["feeder_03"]
    archetype = FeederRecord.objects.get(feeder_id="feeder_10").archetype
    assert "feeder_10" in _found(admin, archetype.replace(" ", "+"))
    assert _found(admin, "lighthouse") == []


def test_the_change_page_shows_the_network_as_diagram_and_json_and_lets_nobody_write_it(
    admin: Client,
) -> None:
    document = Document(admin.get(_address("feeder_04")).content.decode())
    network = FeederRecord.objects.get(feeder_id="feeder_04").network
    shown = next(e for e in document.tree.iter("pre"))
    assert json.loads("".join(shown.itertext())) == network
    diagram = next(e for e in document.tree.iter("svg") if "bus_29" in words(e) or "bus_29" in str(e.attrib))
    assert all(bus["id"] in "".join(diagram.itertext()) for bus in network["buses"])
    names = {
        e.attrib["name"]
        for e in document.tree.iter()
        if e.tag in ("input", "textarea", "select") and "name" in e.attrib
    }
    assert {"name", "archetype", "description", "location", "notes", "published"} <= names
    assert not names & {"network", "feeder_id", "content_hash", "json", "diagram"}


def test_the_change_page_passes_the_site_s_policy(admin: Client) -> None:
    answer = admin.get(_address("feeder_04"))
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    for e in Document(answer.content.decode()).tree.iter():
        assert e.tag != "style"
        assert "style" not in e.attrib
        assert not [name for name in e.attrib if name.startswith("on")]
        if e.tag == "script":
            assert e.attrib.get("src", "").startswith(("/static/", "/admin/jsi18n/"))


def test_metadata_is_edited_and_shown_on_the_site(admin: Client) -> None:
    answer = admin.post(_address("feeder_04"), {**EDITED, "published": "on"})
    assert answer.status_code == 302
    record = FeederRecord.objects.get(feeder_id="feeder_04")
    assert {key: getattr(record, key) for key in EDITED} == EDITED
    page = Client().get("/feeders/feeder_04/").content.decode()
    assert "Elm Road" in page
    assert "Two sentences." in page
    assert "Ask first." not in page  # notes are for colleagues


def test_a_posted_network_or_id_is_ignored(admin: Client) -> None:
    before = FeederRecord.objects.get(feeder_id="feeder_04")
    forged: dict[str, Any] = {
        "network": "{}",
        "feeder_id": "feeder_99",
        "content_hash": "0" * 64,
        "json": "{}",
    }
    assert admin.post(_address("feeder_04"), {**EDITED, "published": "on", **forged}).status_code == 302
    after = FeederRecord.objects.get(feeder_id="feeder_04")
    assert (after.network, after.content_hash) == (before.network, before.content_hash)
    assert after.name == "Elm Road"


def test_a_feeder_needs_a_name(admin: Client) -> None:
    answer = admin.post(_address("feeder_04"), {**EDITED, "name": ""})
    assert answer.status_code == 200
    assert "This field is required" in answer.content.decode()


@pytest.mark.parametrize("field", EDITED)
def test_control_characters_and_direction_marks_are_refused_in_every_text(admin: Client, field: str) -> None:
    for hidden in ("\u202e", "\x07", "\u2066", "\x00"):
        answer = admin.post(_address("feeder_00"), {**EDITED, field: f"Elm{hidden} Road"})
        assert answer.status_code == 200  # the form again
        assert "Please correct the error below" in Document(answer.content.decode()).text
    assert FeederRecord.objects.get(feeder_id="feeder_00").name != "Elm Road"


def test_feeders_come_from_files_alone(admin: Client) -> None:
    assert admin.get(f"{LIST}add/").status_code == 403


def test_the_list_leads_staff_to_the_page_that_imports_and_tells_whose_feeders_there_are(
    admin: Client,
) -> None:
    ann = User.objects.create_user("ann")
    FeederRecord.objects.filter(feeder_id="feeder_07").update(owner=ann, origin="SimBench CSV, village.zip")
    document = Document(admin.get(LIST).content.decode())
    assert document.links["Import a feeder"] == "/import/"
    assert "SimBench CSV, village.zip" in document.text
    assert _found(admin, "village.zip") == ["feeder_07"]
    assert admin.get("/import/").status_code == 200


@pytest.mark.parametrize(("action", "published"), [("unpublish", False), ("publish", True)])
def test_feeders_are_published_and_unpublished_by_action(admin: Client, action: str, published: bool) -> None:
    chosen = FeederRecord.objects.filter(feeder_id__in=["feeder_02", "feeder_03"])
    chosen.update(published=not published)
    answer = admin.post(LIST, {"action": action, "_selected_action": [r.pk for r in chosen]}, follow=True)
    assert f"2 {action}ed." in answer.content.decode()
    assert set(chosen.values_list("published", flat=True)) == {published}
    assert (
        FeederRecord.objects.exclude(feeder_id__in=["feeder_02", "feeder_03"]).filter(published=True).count()
        == 10
    )
    assert ("feeder_02" in Client().get("/api/feeders").json()["feeders"]) == published


def test_what_people_type_is_never_markup_on_the_site(admin: Client) -> None:
    script = "<script>alert(1)</script>"
    admin.post(
        _address("feeder_04"),
        {**EDITED, "name": script, "archetype": script, "description": script, "published": "on"},
    )
    for address in (
        "/",
        "/feeders/feeder_04/",
        "/feeders/feeder_04/network/",
        "/compare/",
        "/feeders/feeder_04/sweep/",
    ):
        assert "<script>alert" not in Client().get(address).content.decode(), address
    label = str(Client().get("/feeders.geojson").json())
    assert "alert(1)" in label  # plain text there: the map writes labels as text
