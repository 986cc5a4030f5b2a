"""Saved scenarios are listed, renamed, copied, shared and deleted, and say what has changed since."""

import csv
import io
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from simulator.grid.profiles import read_profiles
from simulator.models import FeederRecord, SavedScenario
from simulator.reports.pdf import missing_for_pdf
from simulator.tests.paper import read_sheets
from simulator.tests.web.conftest import Fetch, read_json
from simulator.tests.web.html import Document, words
from simulator.tests.web.keeping import SAVE_RUN, put, signed_in
from simulator.web.site.versions import versions

pytestmark = pytest.mark.database


@pytest.fixture
def anna() -> Client:
    return signed_in("anna")


def _page(client: Client, address: str, status: int = 200) -> Document:
    answer = client.get(address)
    assert answer.status_code == status, answer.content[:500]
    return Document(answer.content.decode())


def _names(document: Document) -> list[str]:
    """Return the listed scenarios' names in order."""
    table = next(e for e in document.tree.iter("table") if e.attrib.get("id") == "table-scenarios")
    return [words(link) for link in table.iter("a")]


# The list


def test_who_has_saved_nothing_is_told_how(anna: Client) -> None:
    page = _page(anna, "/scenarios/")
    assert page.status == "No scenario is saved."
    assert "choose Save above its answer" in page.text


def test_the_list_needs_a_person(client: Client) -> None:
    answer = client.get("/scenarios/")
    assert answer.status_code == 302
    assert "next=/scenarios/" in answer.headers["Location"]


def test_the_list_is_searched_in_any_script_and_sorted_whatever_the_capitals(anna: Client) -> None:
    for name, feeder_id, note in (
        ("banana", "feeder_00", ""),
        ("Apple", "feeder_01", "ÖSTLICH of the church"),
        ("cherry", "feeder_02", ""),
    ):
        put("anna", name, feeder_id, note=note)
    assert _names(_page(anna, "/scenarios/")) == ["cherry", "Apple", "banana"]  # the newest first
    assert _names(_page(anna, "/scenarios/?sort=name&order=asc")) == ["Apple", "banana", "cherry"]
    assert _names(_page(anna, "/scenarios/?sort=feeder&order=desc")) == ["cherry", "Apple", "banana"]
    assert _names(_page(anna, "/scenarios/?q=östlich+CHURCH")) == ["Apple"]
    assert _names(_page(anna, "/scenarios/?q=feeder_02")) == ["cherry"]
    assert "No scenario is saved with lighthouse" in _page(anna, "/scenarios/?q=lighthouse").status


