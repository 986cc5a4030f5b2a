"""What every request passes through: its latency noted, what cannot be taken refused in words."""

import re
import time
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from simulator.web.errors import error_body
from simulator.web.metrics import METRICS
from simulator.web.studies import STUDIES

OUT_OF_TURN = (".pdf", "/healthz", "/metrics")
_LONG = re.compile(
    rf"/({'|'.join(name for name, study in STUDIES.items() if study.long)})(/save)?(/|\.\w+)?$"
)
UNMEASURED = ("/static/", "/admin/", "/healthz", "/metrics", "/api/metrics")

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
    """Answer one request at a time; PDF, probes, and studies that wait for work of theirs aside.

    Python computes one at a time in any case: threads that take it from each other every few milliseconds
    make all requests late (p95 of a mixed load 0.7 s), requests in turn make few late (below 0.2 s).
    """
    turn = Lock()

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.endswith(OUT_OF_TURN) or _LONG.search(request.path):
            return get_response(request)
        with turn:
            return get_response(request)

    return middleware


def refuse_large_bodies(get_response: GetResponse) -> GetResponse:
    """Answer 413 to a body beyond the limit, before anything reads it."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    def middleware(request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if size.isdecimal() and int(size) > limit:
            message = f"The body has {int(size):,} bytes; at most {limit:,} are accepted."
            return JsonResponse(error_body(413, message), status=413)
        return get_response(request)

    return middleware


def shape_refused_methods(get_response: GetResponse) -> GetResponse:
    """Give the API's 405, which Ninja answers in plain text, the one shape of errors."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or not request.path.startswith("/api/"):
            return response
        allowed = response.headers["Allow"]
        message = f"{request.method} is not taken here; {allowed} is."
        return JsonResponse(error_body(405, message), status=405, headers={"Allow": allowed})

    return middleware
