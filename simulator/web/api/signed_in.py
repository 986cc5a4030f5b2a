"""Who may use the routes that store something: people of the site, by their session or by HTTP Basic."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from ninja.security import HttpBasicAuth, SessionAuth

from simulator.web.passwords import says_who


class ByPassword(HttpBasicAuth):
    """Name and password with each request, which the site's middleware has found right."""

    def authenticate(self, request: HttpRequest, username: str, password: str) -> AbstractBaseUser | None:
        """Return the user."""
        return request.user if says_who(request) and request.user.is_authenticated else None


class BySession(SessionAuth):
    """A browser's session, with the CSRF token that proves whose page it was."""

    def __call__(self, request: HttpRequest) -> Any | None:
        """Return the user; without a session there is nothing to forge."""
        return super().__call__(request) if request.user.is_authenticated else None


SIGNED_IN = [ByPassword(), BySession()]