def test_a_long_list_has_pages_and_its_files_hold_all(anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.web.scenarios.scenarios.ROWS", 2)
    for name in "abcde":
        put("anna", name)
    names, address = [], "/scenarios/?sort=name&order=asc"
    while address:
        page = _page(anna, address)
        assert page.status == "5 scenarios are saved."
        names.append(_names(page))
        address = next((a for words, a in page.links.items() if words.startswith("Page after")), "")
    assert names == [["a", "b"], ["c", "d"], ["e"]]
    assert len(anna.get("/scenarios.csv").content.splitlines()) == 2 + 5
    names, address = [], "/scenarios.json?sort=name&order=asc"
    while address:
        answer = anna.get(address)
        names.append([each["name"] for each in read_json(_Whole(answer))])  # type: ignore[attr-defined]
        address = "".join(re.findall('<([^>]*)>; rel="next"', answer.headers.get("Link", "")))
    assert names == [["a", "b"], ["c", "d"], ["e"]]
    assert anna.get("/scenarios.json?page=4").status_code == 422
    assert "Page: the list has 3" in _page(anna, "/scenarios/?page=4", 422).alerts


@pytest.mark.parametrize(
    "query", ["?page=0", "?sort=colour", "?order=up", "?q=" + "x" * 81, "?q=%00", "?colour=blue"]
)
@pytest.mark.parametrize("kind", ["/", ".csv", ".json", ".pdf"])
def test_a_list_with_errors_names_them(anna: Client, query: str, kind: str) -> None:
    assert anna.get(f"/scenarios{kind}{query}").status_code == 422


def test_the_list_says_which_feeders_have_changed_or_gone(anna: Client) -> None:
    put("anna", "same")
    put("anna", "changed", "feeder_01", feeder_hash="0" * 64)
    put("anna", "gone", "feeder_02")
    FeederRecord.objects.filter(feeder_id="feeder_02").delete()
    rows = _page(anna, "/scenarios/?sort=name&order=asc").table("scenarios")
    since = rows[0].index("Feeder since")
    assert [row[since] for row in rows[1:]] == ["changed", "deleted", "as it was"]


def test_all_of_them_come_as_csv_and_json(anna: Client) -> None:
    put("anna", "=SUM(A1)", note="-3")
    put("anna", "second", "feeder_01")
    put("ben", "not Anna's")
    rows = list(csv.reader(io.StringIO(anna.get("/scenarios.csv").content.decode())))
    assert rows[1][:3] == ["Name", "Study", "Feeder"]
    assert [row[0] for row in rows[2:]] == ["second", "'=SUM(A1)"]
    streamed = anna.get("/scenarios.json")
    data: Any = read_json(_Whole(streamed))
    assert [each["name"] for each in data] == ["second", "=SUM(A1)"]
    assert data[0] == read_json(anna.get(f"/scenarios/{data[0]['id']}.json"))
    assert read_json(_Whole(signed_in("nobody").get("/scenarios.json"))) == []


class _Whole:
    """A streamed answer, read to its end."""

    def __init__(self, answer: Any) -> None:
        self.status_code, self.headers, self.content = answer.status_code, answer.headers, answer.getvalue()


# One scenario and what has changed since


@pytest.fixture
def kept(anna: Client) -> SavedScenario:
    """A scenario saved through the page."""
    anna.post(SAVE_RUN, {"name": "Elm Road"})
    return SavedScenario.objects.get()


def _says(client: Client, kept: SavedScenario) -> str:
    page = _page(client, f"/scenarios/{kept.pk}/")
    assert page.status.startswith("At 12:00 with 70 % PV, feeder_00 ")  # as it was, whatever changed
    return page.text


def test_a_changed_feeder_is_told_and_the_answer_stays(anna: Client, kept: SavedScenario) -> None:
    record = FeederRecord.objects.get(feeder_id="feeder_00")
    before = _page(anna, f"/scenarios/{kept.pk}/").kpis
    record.name, record.content_hash = "Renamed", "0" * 64
    record.network["source"]["vm_pu"] = 1.03
    record.save()
    assert "The feeder has changed since" in _says(anna, kept)
    page = _page(anna, f"/scenarios/{kept.pk}/")
    assert page.kpis == before
    again = _page(anna, page.links["Ask again now"])
    assert again.kpis["max_voltage"] != before["max_voltage"]


def test_a_new_name_of_the_feeder_changes_no_answer(anna: Client, kept: SavedScenario) -> None:
    FeederRecord.objects.filter(feeder_id="feeder_00").update(name="Renamed", description="New.")
    assert "Nothing that this answer depends on has changed" in _says(anna, kept)


def test_a_deleted_feeder_is_told_and_leads_nowhere(anna: Client, kept: SavedScenario) -> None:
    FeederRecord.objects.filter(feeder_id="feeder_00").delete()
    assert "The feeder feeder_00 has been deleted since." in _says(anna, kept)
    assert "Ask again now" not in _page(anna, f"/scenarios/{kept.pk}/").links


def test_a_feeder_that_is_no_longer_shown_leads_nowhere(anna: Client, kept: SavedScenario) -> None:
    FeederRecord.objects.filter(feeder_id="feeder_00").update(published=False)
    assert "feeder_00 is not public" in _says(anna, kept)
    assert "Ask again now" not in _page(anna, f"/scenarios/{kept.pk}/").links


def test_other_profiles_are_told(anna: Client, kept: SavedScenario, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept.profiles_hash == read_profiles().content_hash
    SavedScenario.objects.update(profiles_hash="0" * 64)
    assert "The load or PV profiles have changed since" in _says(anna, kept)


def test_another_version_of_the_solver_is_told(anna: Client, kept: SavedScenario) -> None:
    SavedScenario.objects.update(versions="solver 0, pandapower 2.0")
    assert f"It was solved by solver 0, pandapower 2.0; the site has {versions()} now." in _says(anna, kept)


def test_an_answer_of_a_study_that_the_site_no_longer_has_is_still_shown(anna: Client) -> None:
    anna.post("/feeders/feeder_00/why/save/?bus=bus_7", {"name": "Why"})
    SavedScenario.objects.update(study="lighthouse")
    kept = SavedScenario.objects.get()
    page = _page(anna, f"/scenarios/{kept.pk}/")
    assert page.status.startswith("bus_7 at ")
    assert "Ask again now" not in page.links


# What its owner does with it


def test_it_is_renamed_and_its_note_changed(anna: Client) -> None:
    kept = put("anna", note="old")
    page = _page(anna, f"/scenarios/{kept.pk}/edit/")
    assert "old" in page.text
    answer = anna.post(f"/scenarios/{kept.pk}/edit/", {"name": "Oak Road", "note": ""})
    assert answer.headers["Location"] == f"/scenarios/{kept.pk}/"
    kept.refresh_from_db()
    assert (kept.name, kept.note) == ("Oak Road", "")
    wrong = anna.post(f"/scenarios/{kept.pk}/edit/", {"name": "", "note": "new"})
    assert wrong.status_code == 422
    assert "Name: enter 1 to 120 characters" in Document(wrong.content.decode()).alerts
    kept.refresh_from_db()
    assert (kept.name, kept.note) == ("Oak Road", "")


def test_deleting_asks_first(anna: Client) -> None:
    kept, other = put("anna"), put("anna", "Oak Road")
    page = _page(anna, f"/scenarios/{kept.pk}/delete/")
    assert "Delete Elm Road?" in page.text
    assert SavedScenario.objects.count() == 2
    assert anna.post(f"/scenarios/{kept.pk}/delete/").headers["Location"] == "/scenarios/"
    assert list(SavedScenario.objects.all()) == [other]
    assert anna.get(f"/scenarios/{kept.pk}/").status_code == 404


@pytest.mark.parametrize("deed", ["duplicate", "share"])
def test_a_link_alone_does_nothing(anna: Client, deed: str) -> None:
    kept = put("anna")
    assert anna.get(f"/scenarios/{kept.pk}/{deed}/").status_code == 405
    assert SavedScenario.objects.count() == 1


@pytest.mark.parametrize("deed", ["edit", "delete", "duplicate", "share"])
def test_other_sites_cannot_do_it_for_them(anna: Client, deed: str) -> None:
    kept, checked = put("anna"), Client(enforce_csrf_checks=True)
    checked.cookies = anna.cookies
    data = {"name": "Oak Road", "shared": "on"}
    assert checked.post(f"/scenarios/{kept.pk}/{deed}/", data).status_code == 403
    kept.refresh_from_db()
    assert (kept.name, kept.shared, SavedScenario.objects.count()) == ("Elm Road", False, 1)


def test_a_copy_is_shown(anna: Client) -> None:
    kept = put("anna")
    page = _page(anna, anna.post(f"/scenarios/{kept.pk}/duplicate/").headers["Location"])
    assert "Elm Road (copy)" in page.text
    assert page.status == _page(anna, f"/scenarios/{kept.pk}/").status


# Sharing


def test_a_link_shows_it_read_only_until_it_is_switched_off(anna: Client, client: Client) -> None:
    kept = put("anna", note="For Ben")
    assert client.get(f"/shared/{kept.token}/").status_code == 404
    anna.post(f"/scenarios/{kept.pk}/share/", {"shared": "on"})
    page = _page(anna, f"/scenarios/{kept.pk}/")
    (link,) = [address for text, address in page.links.items() if "/shared/" in text]

    answer = client.get(link)
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert not answer.cookies
    shared = Document(answer.content.decode())
    assert shared.status == page.status
    assert "For Ben" in shared.text
    assert [e.attrib["content"] for e in shared.tree.iter("meta") if e.attrib.get("name") == "robots"]
    assert not [f for f in shared.tree.iter("form") if "/scenarios/" in f.attrib.get("action", "")]
    assert not [a for a in shared.links.values() if a.startswith("/scenarios/") and a != "/scenarios/"]
    assert "anna" not in shared.text

    anna.post(f"/scenarios/{kept.pk}/share/", {"shared": "off"})
    assert client.get(link).status_code == 404
    anna.post(f"/scenarios/{kept.pk}/share/", {"shared": "on"})
    assert client.get(link).status_code == 404


def test_a_shared_private_feeder_stays_private(anna: Client, client: Client) -> None:
    kept = put("anna")
    kept.share(on=True)
    FeederRecord.objects.filter(feeder_id="feeder_00").update(published=False)
    page = _page(client, f"/shared/{kept.token}/")
    assert "feeder_00 is not public" in page.text
    assert "Ask again now" not in page.links


def test_a_guess_is_not_found(read: Fetch) -> None:
    put("anna")
    for guess in (uuid.uuid4(), uuid.UUID(int=0), "1", "%00"):
        read(f"/shared/{guess}/", 404)


# Pictures and paper


def test_pictures_are_those_of_the_answer_when_it_was_saved(anna: Client) -> None:
    shown = _page(anna, "/feeders/feeder_00/?pv_adoption=0.7")
    anna.post(SAVE_RUN, {"name": "Elm Road"})
    record = FeederRecord.objects.get(feeder_id="feeder_00")
    record.network = {**record.network, "source": {**record.network["source"], "vm_pu": 1.02}}
    record.save()
    kept = _page(anna, f"/scenarios/{SavedScenario.objects.get().pk}/")
    for key in ("diagram", "profile"):
        one, other = (words(page.by_id(key).find(".//svg")) for page in (shown, kept))
        assert one == other
        assert "pu" in one


def test_who_saved_before_pictures_were_kept_is_told(anna: Client) -> None:
    assert "No picture was kept with this answer." in _page(anna, f"/scenarios/{put('anna').pk}/").text


@pytest.mark.skipif(bool(missing_for_pdf()), reason="WeasyPrint's system libraries are missing")
def test_a_scenario_s_pdf_holds_what_was_kept_and_its_pictures(anna: Client) -> None:
    anna.post(SAVE_RUN, {"name": "Elm Road", "note": "As the council asked."})
    pk = SavedScenario.objects.get().pk
    page = _page(anna, f"/scenarios/{pk}/")
    answer = anna.get(page.links["PDF"])
    assert answer.headers["Content-Type"] == "application/pdf"
    text = " ".join(read_sheets(answer.content))
    told = "".join(text.split())
    for part in ("Elm Road", "As the council asked.", page.status, "Nothing that this answer depends on"):
        assert "".join(part.split()) in told
    assert "Single-linediagram" in told
    assert f"/scenarios/{pk}/" in told
    assert signed_in("bob").get(f"/scenarios/{pk}.pdf").status_code == 404
