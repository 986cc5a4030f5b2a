"""What waitress leaves to its user: limits on how long a request may take to come and an answer to go, room
for new connections, refusals as pages of the site, and an orderly end.

Waitress reads in one thread, and gives a request to a thread that works only when it is whole.
"""

import time
from collections import Counter
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import WSGITask
from waitress.utilities import BadRequest
from waitress.wasyncore import dispatcher

from simulator.web.site.refused import REFUSED, Refused

HEADERS_S, BODY_S = 10, 60  # from a request's first byte to the last one of each
IDLE_S = 90  # without a request
ANSWER_S = 120  # to read an answer
FINISH_S = 10  # for what runs when the server is told to stop
LOOK_S = 0.2  # after a signal that did not wake the loop: another thread may have taken it
MAX_CONNECTIONS = 400  # beyond it each new one takes the place of one that waits


class Late(BadRequest):  # type: ignore[misc]
    """A body that did not come in time."""

    code, reason = 408, "Request Timeout"


class Refusal(WSGITask):  # type: ignore[misc]
    """Lets the site answer a request that could not be read."""

    def __init__(self, channel: HTTPChannel, request: Any) -> None:
        if not hasattr(request, "path"):
            request.headers = {}
            request.parse_header(b"GET / HTTP/1.0\r\n")
        super().__init__(channel, request)

    def execute(self) -> None:
        """Answer, then close the connection: what else it holds cannot be told apart."""
        self.set_close_on_finish()
        super().execute()

    def get_environment(self) -> dict[str, Any]:
        """Return what the site is asked, and why it must refuse."""
        error = self.request.error
        size = self.request.content_length if error.code == 413 else None
        return {**super().get_environment(), REFUSED: Refused(error.code, size)}


class Connection(HTTPChannel):  # type: ignore[misc]
    """A connection that knows since when it waits for its client.

    Units: seconds since the epoch.
    """

    error_task_class = Refusal
    request: Any = None  # what has come of the next one

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.began = self.drained = self.creation_time

    @property
    def is_busy(self) -> bool:
        """Whether a request is being answered, or its answer sent."""
        return bool(self.requests or self.total_outbufs_len)

    def received(self, data: bytes) -> bool:
        """Take bytes; note when a request began."""
        before = self.request
        taken = super().received(data)
        if self.request is not before:
            self.began = time.time()
        return bool(taken)

    def keep_time(self, now: float) -> None:
        """End what takes too long: an answer that is not read, a request that does not come."""
        if not self.total_outbufs_len:
            self.drained = now
        if now - self.drained > ANSWER_S:
            self.will_close = True
        if self.is_busy:
            return
        if self.request is None:
            self.will_close |= now - self.last_activity > IDLE_S
        elif not self.request.headers_finished:
            self.will_close |= now - self.began > HEADERS_S
        elif now - self.began > BODY_S:
            self._refuse(self.request)

    def _refuse(self, request: Any) -> None:
        with self.requests_lock:
            request.error, request.completed = Late(""), True
            self.requests.append(request)
            self.request = None
        self.server.add_task(self)


class Server(TcpWSGIServer):  # type: ignore[misc]
    """One that always takes one connection more, and that ends what it has begun."""

    channel_class = Connection
    stopped_at: float | None = None

    def handle_accept(self) -> None:
        """Take a connection; where there are too many, one that waits must go."""
        super().handle_accept()
        if len(self.active_channels) > MAX_CONNECTIONS:
            self._make_room()

    def _make_room(self) -> None:
        """Close the connection that has waited longest, of the address that has the most that wait.

        Those wait too whose clients do not read their answers: else these would keep all others out.
        """
        waiting = [each for each in self.active_channels.values() if not each.requests]
        if waiting:
            (address, _), *_ = Counter(each.addr[0] for each in waiting).most_common(1)
            min((each for each in waiting if each.addr[0] == address), key=_waits_since).handle_close()

    def maintenance(self, now: float) -> None:
        """Look at the time of each connection; waitress calls this every second."""
        for each in list(self.active_channels.values()):
            each.keep_time(now)

    def stop(self, *_: object) -> None:
        """End: take no request any more, finish those that run. A signal may call this."""
        self.stopped_at = self.stopped_at or time.monotonic()
        self.pull_trigger()

    def run(self) -> int:
        """Serve until told to stop; return how many requests were cut off then."""
        while self.stopped_at is None:
            self._turn_once()
        dispatcher.close(self)  # the listening socket alone
        while busy := self._finishing():
            if time.monotonic() - self.stopped_at > FINISH_S:
                break
            self._turn_once()
        return len(busy)

    def _turn_once(self) -> None:
        self.asyncore.loop(timeout=LOOK_S, use_poll=True, map=self._map, count=1)

    def _finishing(self) -> list[Connection]:
        """Close the connections that wait; return those that are being answered."""
        connections = list(self.active_channels.values())
        busy = [each for each in connections if each.is_busy]
        for each in connections:
            if each not in busy:
                each.handle_close()
        return busy


def _waits_since(connection: Connection) -> float:
    if connection.total_outbufs_len:
        return float(connection.drained)
    return connection.began if connection.request else float(connection.last_activity)
