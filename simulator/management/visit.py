"""A running site, visited over HTTP: what only its own process can put into its memory."""

import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from django.core.management.base import CommandError
from django.urls import reverse

TIMEOUT_S = 60

_direct = build_opener(ProxyHandler({}))  # the address that was given, by no way round


def check_address(url: str) -> str:
    """Return the address of a site, without a slash at its end.

    Raises: CommandError unless it is http:// or https:// with a host.
    """
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.query or parts.fragment:
        accepts = "enter the address of a running site, for example http://127.0.0.1:8000."
        raise CommandError(f"--url {url!r} is refused. Address: {accepts}")
    return url.rstrip("/")


def read_worst_times(url: str) -> dict[str, str]:
    """Return each of the site's feeders with its worst quarter-hour as HH:MM.

    Raises: CommandError where the address answers with anything else.
    """
    body, _ = visit(url, reverse("feeders-file", kwargs={"kind": "json"}))
    try:
        rows: list[dict[str, Any]] = json.loads(body)
        return {str(row["feeder_id"]): str(row["tightest"]["time"]) for row in rows if row["tightest"]}
    except (ValueError, TypeError, KeyError) as error:
        raise CommandError(f"--url {url}: what answers there is no LV Mini Twin.") from error


def visit(url: str, path: str) -> tuple[bytes, bool]:
    """Return a page's body, and whether its answers came from the cache.

    Raises: CommandError where the site does not answer, or refuses.
    """
    try:
        with _direct.open(url + path, timeout=TIMEOUT_S) as response:
            return response.read(), response.headers.get("X-LVTwin-Cache") == "hit"
    except HTTPError as error:
        raise CommandError(f"--url {url}: {path} answers {error.code} {error.reason}.") from error
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise CommandError(f"--url {url}: no answer ({reason}). Is the site running there?") from error
