"""What every request passes through: its latency noted, what cannot be taken refused in words."""

import re
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from simulator.web.site.errors import error_body, overloaded, refuse_page
from simulator.web.site.json import Json
from simulator.web.site.refused import REFUSED, Refused, too_large
from simulator.web.work.executor import EXECUTOR
from simulator.web.work.metrics import METRICS
from simulator.web.work.turns import OverloadedError

OUT_OF_TURN = ("/healthz", "/metrics")
LONGEST_ADDRESS = 8_000  # what browsers and proxies take
UNMEASURED = ("/static/", "/admin/", "/healthz", "/metrics", "/api/metrics")

_TAKES_A_FILE = re.compile(r"^/(import/|api/feeders|api/profiles/[^/]+|feeders/[^/]+/profiles/)$")

GetResponse = Callable[[HttpRequest], HttpResponse]


def measure(get_response: GetResponse) -> GetResponse:
    """Note the latency of pages and API calls."""

    def middleware(request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = get_response(request)
        if not request.path.startswith(UNMEASURED):
            METRICS.request((time.perf_counter() - start) * 1000)
        return response

    return middleware


def answer_head(get_response: GetResponse) -> GetResponse:
    """Leave out the body where only the headers are asked for.

    The server sends what it is given, and who keeps the connection would take it for the next answer.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return middleware


def take_turns(get_response: GetResponse) -> GetResponse:
    """Answer one request at a time, probes aside; who waits for a job or a PDF steps aside meanwhile.

    Where the turn does not come soon, answer 503 and say when to ask again.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path in OUT_OF_TURN:
            return get_response(request)
        hung_up = request.META.get("waitress.client_disconnected", lambda: False)
        try:
            with EXECUTOR.turn.taken():
                return HttpResponse(status=204) if hung_up() else get_response(request)
        except OverloadedError as error:
            return overloaded(request, error)

    return middleware


def refuse_unreadable(get_response: GetResponse) -> GetResponse:
    """Answer what the server could not read, and addresses that are too long."""

    def middleware(request: HttpRequest) -> HttpResponse:
        refused = request.META.get(REFUSED)
        if refused is None and len(request.get_full_path()) > LONGEST_ADDRESS:
            refused = Refused(414)
        if refused is None:
            return get_response(request)
        return refuse_page(request, refused.status, refused.message)

    return middleware


def refuse_large_bodies(get_response: GetResponse) -> GetResponse:
    """Answer 413 to a body beyond the limit, before anything reads it; files may be larger where taken."""

    def middleware(request: HttpRequest) -> HttpResponse:
        files = request.method == "POST" and _TAKES_A_FILE.match(request.path) is not None
        limit = settings.LVTWIN_UPLOAD_MAX_SIZE if files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not size.isdecimal() or int(size) <= limit:
            return get_response(request)
        message = too_large(int(size), limit)
        if files and not request.path.startswith("/api/"):
            return refuse_page(request, 413, message)
        return Json(error_body(413, message), status=413)

    return middleware


def shape_refused_methods(get_response: GetResponse) -> GetResponse:
    """Give the API's 405, which Ninja answers in plain text, the one shape of errors."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or not request.path.startswith("/api/"):
            return response
        allowed = response.headers["Allow"]
        message = f"{request.method} is not taken here; {allowed} is."
        return Json(error_body(405, message), status=405, headers={"Allow": allowed})

    return middleware
