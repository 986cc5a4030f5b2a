"""Health and metrics, for machines."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from simulator.web.json import Json
from simulator.web.metrics import prometheus_text


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Json({"status": "ok"})


def metrics(request: HttpRequest) -> HttpResponse:
    """Return latency and cache figures as Prometheus text."""
    return HttpResponse(prometheus_text(), content_type="text/plain; version=0.0.4; charset=utf-8")
