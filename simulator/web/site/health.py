"""Health and metrics, for machines."""

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from simulator.web.site.json import Json
from simulator.web.site.outages import UNREACHABLE, find_outage
from simulator.web.work.answer_cache import read, trouble
from simulator.web.work.careful_cache import GONE
from simulator.web.work.metrics import prometheus_text
from simulator.web.work.pulse import Pulse


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the database answers, and say which part is ill; the site does without a cache."""
    parts = {"database": DATABASE.read(), "cache": CACHE.read()}
    status = "down" if parts["database"] != "ok" else "degraded" if parts["cache"] != "ok" else "ok"
    return Json({"status": status, **parts}, status=503 if status == "down" else 200)


def metrics(request: HttpRequest) -> HttpResponse:
    """Return latency and cache figures as Prometheus text."""
    return HttpResponse(prometheus_text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations")  # a bare SELECT 1 would not open the file
            cursor.fetchone()
    except Error as error:
        return (find_outage(error) or UNREACHABLE).message
    finally:
        connection.close()  # it is this thread's own
    return "ok"


def _cache() -> str:
    read("healthz")
    return trouble() or "ok"


DATABASE = Pulse(_database, "The database does not answer.")
CACHE = Pulse(_cache, GONE)
