"""A signed-in person saves what a study's page shows, and sees it again as it was."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from simulator.models import FeederRecord, SavedScenario
from simulator.tests.web.addresses import FILES, PAGES, QUESTIONS
from simulator.tests.web.conftest import read_json
from simulator.tests.web.html import Document, query_of, words
from simulator.tests.web.keeping import SAVE_RUN, put, signed_in
from simulator.web.pages.answered import ANSWERED
from simulator.web.site.versions import versions

pytestmark = pytest.mark.database
every_study = pytest.mark.parametrize("name", ANSWERED)


@pytest.fixture
def anna() -> Client:
    return signed_in("anna")


def _save_form(document: Document) -> tuple[str, dict[str, str]]:
    """Return where a page's save form posts to, and what a browser would send untouched."""
    (form,) = [f for f in document.tree.iter("form") if f.attrib.get("action", "").count("/save/")]
    assert form.attrib["method"] == "post"
    assert not list(form.iter("form"))[1:]
    fields = {e.attrib["name"]: e.attrib.get("value", words(e)) for e in form.iter() if "name" in e.attrib}
    return form.attrib["action"], fields


def _shown(client: Client, address: str) -> Document:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:500]
    return Document(answer.content.decode())


def _tables(document: Document) -> dict[str, list[list[str]]]:
    keys = [e.attrib["id"].removeprefix("table-") for e in document.tree.iter("table") if "id" in e.attrib]
    return {key: document.table(key) for key in keys}


@every_study
def test_what_a_page_shows_is_saved_by_its_form_and_shown_again_as_it_was(name: str) -> None:
    anna = signed_in("anna")
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = anna.cookies
    page = _shown(checked, PAGES[name] + QUESTIONS[name])
    action, fields = _save_form(page)
    answer = checked.post(action, {**fields, "name": "Elm Road", "note": "Ask first."})
    kept = SavedScenario.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/scenarios/{kept.pk}/")

    assert (kept.name, kept.note, kept.owner.get_username()) == ("Elm Road", "Ask first.", "anna")
    assert (kept.feeder_id_then, kept.study) == ("feeder_00", name)
    assert kept.answer == read_json(checked.get(f"{FILES[name]}.json{QUESTIONS[name]}"))
    assert query_of(kept.query) == query_of(QUESTIONS[name])
    assert kept.feeder_hash == FeederRecord.objects.get(feeder_id="feeder_00").content_hash
    assert kept.seed == (7 if name == "monte-carlo" else None)
    assert kept.versions == versions()

    cache.clear()
    again = _shown(checked, f"/scenarios/{kept.pk}/")
    assert again.status == page.status
    assert {key: text.split()[:2] for key, text in again.kpis.items()} == {
        key: text.split()[:2] for key, text in page.kpis.items()
    }
    assert _tables(again) == _tables(page)
    assert "Nothing that this answer depends on has changed since." in again.text
    assert query_of(again.links["Ask again now"]) == query_of(QUESTIONS[name])
    assert again.links["Ask again now"].startswith(PAGES[name])


@every_study
def test_who_is_not_signed_in_sees_no_form_and_gets_no_cookie(client: Client, name: str) -> None:
    answer = client.get(PAGES[name] + QUESTIONS[name])
    assert "/save/" not in answer.content.decode()
    assert not answer.cookies


def test_the_form_comes_with_a_fragment_too_and_asks_what_is_shown_then(anna: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "results"}
    fragment = anna.get("/feeders/feeder_00/?pv_adoption=0.7", headers=headers).content.decode()
    action, fields = _save_form(Document(fragment))
    assert dict(query_of(action))["pv_adoption"] == "0.7"
    assert fields["csrfmiddlewaretoken"]


def test_a_save_without_the_page_s_token_is_refused(anna: Client) -> None:
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = anna.cookies
    assert checked.post(SAVE_RUN, {"name": "Elm Road"}).status_code == 403
    assert not SavedScenario.objects.exists()


