"""The cache: an equal question is computed once and kept for 300 seconds."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.test import Client

from simulator.grid.profiles import read_profiles
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.models import FeederRecord
from simulator.questions.question import Question
from simulator.studies.task import Task
from simulator.tests.feeders import all_feeders, changed
from simulator.tests.web.addresses import FILES, PAGES, TAKES_ADOPTION
from simulator.tests.web.conftest import Fetch
from simulator.web.work.answers import Answers

pytestmark = pytest.mark.usefixtures("empty_cache")
RUN = PAGES["run"]
FEEDER = all_feeders()["feeder_00"]
SUBJECT = Subject(FEEDER, read_profiles())


def _ask(
    answers: Answers,
    compute: Callable[[], str],
    study: str = "study",
    subject: Subject = SUBJECT,
    pv: float = 0.3,
) -> str:
    task: Task[Question, str] = Task(study, lambda *_: compute(), None)
    return answers.ask(task, Question(subject=subject, adoption={"pv": pv}))


def _source(client: Client, address: str) -> str:
    return str(client.get(address).headers["X-LVTwin-Cache"])


@pytest.mark.parametrize("name", TAKES_ADOPTION)
def test_the_second_time_a_page_comes_from_the_cache_and_says_so(
    client: Client, read: Fetch, name: str
) -> None:
    assert _source(client, PAGES[name]) == "miss"
    again = client.get(PAGES[name])
    assert again.headers["X-LVTwin-Cache"] == "hit"
    assert float(again.headers["Server-Timing"].removeprefix("answer;dur=")) >= 0
    assert "nswered from cache in " in read(PAGES[name]).text


def test_the_first_time_a_page_says_that_it_was_computed_and_how_long_it_took(read: Fetch) -> None:
    foot = read(RUN).text.split("omputed in ")[1]
    assert foot.split()[1].startswith("ms")
    assert float(foot.split()[0]) > 0


def test_pages_files_and_the_api_share_their_answers(client: Client) -> None:
    assert _source(client, f"{RUN}guidance/?pv_adoption=0.30") == "miss"
    assert _source(client, f"{RUN}?pv_adoption=0.3") == "hit"
    assert _source(client, f"{FILES['run']}.csv?pv_adoption=.3") == "hit"
    assert _source(client, f"{FILES['network']}.json?time=12:00") == "hit"
    body = {"feeder_id": "feeder_00", "pv_adoption": 0.3, "battery_adoption": 0, "step": 48}
    answer = client.post("/api/simulate", body, content_type="application/json")
    assert answer.headers["X-LVTwin-Cache"] == "hit"
    sweep = {"feeder_id": "feeder_00", "steps": [74, 28, 48, 28]}
    assert (
        client.post("/api/sweep", sweep, content_type="application/json").headers["X-LVTwin-Cache"] == "miss"
    )
    assert _source(client, f"{PAGES['sweep']}?times=07:00,12:00,18:30") == "hit"


@pytest.mark.parametrize(
    "other", ["pv_adoption=0.31", "battery_adoption=0.01", "time=12:15", "limits=uk", "limits=vde_4105"]
)
def test_another_question_is_another_answer(client: Client, other: str) -> None:
    _source(client, RUN)
    assert _source(client, f"{RUN}?{other}") == "miss"
    assert _source(client, RUN) == "hit"


def test_another_feeder_is_another_answer(client: Client) -> None:
    _source(client, RUN)
    assert _source(client, "/feeders/feeder_01/") == "miss"


def test_a_changed_network_is_another_answer_and_a_changed_name_is_not(client: Client, read: Fetch) -> None:
    before = read(RUN).kpis["max_voltage"]
    FeederRecord.objects.filter(feeder_id="feeder_00").update(name="Elm Road")
    assert _source(client, RUN) == "hit"
    assert "Elm Road" in read(RUN).text
    network = FEEDER.model_dump(mode="json", by_alias=True)
    network["source"]["vm_pu"] += 0.01
    moved = Feeder.model_validate(network)
    FeederRecord.objects.filter(feeder_id="feeder_00").update(
        network=network, content_hash=moved.content_hash
    )
    assert _source(client, RUN) == "miss"
    assert read(RUN).kpis["max_voltage"] != before


def test_another_solver_is_another_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _source(client, RUN)
    monkeypatch.setattr("simulator.web.work.executor.SOLVER_VERSION", "another")
    assert _source(client, RUN) == "miss"


def test_answers_are_kept_for_300_seconds(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.CACHES["default"]["TIMEOUT"] == 300
    _source(client, RUN)
    now = time.time()
    monkeypatch.setattr("simulator.web.work.memory_cache.time.time", lambda: now + 299)
    assert _source(client, RUN) == "hit"
    monkeypatch.setattr("simulator.web.work.memory_cache.time.time", lambda: now + 301)
    assert _source(client, RUN) == "miss"


class _Counter:
    """A computation that takes a while and counts itself."""

    def __init__(self) -> None:
        self.count = 0
        self.lock = threading.Lock()

    def __call__(self) -> str:
        with self.lock:
            self.count += 1
        time.sleep(0.1)
        return "answer"


def test_equal_questions_that_arrive_together_are_computed_once() -> None:
    counter, barrier = _Counter(), threading.Barrier(8)

    def ask(_: int) -> tuple[str, bool]:
        barrier.wait()
        answers = Answers()
        return _ask(answers, counter), answers.from_cache

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(ask, range(8)))
    assert counter.count == 1
    assert [answer for answer, _ in results] == ["answer"] * 8
    assert sorted(hit for _, hit in results) == [False] + [True] * 7


def test_different_questions_that_arrive_together_are_each_computed() -> None:
    counter = _Counter()
    feeders = [FEEDER, changed(FEEDER), all_feeders()["feeder_01"]]
    others = [Subject(feeder, read_profiles()) for feeder in feeders]
    asked = [(study, feeder, pv) for study in ("a", "b") for feeder in others for pv in (0.1, 0.2)]
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda q: _ask(Answers(), counter, *q), asked))
    assert counter.count == 12


def test_a_computation_that_fails_is_not_kept_and_holds_nobody_up() -> None:
    def fail() -> str:
        raise ArithmeticError("planted")

    for _ in range(2):
        with pytest.raises(ArithmeticError):
            _ask(Answers(), fail)
    assert _ask(Answers(), lambda: "well") == "well"


def test_an_answer_of_several_is_from_the_cache_only_if_all_are() -> None:
    answers = Answers()
    _ask(answers, lambda: "first")
    again = Answers()
    _ask(again, lambda: "first")
    assert (answers.from_cache, again.from_cache) == (False, True)
    _ask(again, lambda: "second", pv=0.5)
    assert not again.from_cache
