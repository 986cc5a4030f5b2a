"""A mixed load on a real server: requests come when they come, whether or not earlier ones are answered."""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from socket import socket

from questions import Question, mixed_question
from scratch_site import ROOT

HOST = "127.0.0.1"
CLIENTS = 64  # requests that may be open at once
START_S, ANSWER_S = 60, 30


@dataclass(frozen=True)
class Reply:
    """One answered request; ``milliseconds`` count from the moment it was due, waiting included."""

    kind: str
    status: int
    from_cache: bool
    milliseconds: float


@contextmanager
def served(directory: Path) -> Iterator[int]:
    """Serve the site as `up` does, on a free loopback port; stop it at the end.

    Raises: RuntimeError with the server's last words where it does not start.
    """
    from lvtwin_site.bootstrap.up import server_command

    with socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    log = directory / "server.log"
    command = [sys.executable, *server_command(HOST, port)[1:]]
    with log.open("wb") as file, subprocess.Popen(command, cwd=ROOT, stdout=file, stderr=file) as server:
        try:
            _await_health(server, port, log)
            yield port
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


def _await_health(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + START_S
    while server.poll() is None and time.monotonic() < end:
        if _send(port, Question("health", "/healthz"))[0] == 200:
            return
        time.sleep(0.2)
    raise RuntimeError(f"the server did not start: {log.read_text()[-500:]}")


def _send(port: int, question: Question) -> tuple[int, bool]:
    """Send a request on a connection of its own; return its status, 0 where none came, and a cache hit."""
    connection = HTTPConnection(HOST, port, timeout=ANSWER_S)
    try:
        method = "POST" if question.body else "GET"
        connection.request(method, question.path, question.body or None, question.headers)
        response = connection.getresponse()
        response.read()
    except (OSError, HTTPException):
        return 0, False
    else:
        return response.status, response.headers.get("X-LVTwin-Cache") == "hit"
    finally:
        connection.close()


def run_load(port: int, per_second: float, seconds: float) -> list[Reply]:
    """Send mixed requests at random moments, ``per_second`` on average, and return all replies."""
    random = Random(2)
    start, due = time.perf_counter(), 0.0

    def ask(question: Question, moment: float) -> Reply:
        answer = _send(port, question)
        return Reply(question.kind, *answer, (time.perf_counter() - start - moment) * 1000)

    with ThreadPoolExecutor(CLIENTS) as clients:
        replies = []
        while (due := due + random.expovariate(per_second)) < seconds:
            question = mixed_question(random)
            time.sleep(max(0.0, start + due - time.perf_counter()))
            replies.append(clients.submit(ask, question, due))
        return [reply.result() for reply in replies]