def test_a_stranger_is_sent_to_sign_in_and_back(client: Client) -> None:
    answer = client.post(SAVE_RUN, {"name": "Elm Road"})
    assert answer.status_code == 302
    assert query_of(answer.headers["Location"]) == [("next", SAVE_RUN)]
    assert not SavedScenario.objects.exists()


def test_without_a_name_yet_the_address_asks_for_one(anna: Client) -> None:
    page = _shown(anna, SAVE_RUN)
    assert "Save this answer" in page.text
    assert not SavedScenario.objects.exists()


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ({"name": ""}, "Name: enter 1 to 120 characters"),
        ({"name": "   "}, "Name: enter 1 to 120 characters"),
        ({"name": "n" * 121}, "Name: enter 1 to 120 characters"),
        ({"name": "Elm\x00Road"}, "Name: leave out U+0000"),
        ({"name": "Elm\nRoad"}, "Name: leave out U+000A"),
        ({"name": "Elm \u202edaoR"}, "Name: leave out U+202E"),
        ({"name": "Elm Road", "note": "n" * 4001}, "Note: enter at most 4,000 characters"),
        ({"name": "Elm Road", "note": "a\x00b\u2066"}, "Note: leave out U+0000, U+2066"),
    ],
)
def test_a_name_or_note_that_cannot_be_kept_is_named_and_nothing_is_saved(
    anna: Client, named: dict[str, str], says: str
) -> None:
    answer = anna.post(SAVE_RUN, {"note": "", **named})
    document = Document(answer.content.decode())
    assert answer.status_code == 422
    assert says in document.alerts
    assert not SavedScenario.objects.exists()


def test_text_of_any_script_comes_back_and_is_never_markup(anna: Client) -> None:
    name, note = "變電所 <b>Ö</b> \N{ELECTRIC PLUG}", "=1+1\r\n<script>alert(1)</script>"
    anna.post(SAVE_RUN, {"name": name, "note": note})
    kept = SavedScenario.objects.get()
    assert (kept.name, kept.note) == (name, note)
    html = anna.get(f"/scenarios/{kept.pk}/").content.decode()
    assert "<script>alert" not in html
    assert "&lt;b&gt;" in html


@pytest.mark.parametrize("query", ["?pv_adoption=2", "?time=12:07", "?colour=blue"])
def test_a_question_with_errors_leads_back_to_the_page_that_names_them(anna: Client, query: str) -> None:
    answer = anna.post(f"/feeders/feeder_00/run/save/{query}", {"name": "Elm Road"})
    assert answer.status_code == 302
    page = anna.get(answer.headers["Location"])
    assert page.status_code == 422
    assert Document(page.content.decode()).alerts
    assert not SavedScenario.objects.exists()


def test_a_question_that_a_study_refuses_leads_back_too(anna: Client) -> None:
    answer = anna.post("/feeders/feeder_00/why/save/?bus=bus_99", {"name": "Elm Road"})
    assert anna.get(answer.headers["Location"]).status_code == 422
    assert not SavedScenario.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["/feeders/feeder_99/run/save/", "/feeders/feeder_00/network/save/", "/feeders/%00/run/save/"],
)
def test_what_is_no_feeder_or_no_study_is_not_found(anna: Client, address: str) -> None:
    assert anna.post(address, {"name": "Elm Road"}).status_code == 404


