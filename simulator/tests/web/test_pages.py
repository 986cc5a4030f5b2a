"""Every page answers in one sentence, has a link that gives the same answer, and leads on to the others."""

from typing import Any

import pytest
from django.test import Client

from simulator.reports.pdf import missing_for_pdf
from simulator.tests.web.addresses import FILES, PAGES, QUESTIONS, SHOWS_A_FEEDER
from simulator.tests.web.conftest import Fetch, read_json
from simulator.tests.web.html import Document, query_of, words
from simulator.web.pages.presets import PRESETS

every_page = pytest.mark.parametrize("name", PAGES)
HTMX = {"HX-Request": "true", "HX-Target": "results"}
RUN = PAGES["run"]


@every_page
def test_a_page_opens_without_a_question_answers_in_one_sentence_and_leads_on(read: Fetch, name: str) -> None:
    document = read(PAGES[name])
    begins = {
        "feeders": "With 30 % PV, ",
        "run": "At 12:00 with 30 % PV, feeder_00 ",
        "day": "Over the day with 30 % PV, feeder_00 ",
        "sweep": "feeder_00 hosts ",
        "standards": "feeder_00 hosts from ",
        "monte-carlo": "feeder_00 hosts ",
        "nodes": "Over the day with 30 % PV, one more PV plant may have from ",
        "why": "bus_29 at ",
        "measures": "feeder_00 hosts ",
        "network": "At 12:00 with 30 % PV, feeder_00 ",
        "compare": "At 12:00 with 30 % PV, ",
    }
    if name == "help":
        assert "How to use LV Mini Twin" in document.text
    else:
        assert document.status.startswith(begins[name])
        assert document.status.count(". ") == 0
    headings = [words(h) for h in document.tree.iter("h1")]
    assert len(headings) == 1
    assert headings[0]
    assert {"/", "/compare/", "/help/", "/api/docs"} <= set(document.links.values())
    spelt = read(document.links["Link to this answer"])  # its defaults, which were left out
    assert (spelt.status, spelt.kpis) == (document.status, document.kpis)


@every_page
def test_the_same_question_comes_back_in_every_link_and_gives_the_same_answer(read: Fetch, name: str) -> None:
    document = read(PAGES[name] + QUESTIONS[name])
    for kind in ("CSV", "PDF", "JSON"):
        if kind == "PDF" and missing_for_pdf():
            continue
        assert document.links[kind].startswith(f"{FILES[name]}.{kind.lower()}")
        assert query_of(document.links[kind]) == query_of(QUESTIONS[name])
    assert query_of(document.links["Link to this answer"]) == query_of(QUESTIONS[name])
    again = read(document.links["Link to this answer"])
    assert (again.status, again.kpis) == (document.status, document.kpis)
    assert again.links["CSV"] == document.links["CSV"]


def test_presets_are_links_that_ask_the_four_questions_and_say_what_they_set(read: Fetch) -> None:
    document = read(f"{RUN}?limits=uk")
    said = {
        "Morning": "Morning, 20 % PV, 10 % batteries 07:00",
        "Noon": "Noon, 60 % PV, 10 % batteries 12:00",
        "Evening": "Evening, 10 % PV, 20 % batteries 18:30",
        "High PV": "High PV, 90 % PV, no batteries 12:00",
    }
    for name, (_, pv, battery) in PRESETS.items():
        asked = dict(query_of(document.links[said[name]]))
        assert (float(asked["pv_adoption"]), float(asked["battery_adoption"])) == (pv, battery)
        assert asked["time"] == {"Morning": "07:00", "Evening": "18:30"}.get(name, "12:00")
        assert asked["limits"] == "uk"
        answer = read(document.links[said[name]])
        assert answer.status.startswith(f"At {asked['time']} with {pv * 100:.0f} % PV")


def test_the_studies_of_a_feeder_lead_to_one_another_with_the_question(read: Fetch) -> None:
    asked = "?pv_adoption=0.7&battery_adoption=0.2&time=13:15&limits=uk"
    followed: set[str] = set()
    for name in SHOWS_A_FEEDER:
        document = read(PAGES[name] + asked)
        tabs = (
            ("Run", "run"),
            ("Day", "day"),
            ("PV sweep", "sweep"),
            ("Standards", "standards"),
            ("Nodes", "nodes"),
            ("Why", "why"),
            ("What helps", "measures"),
            ("Network", "network"),
        )
        for label, other in tabs:
            address = document.links[label]
            assert address.startswith(PAGES[other])
            assert set(query_of(asked)) <= set(query_of(address))
            assert address in followed or read(address).status
            followed.add(address)


def test_the_run_page_holds_the_diagram_the_profile_and_guidance_with_reasons(
    client: Client, read: Fetch
) -> None:
    document = read(f"{RUN}guidance/?pv_adoption=0.9")
    for figure in ("diagram", "profile"):
        assert list(document.by_id(figure).iter("svg"))
    data: Any = read_json(client.get(f"{FILES['run']}.json?pv_adoption=0.9"))
    assert {f["rule"] for f in data["findings"]} >= {"overvoltage", "reverse_flow"}
    for finding in data["findings"]:
        assert finding["title"] in document.text
        assert finding["reason"] in document.text
    assert "the batch solver agrees" in document.text


def test_the_help_says_how_what_and_what_not(read: Fetch) -> None:
    document = read("/help/")
    assert len(next(document.tree.iter("ol"))) == 4
    for figure in ("Transformer loading", "Hosting capacity", "Losses", "Violation", "No solution"):
        assert figure in document.text
    assert "What the model leaves out" in document.text
    for name in ("EN 50160", "ANSI C84.1", "VDE-AR-N 4105"):
        assert name in document.text


def test_a_page_of_a_document_is_well_formed() -> None:
    with pytest.raises(AssertionError, match="closes nothing"):
        Document("<p>a</div>")
