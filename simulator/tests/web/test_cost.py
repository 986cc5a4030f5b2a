"""What a question may cost: refused with its size before any work, by who asks."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from simulator.powerflow.watch import watched
from simulator.studies.measures.rungs import lower_taps
from simulator.tests.web.addresses import FILES, PAGES
from simulator.tests.web.conftest import Fetch, read_json
from simulator.tests.web.people import person
from simulator.web.pages.studies import STUDIES

ALL = "?quarter_hours=all"
BODY = {"feeder_id": "feeder_00", "quarter_hours": "all"}
# 29 customers: 1,000 x (21 + 1 + 1) x 96 power flows and 69 x 96 apart are 2,214,624, a millisecond each.
FLOWS, SECONDS = "2,214,624 power flows of 30 buses", "about 2,215 s of processor"


@pytest.fixture(autouse=True)
def _usual_bound(settings: Any) -> None:
    """Bound questions as the site does; elsewhere a slow machine refuses nothing."""
    settings.LVTWIN_MOST_S = 10


@pytest.fixture(autouse=True)
def _a_flow_takes_a_millisecond(monkeypatch: pytest.MonkeyPatch, empty_cache: None) -> None:
    monkeypatch.setattr("simulator.web.work.executor.flow_s", lambda *_: 1e-3)


@pytest.fixture
def solved() -> Iterator[list[int]]:
    """Count the power flows that requests solve in their own thread."""
    solved: list[int] = []
    with watched(solved.append):
        yield solved


def test_too_much_is_refused_with_size_and_limit_before_any_work(
    client: Client, read: Fetch, solved: list[int]
) -> None:
    posted = client.post("/api/monte-carlo", BODY, "application/json")
    body: Any = read_json(posted)
    ((field, message),) = [(each["field"], each["message"]) for each in body["error"]["fields"]]
    assert (posted.status_code, field) == (422, "placements")
    assert message == (
        "Placements: 1,000 x 21 levels x 96 quarter-hours, with the search between levels, are up to "
        f"{FLOWS}, {SECONDS}; 10 s are computed "
        "for people who have not signed in: enter at most 1."
    )
    assert message in read(PAGES["monte-carlo"] + ALL, status=422).alerts
    assert solved == []


def test_as_much_as_the_refusal_allows_is_computed(client: Client) -> None:
    """1 x 23 x 96 and 69 x 96 flows are 8.8 s."""
    assert client.get(f"{FILES['monte-carlo']}.json{ALL}&placements=1").status_code == 200
    assert client.get(f"{FILES['monte-carlo']}.json{ALL}&placements=2").status_code == 422


def test_what_has_no_count_is_refused_for_the_feeder(client: Client, read: Fetch, solved: list[int]) -> None:
    """60 rooms x 154 flows are 9.2 s for a day; the rise rule doubles them."""
    asked = {"feeder_id": "feeder_00", "pv_adoption": 0.3, "battery_adoption": 0, "when": "day"}
    asked |= {"step": 48, "limits": "vde_4105"}
    body: Any = read_json(client.post("/api/nodes", asked, "application/json"))
    assert body["error"]["fields"][0]["field"] == "feeder_id"
    message = read(PAGES["nodes"] + "?when=day&limits=vde_4105", status=422).alerts
    assert "2 rooms at 30 buses, each held against 96 quarter-hours, are up to 18,480 power flows" in message
    assert message.endswith("or about a part of the network, or sign in, which allows more.")
    assert solved == []


def test_accounts_may_ask_for_more_as_the_setting_says(client: Client, settings: Any) -> None:
    question = f"{FILES['monte-carlo']}.json{ALL}&placements=4"  # 15.5 s
    assert client.get(question).status_code == 422
    ann = person("ann")
    assert ann.get(question).status_code == 200
    settings.LVTWIN_MOST_S_SIGNED_IN = 13.0
    body: Any = read_json(ann.get(question + "&seed=2"))
    assert "13 s are computed for an account: enter at most 2." in body["error"]["fields"][0]["message"]


def test_an_answer_that_is_known_costs_nothing(client: Client) -> None:
    question = f"{FILES['monte-carlo']}.json{ALL}&placements=4"
    data = read_json(person("ann").get(question))
    assert read_json(client.get(question)) == data


def test_a_command_on_the_machine_itself_is_not_bounded(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("monte_carlo", "feeder_00", placements="4", quarter_hours="all")
    assert "feeder_00 hosts" in capsys.readouterr().out


def test_any_study_that_costs_much_is_done_aside_with_a_bar(
    read: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sweep of three quarter-hours is 195 flows; at 5 ms each it is above half a second."""
    monkeypatch.setattr("simulator.web.work.executor.flow_s", lambda *_: 5e-3)
    monkeypatch.setattr("simulator.web.pages.study_view.PATIENCE_S", 0.0)
    right, looked_at = STUDIES["sweep"], Event()

    def compute(*given: Any, **asked: Any) -> Any:
        assert looked_at.wait(20)
        return right.task.compute(*given, **asked)

    monkeypatch.setitem(STUDIES, "sweep", replace(right, task=replace(right.task, compute=compute)))
    question = PAGES["sweep"] + "?times=07:00,12:00,18:30"
    assert "The answer appears here by itself" in read(question, status=202).text
    looked_at.set()
    monkeypatch.setattr("simulator.web.pages.study_view.PATIENCE_S", None)
    assert read(question).status.startswith("feeder_00 hosts ")


@pytest.mark.usefixtures("empty_cache")
def test_guidance_goes_without_measures_where_they_would_take_long(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What helps over the day is 31,200 flows: 1.6 s at 0.05 ms each, 3.1 s at 0.1 ms."""
    asked = {"feeder_id": "feeder_05", "pv_adoption": 0.9, "battery_adoption": 0.0, "step": 48}
    computed: list[int] = []

    def counted(*given: Any) -> Any:
        computed.append(1)
        return lower_taps(*given)

    monkeypatch.setattr("simulator.studies.measures.measures.lower_taps", counted)
    for flow_s, times in ((1e-4, 0), (5e-5, 1)):
        monkeypatch.setattr("simulator.web.work.executor.flow_s", lambda *_, flow_s=flow_s: flow_s)
        assert client.post("/api/simulate", asked, "application/json").status_code == 200
        assert len(computed) == times


def test_a_network_of_a_list_that_costs_too_much_is_named_and_the_others_are_listed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day is 288 flows: at 50 ms each it is 14.4 s; all the others together may take longer."""
    monkeypatch.setattr(
        "simulator.web.work.executor.flow_s",
        lambda feeder, _: 5e-2 if feeder.feeder_id == "feeder_03" else 5e-3,
    )
    rows: Any = read_json(client.get("/feeders.json"))
    (refused,) = [row for row in rows if "error" in row]
    assert refused["feeder_id"] == "feeder_03"
    assert "10 s are computed for people who have not signed in" in refused["error"]