def test_an_answer_too_large_is_named_with_its_size(anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.models.scenarios.MAX_BYTES", 1000)
    answer = anna.post(SAVE_RUN, {"name": "Elm Road"})
    assert answer.status_code == 422
    assert "at most 1,000 are kept" in Document(answer.content.decode()).alerts
    assert not SavedScenario.objects.exists()


def test_a_feeder_that_changed_while_the_page_was_open_is_told_and_saved_only_when_asked_again(
    anna: Client,
) -> None:
    action, fields = _save_form(_shown(anna, "/feeders/feeder_00/?pv_adoption=0.7"))
    record = FeederRecord.objects.get(feeder_id="feeder_00")
    record.network["source"]["vm_pu"] = 1.03
    record.content_hash = "0" * 64
    record.save()
    answer = anna.post(action, {**fields, "name": "Elm Road"})
    document = Document(answer.content.decode())
    assert answer.status_code == 422
    assert "have changed since the page was made" in document.alerts
    assert not SavedScenario.objects.exists()
    (form,) = [f for f in document.tree.iter("form") if "plain-form" in f.attrib.get("class", "")]
    seen = next(e.attrib["value"] for e in form.iter("input") if e.attrib["name"] == "seen")
    assert anna.post(action, {"name": "Elm Road", "seen": seen}).status_code == 302
    assert SavedScenario.objects.get().answer["max_voltage_pu"] > 1.03


def test_a_save_that_fails_leaves_nothing_and_the_next_one_works(
    anna: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(self: SavedScenario, *args: Any, **options: Any) -> None:
        right(self, *args, **options)
        raise OSError("planted")

    right = SavedScenario.save
    anna.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(SavedScenario, "save", fail)
        assert anna.post(SAVE_RUN, {"name": "Elm Road"}).status_code == 500
    caplog.clear()
    assert not SavedScenario.objects.exists()
    assert anna.post(SAVE_RUN, {"name": "Elm Road"}).status_code == 302
    assert SavedScenario.objects.count() == 1


def test_the_scenario_s_files_hold_all_that_is_kept(anna: Client) -> None:
    anna.post(SAVE_RUN, {"name": "-Elm Road", "note": "=1+1"})
    kept = SavedScenario.objects.get()
    data: Any = read_json(anna.get(f"/scenarios/{kept.pk}.json"))
    assert (data["name"], data["note"], data["owner"]) == ("-Elm Road", "=1+1", "anna")
    assert data["answer"] == read_json(anna.get("/feeders/feeder_00/run.json?pv_adoption=0.7"))
    assert data["question"]["pv_adoption"] == 0.7
    assert data["question"]["limits"]["vm_max_pu"] == 1.06
    assert (data["feeder_hash"], data["profiles_hash"]) == (kept.feeder_hash, kept.profiles_hash)
    assert data["versions"] == versions()
    text = anna.get(f"/scenarios/{kept.pk}.csv").content.decode()
    lines = text.split("\r\n")
    assert "Name,'-Elm Road" in lines
    assert "Note,'=1+1" in lines
    study = anna.get("/feeders/feeder_00/run.csv?pv_adoption=0.7").content.decode()
    assert study.rstrip("\r\n") in text


def test_json_of_an_answer_keeps_the_order_of_the_api_s(anna: Client) -> None:
    anna.post("/feeders/feeder_00/sweep/save/", {"name": "Elm Road"})
    kept = SavedScenario.objects.get()
    shown = anna.get("/feeders/feeder_00/sweep.json").content
    assert json.dumps(kept.answer) == json.dumps(json.loads(shown))


def test_staff_are_people_too(client: Client) -> None:
    staff = signed_in("boss", is_staff=True)
    assert staff.post(SAVE_RUN, {"name": "Elm Road"}).status_code == 302
    assert SavedScenario.objects.get().owner == User.objects.get(username="boss")


def test_who_keeps_as_much_as_one_may_is_told_and_nothing_is_saved(
    anna: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.models.scenarios.MAX_OWN", 1)
    kept = put("anna")
    answer = anna.post(SAVE_RUN, {"name": "One more", "note": ""})
    assert answer.status_code == 422
    assert "You keep 1 scenarios, the most that one person may" in Document(answer.content.decode()).alerts
    assert anna.post(f"/scenarios/{kept.pk}/duplicate/").status_code == 409
    assert SavedScenario.objects.count() == 1
    assert "1 of at most 200 scenarios" in Document(anna.get("/account/").content.decode()).text
