"""What depends on who asks is kept by nobody on the way, and by no browser for the next person at it."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

# Addresses that belong to somebody, whoever asks; all others do where the request says who.
_SOMEBODYS = re.compile(
    r"^/(account|admin|import|login|logout|mine|scenarios|shared|feeders/[^/]+/(delete|edit|profiles|[^/]+/save))\b"
)


def keep_private(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let no cache store a person's answers, nor mix up those of two."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        patch_vary_headers(response, ("Cookie", "Authorization"))
        if _says_who(request) or _SOMEBODYS.match(request.path):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def _says_who(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
