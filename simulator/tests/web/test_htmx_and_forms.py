"""htmx gets the results alone, and whoever has no JavaScript submits the form."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from simulator.tests.web.addresses import PAGES, QUESTIONS, TAKES_ADOPTION
from simulator.tests.web.conftest import Fetch
from simulator.tests.web.html import Document, query_of, words

HTMX = {"HX-Request": "true", "HX-Target": "results"}
RUN = PAGES["run"]

USUAL = (("over", "pv"), ("phases", "recorded"))


@pytest.mark.parametrize("name", TAKES_ADOPTION)
def test_htmx_gets_the_results_alone_and_a_form_without_javascript_the_same_whole(
    read: Fetch, name: str
) -> None:
    whole = read(PAGES[name] + QUESTIONS[name])
    fragment = read(PAGES[name] + QUESTIONS[name], **HTMX)
    assert whole.is_whole
    assert not fragment.is_whole
    assert (fragment.status, fragment.kpis) == (whole.status, whole.kpis)
    assert fragment.links["CSV"] == whole.links["CSV"]
    assert not list(fragment.tree.iter("form"))
    results = next(e for e in whole.tree.iter() if e.attrib.get("id") == "results")
    assert fragment.status in words(results)
    assert whole.form.attrib["action"] == PAGES[name]
    assert whole.form.attrib["method"].lower() == "get"
    assert any(button.attrib.get("type") == "submit" for button in whole.form.iter("button"))
    filled_in = [pair for pair in whole.fields if pair[1] and pair not in USUAL]
    assert sorted(filled_in) == query_of(QUESTIONS[name]) or name in (
        "sweep",
        "compare",
    )
    again = read(f"{PAGES[name]}?{urlencode(whole.fields)}")
    assert (again.status, again.kpis) == (whole.status, whole.kpis)


@pytest.mark.parametrize("name", TAKES_ADOPTION)
def test_htmx_that_restores_history_or_asks_for_something_else_gets_the_whole_page(
    read: Fetch, client: Client, name: str
) -> None:
    """A browser that kept a fragment under the page's address would show it bare on the way back."""
    document = read(PAGES[name], **{"HX-Request": "true"})
    assert document.is_whole
    assert read(PAGES[name], **{"HX-Request": "true", "HX-History-Restore-Request": "true"}).is_whole
    answer = client.get(PAGES[name], headers={"HX-Target": "results"})
    assert Document(answer.content.decode()).is_whole
    assert "hx-request" in answer.headers.get("Vary", "").lower()
    _check_that_every_field_has_a_label(document)


def _check_that_every_field_has_a_label(document: Document) -> None:
    labelled = {label.attrib.get("for") for label in document.tree.iter("label")}
    for e in document.form.iter():
        if e.tag in ("input", "select") and e.attrib.get("type") != "hidden":
            inside = any(e in list(label.iter()) for label in document.tree.iter("label"))
            assert inside or e.attrib["id"] in labelled, e.attrib


@pytest.mark.parametrize("head", ["", "&sort=kva", "&q=feeder_00"])
def test_post_is_no_way_to_ask_a_page(head: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/?pv_adoption=0.3{head}").status_code == 403
