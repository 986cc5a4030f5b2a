"""Who may use the routes that store something: people of the site, by their session or by a token."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from simulator.web.people.tokens import user_by_token


class ByToken(HttpBearer):
    """A token with each request, which the site's middleware has found right."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Return the user."""
        return user_by_token(request)


class BySession(SessionAuth):
    """A browser's session, with the CSRF token that proves whose page it was."""

    def __call__(self, request: HttpRequest) -> Any | None:
        """Return the user; without a session there is nothing to forge."""
        return super().__call__(request) if request.user.is_authenticated else None


SIGNED_IN = [ByToken(), BySession()]
# Open routes know their user as well, where one is named.
OPEN: dict[str, Any] = {"security": [{}, {"ByToken": []}, {"BySession": []}]}
