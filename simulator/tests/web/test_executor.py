"""What computes: equal questions once, whoever asks; a task's needs in its own thread; nothing twice."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from simulator.grid.profiles import read_profiles
from simulator.grid.subject import Subject
from simulator.questions.question import Question
from simulator.studies.sizes import Size
from simulator.studies.task import ALONE, Asking, Task
from simulator.tests.feeders import all_feeders
from simulator.tests.web.addresses import PAGES
from simulator.web.pages.studies import IN_ORDER
from simulator.web.work.answers import Answers
from simulator.web.work.askers import Asker
from simulator.web.work.executor import EXECUTOR, Asked
from simulator.web.work.job import AbandonedError

pytestmark = pytest.mark.usefixtures("empty_cache")
QUESTION = Question(subject=Subject(all_feeders()["feeder_00"], read_profiles()))


class Part:
    """A task that others need: it counts, and ends when the test lets it."""

    def __init__(self) -> None:
        self.count = 0
        self.begun, self.open = threading.Event(), threading.Event()
        self.task: Task[Question, str] = Task("part", self.compute, None)

    def compute(self, question: Question, asking: Asking) -> str:
        self.count += 1
        self.begun.set()
        assert self.open.wait(20)
        return "part"


@pytest.fixture
def part() -> Iterator[Part]:
    part = Part()
    yield part
    part.open.set()


def _whole(part: Part, name: str = "whole", *, needs: bool = True, long: bool = False) -> Task[Question, str]:
    def compute(question: Question, asking: Asking) -> str:
        return f"{name} of {asking.ask(part.task, question)}"

    return Task(name, compute, _little, needs=(part.task,) if needs else (), long=long)


def _little(question: Question) -> Size:
    return Size(1, "one state")


def test_what_several_answers_need_is_computed_once_and_kept(part: Part) -> None:
    part.open.set()
    answers = Answers()
    assert answers.ask(_whole(part, "a"), QUESTION) == "a of part"
    assert answers.ask(_whole(part, "b"), QUESTION) == "b of part"
    assert not answers.from_cache
    assert Answers().ask(part.task, QUESTION) == "part"
    assert part.count == 1


def test_a_task_is_answered_by_those_alone_that_it_says_it_needs(part: Part) -> None:
    part.open.set()
    with pytest.raises(LookupError, match="whole asks for part, which it does not say"):
        Answers().ask(_whole(part, needs=False), QUESTION)


def test_long_work_that_needs_what_waits_in_line_takes_it_up_itself(part: Part) -> None:
    """All workers are at work on what needs the same part, which stands in line behind them."""
    long = replace(part.task, size=_little, long=True)
    part.task = long
    with ThreadPoolExecutor(4) as pool:
        asked = [
            pool.submit(Answers(Asker(name)).ask, _whole(part, name, long=True), QUESTION)
            for name in ("a", "b")
        ]
        assert part.begun.wait(5)
        asked.append(pool.submit(Answers(Asker("c")).ask, long, QUESTION))
        time.sleep(0.05)
        part.open.set()
        assert [each.result(5) for each in asked] == ["a of part", "b of part", "part"]
    assert part.count == 1


def test_who_waits_for_a_part_stops_when_nobody_waits_for_the_whole(part: Part) -> None:
    gone = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        held = pool.submit(EXECUTOR.at_once, Asked(part.task, QUESTION))
        assert part.begun.wait(5)
        asker = Asker("ann", gone=gone.is_set)
        whole = pool.submit(Answers(asker).ask, _whole(part, long=True), QUESTION)
        gone.set()
        with pytest.raises(AbandonedError):
            whole.result(5)
        part.open.set()
        assert held.result(5) == ("part", True)


def test_who_finds_the_answer_written_meanwhile_has_not_computed_it(part: Part) -> None:
    """A thread may look for the answer before it is written, and for the work under way after it is done."""
    part.open.set()
    asked = Asked(part.task, QUESTION)
    assert EXECUTOR.at_once(asked) == ("part", True)
    assert EXECUTOR.at_once(asked) == ("part", False)
    assert part.count == 1


def test_without_an_executor_a_task_computes_what_it_needs(part: Part) -> None:
    part.open.set()
    assert _whole(part).compute(QUESTION, ALONE) == "whole of part"


@pytest.mark.parametrize("page", ["run", "measures", "monte-carlo", "nodes", "standards", "day", "why"])
def test_no_request_solves_the_same_question_twice(
    client: Client, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a page needs: each task is asked to compute each of its questions once at most."""
    computed: Counter[tuple[str, str]] = Counter()
    compute: Any = EXECUTOR._compute

    def counted(asked: Asked[Any, Any], job: Any) -> Any:
        computed[asked.task.name, asked.key] += 1
        return compute(asked, job)

    monkeypatch.setattr(EXECUTOR, "_compute", counted)
    more = "&placements=5" if page == "monte-carlo" else ""
    place = PAGES[page].replace("feeder_00", "feeder_05")
    address = (
        f"{place}?pv_adoption=0.9{more}" if page != "run" else f"{place}guidance/?pv_adoption=0.9&time=12:00"
    )
    assert client.get(address).status_code in (200, 202)
    assert set(computed.values()) == {1}
    names = {name for name, _ in computed}
    (study,) = [each for each in IN_ORDER if each.name == page]
    assert names <= {study.task.name, *(need.name for need in study.task.needs)}
