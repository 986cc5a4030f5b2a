"""The real server under clients that are slow, many, rude or gone, and at its end."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HALF_HEADER = b"GET / HTTP/1.1\r\nHost: loc"
HALF_BODY = b"POST /api/simulate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
Content-Length: 100\r\n\r\n{"
HALF_FORM = HALF_BODY.replace(b"/api/simulate", b"/login/").replace(b"json", b"x-www-form-urlencoded")

# The site's place is taken by one that answers /slow after a second; limits are short, so that tests are.
STAND_IN = """
import os, sys, time, types
os.environ["DJANGO_SETTINGS_MODULE"] = "lvtwin_site.settings"
def application(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        print("begun", flush=True)
        time.sleep(1)
    refused = environ.get("lvtwin.refused")
    size = {"/big": 40_000_000, "/page": 8_000_000}.get(environ["PATH_INFO"], 4)
    start_response(f"{refused.status} Refused" if refused else "200 OK", [("Content-Length", str(size))])
    return [b"done" * (size // 4)]
sys.modules["lvtwin_site.wsgi"] = types.SimpleNamespace(application=application)
from lvtwin_site import connections, server
connections.HEADERS_S, connections.BODY_S, connections.ANSWER_S, connections.MAX_CONNECTIONS = 1, 2, 1, 30
connections.FINISH_S = float(sys.argv.pop())
server.main()
"""


@contextmanager
def running(*command: str, **env: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a server on a free port, with a database that is empty."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    server = subprocess.Popen(
        [sys.executable, *(word.replace("PORT", str(port)) for word in command)], cwd=ROOT,
        env=kept | env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with server:
        try:
            _await(server, port)
            yield server, port
        finally:
            server.kill()


def _await(server: subprocess.Popen[str], port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and server.poll() is None:
        try:
            ask(port, "/healthz")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the server did not start")


def stand_in(finish_s: float = 10) -> tuple[str, ...]:
    return ("-c", STAND_IN, "--port", "PORT", str(finish_s))


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    """Return the status and the text of an answer that comes within five seconds."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def begin(port: int, data: bytes) -> socket.socket:
    """Send the beginning of a request."""
    client = socket.create_connection(("127.0.0.1", port), timeout=5)
    client.sendall(data)
    return client


def answer_to(client: socket.socket) -> tuple[int, str]:
    """Read an answer from a socket."""
    with closing(HTTPResponse(client)) as answer:
        answer.begin()
        return answer.status, answer.read().decode()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The site itself."""
    file = tmp_path_factory.mktemp("site") / "empty.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE django_migrations (name)")  # what the health check reads
    url = f"sqlite:///{file}"
    with running("-m", "lvtwin_site.server", "--port", "PORT", DATABASE_URL=url) as (_, port):
        yield port


@pytest.mark.parametrize("half", [HALF_HEADER, HALF_BODY, HALF_FORM])
def test_forty_half_requests_keep_nobody_waiting(site: int, half: bytes) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(begin(site, half)) for _ in range(40)]
        for client in clients[:8]:
            client.sendall(b" ")
        for path in ("/healthz", "/static/css/site.css", "/help/"):
            assert ask(site, path)[0] == 200


def test_a_body_that_comes_in_pieces_is_answered_when_it_is_whole(site: int) -> None:
    with begin(site, HALF_BODY) as client:
        for _ in range(9):
            client.sendall(b" " * 11)
            time.sleep(0.01)
        status, body = answer_to(client)
    assert (status, body[:24]) == (400, '{"error": {"status": 400')


@pytest.mark.parametrize("path", ["/help/", "/healthz", "/no-such-page", "/api/feeders"])
def test_head_is_answered_without_a_body_that_would_be_taken_for_the_next_answer(
    site: int, path: str
) -> None:
    asked = f"HEAD {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with begin(site, asked.encode()) as client, client.makefile("rb") as answer:
        headers, _, body = answer.read().partition(b"\r\n\r\n")
    assert body == b""
    assert b"Content-Length: " in headers
    assert b"Content-Length: 0" not in headers


@pytest.mark.parametrize(
    ("request_bytes", "status", "says"),
    [
        (b"GET /help/?q=" + b"a" * 8_001 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414, "too long"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + b"a" * 70_000 + b"\r\n\r\n", 431, "headers"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ten\r\n\r\n", 400, "cannot be read"),
        (b"POST /import/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6000000\r\n\r\n", 413, "6,000,000"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 501, "coded"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_a_page_of_the_site(
    site: int, request_bytes: bytes, status: int, says: str
) -> None:
    with begin(site, request_bytes) as client:
        told, page = answer_to(client)
    assert told == status
    assert says in page
    assert "<title>" in page
    assert 'href="/"' in page


def test_an_address_that_is_too_long_for_the_api_is_refused_in_its_shape(site: int) -> None:
    status, body = ask(site, "/api/feeders?q=" + "a" * 8_001)
    assert status == 414
    assert body.startswith('{"error": {"status": 414')


def test_requests_that_do_not_come_are_ended() -> None:
    with (
        running(*stand_in()) as (_, port),
        begin(port, HALF_HEADER) as header,
        begin(port, HALF_BODY) as body,
    ):
        began = time.monotonic()
        while time.monotonic() - began < 1.5:
            body.sendall(b" ")  # a byte now and then is no progress
            time.sleep(0.1)
        assert header.recv(1) == b""
        assert answer_to(body)[0] == 408


def test_an_answer_that_is_not_read_is_ended() -> None:
    with running(*stand_in()) as (_, port):
        taken = [_taken_after(port, 5)]
        if taken[0] >= 40_000_000:  # a busy machine may look at its connections late
            taken.append(_taken_after(port, 15))
        assert min(taken) < 40_000_000


def _taken_after(port: int, seconds: float) -> int:
    """Return how many bytes of a large answer there are for a client that begins to read it late."""
    taken = 0
    with begin(port, b"GET /big HTTP/1.1\r\nHost: h\r\n\r\n") as client:
        time.sleep(seconds)
        with suppress(ConnectionResetError):
            while some := client.recv(1_000_000):
                taken += len(some)
    return taken


def test_beyond_the_most_connections_new_ones_take_the_place_of_those_that_wait() -> None:
    with running(*stand_in()) as (_, port), ExitStack() as stack:
        oldest, *others = (stack.enter_context(begin(port, HALF_BODY)) for _ in range(60))
        assert ask(port, "/")[0] == 200
        assert oldest.recv(1) == b""
        others[-1].sendall(b" " * 99)
        assert answer_to(others[-1]) == (200, "done")


def test_clients_that_do_not_read_their_answers_keep_nobody_out() -> None:
    with running(*stand_in()) as (_, port), ExitStack() as stack:
        for _ in range(35):
            stack.enter_context(begin(port, b"GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        time.sleep(0.4)
        assert ask(port, "/")[0] == 200


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_finishes_what_runs_and_takes_nothing_new(how: signal.Signals) -> None:
    with running(*stand_in()) as (server, port), begin(port, HALF_BODY):
        assert server.stdout
        with begin(port, b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n") as client:
            server.stdout.readline()
            server.send_signal(how)
            time.sleep(0.5)
            with pytest.raises(ConnectionRefusedError):
                begin(port, b"")
            assert answer_to(client) == (200, "done")
        assert server.wait(5) == 0


def test_what_does_not_finish_is_cut_off_and_told() -> None:
    with running(*stand_in(0.1)) as (server, port):
        assert server.stdout
        assert server.stderr
        with begin(port, b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n") as client:
            server.stdout.readline()
            server.terminate()
            assert server.wait(5) == 0
            assert client.recv(1) == b""
        assert "stopped with 1 requests unanswered" in server.stderr.read()


def test_a_port_that_is_in_use_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "lvtwin_site.server", "--port", port]
        result = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith(f"server: port {port} on 127.0.0.1 is in use")
