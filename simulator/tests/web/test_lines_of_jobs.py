"""Lines of long work: fair by who asks, bounded, left when nobody waits, ended when it costs far too much."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from simulator.powerflow.watch import tell_watch
from simulator.studies.sizes import Size
from simulator.web.work.askers import Asker
from simulator.web.work.cost import Cost
from simulator.web.work.job import ABANDONED_S, QUIET_S, AbandonedError, Job, TooSlowError
from simulator.web.work.pool import HEAVY_S, MAX_IN_LINE, MAX_OF_ONE, BusyError, Pool
from simulator.web.work.turns import Turn

ANN, BEN, CAT = (Asker(name, 10.0) for name in ("ann", "ben", "cat"))


class Bench:
    """Work that notes when it begins, and goes on when the test lets it."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.done = threading.Event()

    def work(self, name: str, *, at_once: bool = False) -> Callable[[Job], str]:
        def compute(job: Job) -> str:
            self.begun.append(name)
            assert at_once or self.done.wait(20)
            return name

        return compute


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.done.set()


def _until(true: Callable[[], Any]) -> None:
    for _ in range(1000):
        if true():
            return
        time.sleep(0.005)
    raise AssertionError("it never came")


def _costing(seconds: float) -> Cost:
    return Cost(Size(100, "100 states"), 30, seconds)


def test_lines_take_turns_however_much_one_has_asked_for(bench: Bench) -> None:
    pool = Pool(Turn(), workers=1)
    pool.start("first", bench.work("first"), CAT)
    _until(lambda: bench.begun)
    waiting = [("a1", ANN), ("a2", ANN), ("a3", ANN), ("b1", BEN)]
    started = [pool.start(key, bench.work(key, at_once=True), asker) for key, asker in waiting]
    bench.done.set()
    assert [job.future.result(5) for job in started] == ["a1", "a2", "a3", "b1"]
    assert bench.begun == ["first", "a1", "b1", "a2", "a3"]


def test_one_asker_has_one_worker_and_the_next_has_the_other(bench: Bench) -> None:
    pool = Pool(Turn(), workers=2)
    for key in ("a1", "a2"):
        pool.start(key, bench.work(key), ANN)
    _until(lambda: bench.begun)
    assert pool.start("b1", bench.work("b1", at_once=True), BEN).future.result(5) == "b1"
    assert bench.begun == ["a1", "b1"]
    bench.done.set()
    _until(lambda: len(bench.begun) == 3)


def test_a_page_that_was_left_does_not_hold_back_what_its_person_asks_next(bench: Bench) -> None:
    pool = Pool(Turn(), workers=2)
    left = pool.start("left", bench.work("left"), ANN)
    after = pool.start("next", bench.work("next", at_once=True), ANN)
    _until(lambda: bench.begun)
    pool.start("next", bench.work("next"), ANN)  # the page asks again, and waits in line
    assert bench.begun == ["left"]
    left.asked -= QUIET_S
    pool.start("next", bench.work("next"), ANN)
    assert after.future.result(5) == "next"


def test_a_page_s_question_in_line_gives_way_to_the_one_that_its_person_asks_next(bench: Bench) -> None:
    pool = Pool(Turn(), workers=1)
    asked = [pool.start(f"a{number}", bench.work("a"), ANN) for number in range(MAX_OF_ONE)]
    _until(lambda: bench.begun)
    latest = pool.start("latest", bench.work("latest", at_once=True), ANN)
    with pytest.raises(AbandonedError):
        asked[1].future.result(1)
    bench.done.set()
    assert latest.future.result(5) == "latest"
    assert asked[2].future.result(5) == "a"


def test_heavy_work_leaves_a_worker_to_light_work(bench: Bench) -> None:
    pool, heavy = Pool(Turn(), workers=2), _costing(HEAVY_S + 1)
    pool.start("heavy", bench.work("heavy"), ANN, heavy)
    _until(lambda: bench.begun)
    later = pool.start("heavy too", bench.work("heavy too"), BEN, heavy)
    light = pool.start("light", bench.work("light", at_once=True), CAT, _costing(1))
    assert light.future.result(5) == "light"
    assert bench.begun == ["heavy", "light"]
    bench.done.set()
    assert later.future.result(5) == "heavy too"


