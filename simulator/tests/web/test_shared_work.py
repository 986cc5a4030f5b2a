"""Long work done once for all processes that share a cache: two sets of pool stand for two processes."""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from simulator.powerflow.watch import tell_watch
from simulator.web.work.answer_cache import Claim
from simulator.web.work.askers import Asker
from simulator.web.work.job import ABANDONED_S, Job
from simulator.web.work.pool import Pool
from simulator.web.work.shared_work import do_once
from simulator.web.work.turns import Turn

Compute = Callable[[Callable[[float], None]], Any]


class Process:
    """Counts what it computes; its work goes on until the test ends it."""

    def __init__(self, name: str, done: threading.Event) -> None:
        self.name, self.done, self.count = name, done, 0
        self.pool = Pool(Turn(), workers=1)
        self.begun = threading.Event()

    def compute(self, job: Job) -> str:
        self.count += 1
        job.report(0.42)
        self.begun.set()
        while not self.done.wait(0.01):
            tell_watch(1)
        return f"by {self.name}"

    def ask(self) -> Job:
        return self.pool.start(
            "key", lambda job: do_once("key", job, partial(self.compute, job)), Asker("ann")
        )


@pytest.fixture
def done() -> Iterator[threading.Event]:
    done = threading.Event()
    yield done
    done.set()


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch, empty_cache: None, done: threading.Event) -> tuple[Process, Process]:
    monkeypatch.setattr("simulator.web.work.shared_work.is_shared", lambda: True)
    monkeypatch.setattr("simulator.web.work.shared_work.LOOK_S", 0.02)
    monkeypatch.setattr("simulator.web.work.job.TEND_S", 0.05)
    return Process("one", done), Process("two", done)


def _until(true: Callable[[], Any]) -> None:
    for _ in range(1000):
        if true():
            return
        time.sleep(0.005)
    raise AssertionError("it never came")


def test_a_question_that_another_process_computes_is_waited_for_and_its_share_told(
    two: tuple[Process, Process], done: threading.Event
) -> None:
    first, second = two
    mine = first.ask()
    assert first.begun.wait(5)
    theirs = second.ask()
    _until(lambda: theirs.percent == 42)
    done.set()
    assert mine.future.result(5) == theirs.future.result(5) == "by one"
    assert (first.count, second.count) == (1, 0)
    assert Claim("key").share() is None


def test_work_goes_on_as_long_as_somebody_waits_in_another_process(
    two: tuple[Process, Process], done: threading.Event
) -> None:
    first, second = two
    mine = first.ask()
    assert first.begun.wait(5)
    theirs = second.ask()
    _until(lambda: Claim("key").is_wanted())
    mine.asked -= ABANDONED_S + 1
    time.sleep(0.2)
    assert not mine.future.done()
    done.set()
    assert theirs.future.result(5) == "by one"


def test_a_claim_of_a_process_that_is_gone_lapses_and_another_does_the_work(
    two: tuple[Process, Process], done: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.web.work.answer_cache.CLAIM_S", 0.2)
    assert Claim("key").take()
    done.set()
    assert two[1].ask().future.result(5) == "by two"


def test_no_process_ends_the_claim_of_another() -> None:
    first, second = Claim("k"), Claim("k")
    assert first.take()
    second.release()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()
