"""The turn to compute: who waits for it, who is told to come again, and what is done aside."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.test import Client

from simulator.tests.web.conftest import read_json
from simulator.tests.web.html import Document
from simulator.web.work.executor import EXECUTOR
from simulator.web.work.turns import OverloadedError, Turn


@contextmanager
def held(turn: Turn) -> Iterator[threading.Event]:
    """Have the turn in another thread until the block ends, or the event is set."""
    begun, end = threading.Event(), threading.Event()

    def hold() -> None:
        with turn.taken():
            begun.set()
            assert end.wait(20)

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        assert begun.wait(5)
        try:
            yield end
        finally:
            end.set()
    holding.result()


def test_who_comes_first_is_served_first() -> None:
    turn, served = Turn(), []

    def ask(number: int) -> None:
        with turn.taken():
            served.append(number)

    with ThreadPoolExecutor(5) as pool, held(turn):
        for number in range(5):
            pool.submit(ask, number)
            time.sleep(0.02)
    assert served == [0, 1, 2, 3, 4]


def test_who_would_wait_too_long_is_told_so_in_time() -> None:
    turn = Turn(patience_s=0.1)
    with held(turn), pytest.raises(OverloadedError) as refused, turn.taken():
        pass
    assert refused.value.seconds >= 1
    with turn.taken():  # nobody in line is forgotten, and who gave up is not waited for
        pass


def test_a_line_that_is_full_refuses_at_once() -> None:
    turn = Turn(patience_s=30, most_inside=2)

    def ask() -> None:
        with turn.taken():
            pass

    with ThreadPoolExecutor(1) as pool, held(turn):
        waiting = pool.submit(ask)
        time.sleep(0.05)
        with pytest.raises(OverloadedError), turn.taken():
            pass
    waiting.result(5)


def test_what_is_waited_for_aside_keeps_nobody_waiting_and_goes_on_first() -> None:
    turn, order, back = Turn(), [], threading.Event()

    def hash_a_password() -> None:
        with turn.taken():
            with turn.aside():
                assert back.wait(5)
            order.append("back")

    def ask() -> None:
        with turn.taken():
            order.append("behind")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(hash_a_password)
        time.sleep(0.02)
        with held(turn):  # the turn is free while the first waits aside
            second = pool.submit(ask)
            time.sleep(0.05)
            back.set()
            time.sleep(0.05)
        first.result(5)
        second.result(5)
    assert order == ["back", "behind"]
    with turn.aside(), ExitStack() as stack:  # without the turn it does nothing
        stack.enter_context(turn.taken())


@pytest.mark.parametrize("path", ["/help/", "/api/feeders"])
def test_an_overloaded_site_says_so_in_its_own_words_and_recovers(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(EXECUTOR.turn, "patience_s", 0.01)
    with held(EXECUTOR.turn):
        refused = client.get(path)
        fragment = client.get(path, headers={"HX-Request": "true"}).content.decode()
        assert client.get("/healthz").status_code == 200
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "1")
    assert refused.headers["X-Frame-Options"] == "DENY"
    if path.startswith("/api/"):
        body = read_json(refused)
        assert isinstance(body, dict)
        assert body["error"]["status"] == 503
        assert "ask again" in body["error"]["message"]
    else:
        page = Document(refused.content.decode())
        assert "more to compute than it can now; ask again in 1 s." in page.text
        assert page.links["All feeders"] == "/"
        assert not Document(fragment).is_whole
        assert "ask again" in Document(fragment).alerts
    assert client.get(path).status_code == 200


def test_nothing_is_computed_for_a_client_that_has_hung_up(client: Client) -> None:
    environ: Any = client.defaults
    for gone, status in ((True, 204), (False, 200)):
        environ["waitress.client_disconnected"] = lambda gone=gone: gone
        assert client.get("/help/").status_code == status
