"""The server that `up`, the container and the benchmarks run: `python -m lvtwin_site.server --port 8000`.

One process, so that there is one memory cache.
Data flow: connections -> whole requests -> threads -> the site.
"""

import argparse
import ctypes
import logging
import os
import signal
import sys
from contextlib import suppress
from socket import socket

from waitress.adjustments import Adjustments

from lvtwin_site.bootstrap import port
from lvtwin_site.bootstrap.address import listen
from lvtwin_site.bootstrap.steps import SetupError
from lvtwin_site.connections import MAX_CONNECTIONS, Server
from simulator.web.work.turns import MAX_INSIDE

SPARE_THREADS = 4  # for probes and files, which never wait for the turn
SWITCH_S = 0.001  # a thread that computes lets others look in this often; Python's own is 0.005
M_ARENA_MAX = -8  # of glibc's malloc.h
STOPS = (signal.SIGTERM, signal.SIGINT)
LONGEST_HEADERS = 65_536
logger = logging.getLogger("lvtwin_site.server")


def main() -> None:
    """Serve until told to stop by SIGTERM or Ctrl+C; leave with 0."""
    parser = argparse.ArgumentParser(prog="lvtwin_site.server", description="Serve the site.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port, default=8000)
    arguments = parser.parse_args()
    for number in STOPS:  # while the site loads, nothing runs that would have to be finished
        signal.signal(number, lambda *_: os._exit(0))
    try:
        server = make_server(listen(arguments.host, arguments.port))
    except SetupError as error:
        sys.exit(f"server: {error}")
    for number in STOPS:
        signal.signal(number, server.stop)
    if cut := server.run():
        logger.warning("stopped with %d requests unanswered", cut)
    # A study that nobody will read may still be running; its threads would be waited for.
    sys.stdout.flush()
    os._exit(0)


def make_server(listening: socket) -> Server:
    """Load the site and return its server on a bound socket."""
    share_memory()
    from lvtwin_site.wsgi import application

    sys.setswitchinterval(SWITCH_S)
    info = (listening.family, listening.type, listening.proto, listening.getsockname())
    limits = adjustments(listening)
    return Server(application, map={}, _sock=listening, adj=limits, bind_socket=False, sockinfo=info)


def share_memory() -> None:
    """Let all threads take memory from two arenas: of one each, what has been freed stays with the process.

    Measured: 380 MB instead of 537 MB after 330 mixed requests. Only glibc knows arenas.
    """
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)


def adjustments(listening: socket) -> Adjustments:
    """Return the server's limits."""
    from django.conf import settings

    return Adjustments(
        sockets=[listening],
        threads=MAX_INSIDE + SPARE_THREADS,
        connection_limit=MAX_CONNECTIONS + 100,
        cleanup_interval=1,
        channel_request_lookahead=1,  # reading on, it sees a client that hangs up
        max_request_header_size=LONGEST_HEADERS,
        max_request_body_size=settings.LVTWIN_UPLOAD_MAX_SIZE + 1,
        outbuf_overflow=262_144,  # beyond it an answer waits on disk, not in memory
        outbuf_high_watermark=100_000_000,  # no thread waits for a client that does not read
        ident=None,
        clear_untrusted_proxy_headers=False,  # the site knows when to believe them
    )


if __name__ == "__main__":
    main()
