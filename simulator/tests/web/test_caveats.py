"""What a feeder leaves out that matters stands in the first lines of each of its answers, in every form."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from simulator.grid.schema import Feeder
from simulator.models import FeederRecord
from simulator.questions.values import DEFAULT_SWEEP_STEPS
from simulator.reports.pdf import missing_for_pdf
from simulator.tests.feeders import small_feeder_data
from simulator.tests.paper import read_sheets
from simulator.tests.web.addresses import SHOWS_A_FEEDER
from simulator.tests.web.html import Document, words
from simulator.tests.web.people import bring, person, street

NAME = small_feeder_data()["name"]
WORDS = "Its loads hang on single phases."
ASKED: dict[str, dict[str, Any]] = {
    "simulate": {"pv_adoption": 0.3, "battery_adoption": 0, "step": 48},
    "day": {"pv_adoption": 0.3, "battery_adoption": 0},
    "sweep": {"steps": DEFAULT_SWEEP_STEPS},
    "standards": {"steps": DEFAULT_SWEEP_STEPS},
    "measures": {"steps": DEFAULT_SWEEP_STEPS},
    "monte-carlo": {"placements": 5},
    "nodes": {"pv_adoption": 0.3, "battery_adoption": 0, "step": 48},
    "why": {"pv_adoption": 0.3, "battery_adoption": 0},
}


@pytest.fixture
def unbalanced() -> None:
    """Publish a feeder that has single-phase elements."""
    cache.clear()
    caveats = [{"about": "unbalanced", "words": WORDS}]
    feeder = Feeder.model_validate({**small_feeder_data(), "feeder_id": "street", "caveats": caveats})
    FeederRecord.objects.take(feeder, None, "a file", published=True)


@pytest.mark.usefixtures("unbalanced")
@pytest.mark.parametrize("name", SHOWS_A_FEEDER)
def test_a_caveat_stands_under_the_sentence_and_in_every_file_and_nothing_is_green(
    client: Client, name: str
) -> None:
    query = "?placements=5" if name == "monte-carlo" else ""
    path = f"/feeders/street/{'' if name == 'run' else f'{name}/'}{query}"
    html = client.get(path).content.decode()
    assert html.index(WORDS) < html.index('class="links')
    assert Document(html).status.startswith("Taken as balanced: ")
    classes = [e.attrib.get("class", "").split() for e in Document(html).tree.iter()]
    green = [each for each in classes if {"ok", "good"} & set(each)]
    assert not green, "something is green that was not checked by phase"
    csv = client.get(f"/feeders/street/{name}.csv{query}").content.decode()
    assert csv.startswith("Read first\r\n")
    assert WORDS in csv.splitlines()[2]
    data = json.loads(client.get(f"/feeders/street/{name}.json{query}").content)
    assert data["caveats"][0] == {"about": "unbalanced", "words": WORDS}


@pytest.mark.usefixtures("unbalanced")
@pytest.mark.parametrize("name", ASKED)
def test_the_api_tells_a_caveat_with_each_answer(client: Client, name: str) -> None:
    body = json.dumps({"feeder_id": "street", **ASKED[name]})
    answer = client.post(f"/api/{name}", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert {"about": "unbalanced", "words": WORDS} in answer.json()["caveats"]


@pytest.mark.usefixtures("unbalanced")
def test_lists_name_the_feeders_that_a_caveat_is_about(client: Client) -> None:
    for path in ("/?q=street", "/compare/?feeders=street&feeders=feeder_01"):
        html = client.get(path).content.decode()
        assert f"Single-phase elements are spread over three phases: {NAME}" in html
    cards = Document(client.get("/?q=street").content.decode()).tree.iter("li")
    classes = {
        words(e.find(".//strong")): e.attrib["class"] for e in cards if e.find(".//strong") is not None
    }
    assert classes[NAME] == "feeder-card plain"


def test_nothing_is_green_where_plants_that_stand_are_scaled_by_the_adoption(client: Client) -> None:
    told = "A PV plant of 20 kWp in the file stands already."
    caveats = [{"about": "existing_pv", "words": told}]
    feeder = Feeder.model_validate({**small_feeder_data(), "feeder_id": "street", "caveats": caveats})
    FeederRecord.objects.take(feeder, None, "a file", published=True)
    html = client.get("/feeders/street/").content.decode()
    assert told in html
    classes = [e.attrib.get("class", "").split() for e in Document(html).tree.iter()]
    assert not [each for each in classes if {"ok", "good"} & set(each)]


@pytest.mark.usefixtures("unbalanced")
@pytest.mark.skipif(bool(missing_for_pdf()), reason="WeasyPrint's system libraries are missing")
def test_a_caveat_stands_on_the_first_page_of_a_pdf(client: Client) -> None:
    pdf = client.get("/feeders/street/run.pdf").content
    assert WORDS in read_sheets(pdf)[0]


@pytest.mark.parametrize(
    ("limits", "told"), [("en50160", True), ("uk", True), ("twin", False), ("vde_4105", False)]
)
def test_a_capacity_under_wide_limits_says_that_low_voltage_gets_the_whole_band(
    client: Client, limits: str, told: bool
) -> None:
    for name in ("sweep", "nodes"):
        html = client.get(f"/feeders/feeder_05/{name}/?limits={limits}").content.decode()
        assert ("begins at 1.00 pu" in html) is told
    assert "begins at 1.00 pu" not in client.get(f"/feeders/feeder_05/?limits={limits}").content.decode()


def test_a_feeder_without_pv_potential_asks_for_one_and_takes_it() -> None:
    ann = person("ann")
    data = small_feeder_data()
    for customer in data["customers"]:
        customer["pv_kwp"] = 0.0
    bring(ann, street(customers=data["customers"]))
    for path in ("/feeders/street/", "/feeders/street/sweep/", "/feeders/street/day/"):
        html = ann.get(path).content.decode()
        assert "No customer has a PV potential" in html
        assert "30 % PV" not in Document(html).status
        assert 'href="/feeders/street/potential/"' in html
    for wrong, says in (
        ({"kwp_per_kw": "21"}, "enter 0 to 20 kWp for each kW"),
        ({"kwp_per_customer": "much"}, "kWp a customer"),
        ({"kwp_per_kw": "1", "kwp_per_customer": "1"}, "not both"),
        ({}, "enter more than 0 kWp"),
        ({"kwp_per_kw": "1e-300"}, "changes no customer"),
    ):
        answer = ann.post("/feeders/street/potential/", wrong)
        assert answer.status_code == 422
        assert says in answer.content.decode()
    answer = ann.post("/feeders/street/potential/", {"kwp_per_customer": "5"})
    assert answer.headers["Location"] == "/feeders/street/sweep/"
    assert FeederRecord.objects.get(feeder_id="street").feeder.pv_potential_kwp == 10
    assert (
        ann.post("/feeders/street/potential/", {"kwp_per_customer": "6"}).status_code == 422
    )  # none lacks one
    assert "No customer has a PV potential" not in ann.get("/feeders/street/").content.decode()


def test_only_who_may_change_a_feeder_sets_its_potential(client: Client) -> None:
    bring(person("ann"), street())
    FeederRecord.objects.update(published=True)
    asked = {"kwp_per_customer": "5", "replace": "on"}
    assert client.post("/feeders/street/potential/", asked).status_code == 302  # to the login
    assert person("bob").post("/feeders/street/potential/", asked).status_code == 403
    assert FeederRecord.objects.get(feeder_id="street").feeder.pv_potential_kwp == 40


def test_what_became_of_a_file_is_told_again_after_storing(client: Client) -> None:
    ann = person("ann")
    bring(ann, street())
    page = Document(ann.get("/feeders/street/import-log/").content.decode())
    assert "bus: 3 read" in page.text
    assert 'href="/feeders/street/import-log/"' in ann.get("/feeders/street/").content.decode()
    assert ann.get("/api/import-log/street").json()[0]["words"] == "3 read"
    assert client.get("/feeders/street/import-log/").status_code == 404  # a stranger knows nothing of it
    assert person("eve", is_staff=True).get("/api/import-log/feeder_00").json() == []
    FeederRecord.objects.update(published=True)  # it names what else the file holds: that stays its owner's
    assert client.get("/feeders/street/import-log/").status_code == 403
    assert client.get("/api/import-log/street").status_code == 403
    assert "import-log" not in client.get("/feeders/street/").content.decode()
