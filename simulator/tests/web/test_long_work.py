"""Work that takes long: a page that shows how far it is, and nobody else who has to wait for it."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from simulator.grid.errors import QuestionError
from simulator.studies.monte_carlo.answer import MonteCarlo
from simulator.studies.monte_carlo.monte_carlo import monte_carlo
from simulator.studies.monte_carlo.question import MonteCarloQuestion
from simulator.studies.task import Asking
from simulator.tests.web.addresses import FILES, PAGES
from simulator.tests.web.conftest import Fetch, read_json
from simulator.web.pages.studies import STUDIES
from simulator.web.pages.study import Study
from simulator.web.site.middleware import take_turns
from simulator.web.work.executor import EXECUTOR
from simulator.web.work.job import ABANDONED_S, AbandonedError, Job
from simulator.web.work.pool import MAX_WAITING, BusyError, Pool, UnfinishedError
from simulator.web.work.turns import Turn

HTMX = {"HX-Request": "true", "HX-Target": "results"}
PAGE = f"{PAGES['monte-carlo']}?placements=3"
FILE = f"{FILES['monte-carlo']}.json?placements=3"

Progress = Callable[[float], None]


class Gate:
    """Work that reports a share and then waits until the test lets it go on."""

    def __init__(self) -> None:
        self.begun, self.open = threading.Event(), threading.Event()
        self.count = 0

    def work(self, progress: Progress) -> str:
        self.count += 1
        progress(0.42)
        self.begun.set()
        assert self.open.wait(20)
        progress(1.0)
        return "answer"

    def job(self, job: Job) -> str:
        return self.work(job.report)


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.open.set()


@pytest.fixture
def gated_study(gate: Gate, monkeypatch: pytest.MonkeyPatch, empty_cache: None) -> Gate:
    """The study of chance, held up by the gate; pages wait a twentieth of a second."""

    def compute(question: MonteCarloQuestion, asking: Asking) -> MonteCarlo:
        gate.work(asking.report)
        return monte_carlo(question)

    monkeypatch.setitem(STUDIES, "monte-carlo", _with(compute))
    monkeypatch.setattr("simulator.web.pages.study_view.PATIENCE_S", 0.05)
    return gate


def _with(compute: Callable[..., Any]) -> Study[Any, Any]:
    study = STUDIES["monte-carlo"]
    return replace(study, task=replace(study.task, compute=compute))


def test_a_page_whose_answer_takes_long_shows_how_far_it_is_and_then_the_answer(
    read: Fetch, gated_study: Gate
) -> None:
    read(PAGE, status=202)
    assert gated_study.begun.wait(5)
    document = read(PAGE, status=202)
    (bar,) = document.tree.iter("progress")
    assert (bar.attrib["value"], bar.attrib["max"]) == ("0.420", "1")
    assert "42 % done" in document.text
    fragment = read(PAGE, status=202, **HTMX)
    (polling,) = [e for e in fragment.tree.iter() if "hx-trigger" in e.attrib]
    assert polling.attrib["hx-get"].startswith(PAGES["monte-carlo"])
    assert not fragment.is_whole
    gated_study.open.set()
    answered = _until_done(read)
    assert answered.status.startswith("feeder_00 hosts ")
    assert gated_study.count == 1


def _until_done(read: Fetch) -> Any:
    for _ in range(100):
        try:
            return read(PAGE)
        except AssertionError:
            time.sleep(0.05)
    raise AssertionError("the answer never came")


def test_files_and_the_api_wait_for_the_answer(client: Client, gated_study: Gate) -> None:
    threading.Timer(0.3, gated_study.open.set).start()
    data: Any = read_json(client.get(FILE))
    body = {"feeder_id": "feeder_00", "placements": 3}
    assert read_json(client.post("/api/monte-carlo", body, "application/json")) == data
    assert len(data["hosting_capacity_kwp"]) == 3
    assert gated_study.count == 1


def test_what_a_study_refuses_while_it_works_is_an_error_of_its_field(
    client: Client, read: Fetch, monkeypatch: pytest.MonkeyPatch, empty_cache: None
) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise QuestionError("placements", "Placements: not today.")

    monkeypatch.setitem(STUDIES, "monte-carlo", _with(refuse))
    assert "Placements: not today." in read(PAGE, status=422).alerts
    body: Any = read_json(client.get(FILE))
    assert body["error"]["fields"] == [{"field": "placements", "message": "Placements: not today."}]


def test_too_many_that_wait_are_asked_to_come_again(
    client: Client, gated_study: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.web.work.pool.MAX_OF_ONE", 0)
    answer = client.get(FILE)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
    posted = client.post("/api/monte-carlo", {"feeder_id": "feeder_00", "placements": 3}, "application/json")
    assert (posted.status_code, posted.headers["Retry-After"]) == (429, "2")
    assert client.get(PAGES["run"]).status_code == 200


def test_equal_questions_share_the_work_and_different_ones_do_not(gate: Gate) -> None:
    jobs = Pool(Turn())
    one, same = jobs.start("a", gate.job), jobs.start("a", gate.job)
    assert one is same
    assert jobs.start("b", gate.job) is not one
    gate.open.set()
    assert jobs.wait(one, None) == "answer"


def test_waiting_ends_with_the_patience_and_the_work_goes_on(gate: Gate) -> None:
    jobs = Pool(Turn())
    job = jobs.start("a", gate.job)
    with pytest.raises(UnfinishedError) as unfinished:
        jobs.wait(job, 0.01)
    assert unfinished.value.job is job
    gate.open.set()
    assert jobs.wait(job, None) == "answer"


def test_work_that_nobody_asks_for_any_more_stops_and_no_other(gate: Gate) -> None:
    jobs = Pool(Turn())
    left, wanted = jobs.start("left", gate.job), jobs.start("wanted", gate.job)
    assert gate.begun.wait(5)
    time.sleep(0.05)
    left.asked -= ABANDONED_S + 1
    gate.open.set()
    with pytest.raises(AbandonedError):
        left.future.result(5)
    assert wanted.future.result(5) == "answer"
    assert jobs.start("left", gate.job) is not left


def test_only_so_many_wait_to_the_end(gate: Gate) -> None:
    jobs = Pool(Turn())
    job = jobs.start("a", gate.job)
    with ThreadPoolExecutor(MAX_WAITING) as pool:
        waiting = [pool.submit(jobs.wait, job, None) for _ in range(MAX_WAITING)]
        while job.waiting < MAX_WAITING:
            time.sleep(0.005)
        with pytest.raises(BusyError):
            jobs.wait(job, None)
        gate.open.set()
        assert [each.result(5) for each in waiting] == ["answer"] * MAX_WAITING


def test_others_are_answered_while_one_waits_for_work_done_elsewhere(gate: Gate) -> None:
    jobs = Pool(EXECUTOR.turn)

    def respond(request: HttpRequest) -> HttpResponse:
        if request.path == "/waits/":
            return HttpResponse(jobs.wait(jobs.start("a", gate.job), None))
        return HttpResponse(request.path)

    turns = take_turns(respond)
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(turns, _request("/waits/"))
        assert gate.begun.wait(5)
        assert turns(_request("/feeders/x/")).content == b"/feeders/x/"
        gate.open.set()
        assert held.result(5).content == b"answer"


def test_short_answers_are_given_in_turn(gate: Gate) -> None:
    def respond(request: HttpRequest) -> HttpResponse:
        if request.path == "/first/":
            gate.work(lambda _: None)
        return HttpResponse()

    turns = take_turns(respond)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(turns, _request("/first/"))
        assert gate.begun.wait(5)
        second = pool.submit(turns, _request("/feeders/x/monte-carlo-like/"))
        time.sleep(0.1)
        assert not second.done()
        gate.open.set()
        assert first.result(5).status_code == second.result(5).status_code == 200


def _request(path: str) -> HttpRequest:
    request = HttpRequest()
    request.path = path
    return request
