"""Programs that say whose they are, by a token in each request.

Source: RFC 6750.
"""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from simulator.models import AccessToken
from simulator.models.tokens import NAME_MAX as TOKEN_NAME_MAX
from simulator.web.feeders.import_forms import FilledForm
from simulator.web.pages.fields import TextField
from simulator.web.site.errors import error_body
from simulator.web.site.json import Json

BEARER = 'Bearer realm="LV Mini Twin"'
HOW = "Make a token on your account's page, and send it as the header Authorization: Bearer TOKEN."
UNKNOWN = f"Nobody has this token: it was mistyped or withdrawn. {HOW}"
NO_PASSWORDS = f"Names and passwords are not taken here. {HOW}"
LONGEST = 200


class TokenForm(FilledForm):
    """What a person calls a token."""

    name = TextField("Name", TOKEN_NAME_MAX, f"Name: enter 1 to {TOKEN_NAME_MAX} characters.")


def know_by_token(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let programs name their user to the API by a token; answer 401 to whatever else says who asks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        said = request.headers.get("Authorization", "")
        if not said or not request.path.startswith("/api/"):
            return get_response(request)
        scheme, _, secret = said.partition(" ")
        if scheme.lower() != "bearer":
            return _refuse(NO_PASSWORDS)
        user = AccessToken.objects.owner_of(secret.strip()) if len(secret) <= LONGEST else None
        if user is None:
            return _refuse(UNKNOWN)
        request.user = user
        request.by_token = True  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def user_by_token(request: HttpRequest) -> User | None:
    """Return the user whose token a request carries."""
    return request.user if getattr(request, "by_token", False) and isinstance(request.user, User) else None


def _refuse(message: str) -> HttpResponse:
    return Json(error_body(401, message), status=401, headers={"WWW-Authenticate": BEARER})
