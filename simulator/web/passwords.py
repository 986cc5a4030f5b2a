"""Users who name themselves in each request, by HTTP Basic, as programs do.

Source: RFC 7617.
"""

from base64 import b64decode

from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

BASIC = 'Basic realm="LV Mini Twin", charset="UTF-8"'
WRONG = "No user has this name and this password."
LONGEST = 1_000


def says_who(request: HttpRequest) -> bool:
    """Tell whether a request names a user by HTTP Basic."""
    return request.headers.get("Authorization", "")[:6].lower() == "basic "


def user_by_password(request: HttpRequest) -> AbstractBaseUser | None:
    """Return the user that a request names, or None where name or password are wrong."""
    given = request.headers["Authorization"][6:].strip()
    if len(given) > LONGEST:
        return None
    try:
        name, _, password = b64decode(given, validate=True).decode().partition(":")
    except ValueError:
        return None
    if "\0" in name + password:
        return None
    return authenticate(request, username=name, password=password)
