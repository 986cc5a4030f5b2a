"""Errors in one shape for the API and for every JSON answer, and the pages of the site's errors."""

import sys
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from simulator.web.site.json import Json
from simulator.web.site.outages import Outage, find_outage
from simulator.web.work.turns import OverloadedError


def error_body(status: int, message: str, fields: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    """Return the one shape of errors: status, message, and what each field accepts."""
    named = [{"field": name, "message": text} for name, text in fields]
    return {"error": {"status": status, "message": message, "fields": named}}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: JSON where JSON was asked for, else a page that leads on."""
    message = str(exception) if exception.args and isinstance(exception.args[0], str) else "No such page."
    return _error(request, 404, message)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without a word of the inside; 503 in words where the database does not do its work."""
    if outage := find_outage(sys.exception()):
        return out_of_service(request, outage)
    return _error(request, 500, "The site failed on this request; its log says why.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return _error(request, 400, "The request cannot be read.")


def forbidden(request: HttpRequest, message: str) -> HttpResponse:
    """Answer 403: somebody else may do this."""
    return _error(request, 403, message)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without this site's token: Django's protection against other sites' forms."""
    message = (
        "This form was refused, because its token is missing or old. "
        "Go back, load the page anew and send it again; the site needs its cookie for that."
    )
    return _error(request, 403, message)


def refuse_page(request: HttpRequest, status: int, message: str) -> HttpResponse:
    """Answer with a page of the site that says why not."""
    return _error(request, status, message)


def overloaded(request: HttpRequest, error: OverloadedError) -> HttpResponse:
    """Answer 503: the site has too much to do, and says when to ask again."""
    response = _error(request, 503, str(error))
    response["Retry-After"] = f"{error.seconds:.0f}"
    return response


def out_of_service(request: HttpRequest, outage: Outage) -> HttpResponse:
    """Answer 503, by a page that asks the database for nothing: not who is signed in either."""
    headers = {"Retry-After": str(outage.retry_s), "Cache-Control": "no-store"}
    if _takes_json(request):
        return Json(error_body(503, outage.message), status=503, headers=headers)
    context = {"status": 503, "message": outage.message, "unknown_user": True}
    return HttpResponse(render_to_string("simulator/error.html", context), status=503, headers=headers)


def _takes_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or request.path.endswith(".json")


def _error(request: HttpRequest, status: int, message: str) -> HttpResponse:
    if _takes_json(request):
        return Json(error_body(status, message), status=status)
    # A moved slider asks for an answer alone: a whole page in its place would stand within the page.
    template = "_refused.html" if request.headers.get("HX-Request") else "error.html"
    context = {"status": status, "message": message}
    return render(request, f"simulator/{template}", context, status=status)