def test_a_line_has_an_end_and_says_when_to_ask_again(bench: Bench) -> None:
    pool = Pool(Turn(), workers=1)
    for number in range(MAX_OF_ONE):
        pool.start(f"a{number}", bench.work("a"), ANN, _costing(9)).waiting = 1  # a request waits for each
    _until(lambda: bench.begun)
    with pytest.raises(BusyError, match=f"{MAX_OF_ONE} long studies of yours") as busy:
        pool.start("one more", bench.work("a"), ANN, _costing(9))
    assert busy.value.seconds == 27
    pool.start("b", bench.work("b"), BEN)
    assert pool.start("a0", bench.work("a"), ANN) is pool.find("a0")
    for number in range(MAX_IN_LINE - MAX_OF_ONE):
        pool.start(f"c{number}", bench.work("c"), Asker(f"c{number}"))
    with pytest.raises(BusyError, match=f"{MAX_IN_LINE} long studies wait") as full:
        pool.start("nobody's", bench.work("d"), Asker("dan"))
    assert full.value.seconds <= 60


def test_what_nobody_waits_for_any_more_is_never_begun_and_frees_its_place(bench: Bench) -> None:
    pool = Pool(Turn(), workers=1)
    pool.start("first", bench.work("first"), CAT)
    _until(lambda: bench.begun)
    left = [pool.start(f"a{number}", bench.work("a"), ANN) for number in range(MAX_OF_ONE)]
    for job in left:
        job.asked -= ABANDONED_S + 1
    again = pool.start("again", bench.work("again"), ANN)
    assert [type(job.future.exception(5)) for job in left] == [AbandonedError] * MAX_OF_ONE
    bench.done.set()
    assert again.future.result(5) == "again"
    assert bench.begun == ["first", "again"]


def test_abandoned_work_stops_at_the_next_power_flows_within_a_block() -> None:
    solved: list[int] = []

    def block(job: Job) -> None:
        for number in range(1000):
            if number == 3:
                job.asked -= ABANDONED_S + 1
            tell_watch(50)
            solved.append(number)

    job = Pool(Turn()).start("left", block, ANN, _costing(5))
    assert isinstance(job.future.exception(5), AbandonedError)
    assert solved == [0, 1, 2]


def test_a_request_whose_client_has_hung_up_stops_waiting_and_so_does_its_work() -> None:
    gone, stopped = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        try:
            while True:
                tell_watch(1)
                time.sleep(0.01)
        finally:
            stopped.set()

    pool = Pool(Turn())
    asker = Asker("ann", 10.0, gone=gone.is_set)
    job = pool.start("a", work, asker)
    threading.Timer(0.1, gone.set).start()
    with pytest.raises(AbandonedError):
        pool.wait(job, None, asker)
    assert stopped.wait(ABANDONED_S - 1)


def test_the_share_done_moves_with_the_power_flows() -> None:
    shares: list[tuple[float, str]] = []

    def work(job: Job) -> None:
        for _ in range(4):
            tell_watch(25)
            shares.append((job.share, job.words))
        job.share = 0.0042
        shares.append((job.share, job.words))

    job = Job("b", work, ANN, _costing(1))
    assert job.words == "In line behind other long work"
    Pool(Turn()).start("a", work, ANN, _costing(1)).future.result(5)
    assert [share for share, _ in shares] == [0.25, 0.5, 0.75, 0.99, 0.0042]
    assert shares[0][1] == "Computing: 25 % done"
    assert shares[-1][1] == "Computing: 0.4 % done"


def test_work_that_costs_far_more_than_foreseen_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 1000, 5))
    monkeypatch.setattr("simulator.web.work.job.time.thread_time", lambda: next(clock))
    solved: list[int] = []

    def work(job: Job) -> None:
        for number in range(100):
            tell_watch(1)
            solved.append(number)

    job = Pool(Turn()).start("a", work, ANN, _costing(2))
    error = job.future.exception(5)
    assert isinstance(error, TooSlowError)
    assert "Stopped after 35 s of processor; 2 s were foreseen." in error.message
    assert len(solved) == 6  # 5 s each, and 30 s are three times what Ann may ask for
