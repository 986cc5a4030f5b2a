"""What every request passes through: its latency noted, what cannot be taken refused in words."""

import re
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from simulator.web.errors import error_body, overloaded, refuse_page
from simulator.web.json import Json
from simulator.web.metrics import METRICS
from simulator.web.turns import TURN, OverloadedError

OUT_OF_TURN = ("/healthz", "/metrics")
UNMEASURED = ("/static/", "/admin/", "/healthz", "/metrics", "/api/metrics")

_TAKES_A_FILE = re.compile(r"^/(import/|api/feeders|feeders/[^/]+/profiles/)$")

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


def take_turns(get_response: GetResponse) -> GetResponse:
    """Answer one request at a time, probes aside; who waits for a job or a PDF steps aside meanwhile.

    Where the turn does not come soon, answer 503 and say when to ask again.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.endswith(OUT_OF_TURN):
            return get_response(request)
        try:
            with TURN.taken():
                return get_response(request)
        except OverloadedError as error:
            return overloaded(request, error)

    return middleware


def refuse_large_bodies(get_response: GetResponse) -> GetResponse:
    """Answer 413 to a body beyond the limit, before anything reads it; files may be larger where taken."""

    def middleware(request: HttpRequest) -> HttpResponse:
        files = request.method == "POST" and _TAKES_A_FILE.match(request.path) is not None
        limit = settings.LVTWIN_UPLOAD_MAX_SIZE if files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not size.isdecimal() or int(size) <= limit:
            return get_response(request)
        message = f"The body has {int(size):,} bytes; at most {limit:,} are accepted."
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
