"""A Chromium of the system's, a live site with the feeders that ship, and an eye on what the browser does."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError
from pytest_django.live_server_helper import LiveServer

from lvtwin_site.bootstrap import system
from simulator.grid.reading import GALLERY_DIR, NETWORKS_DIR
from simulator.models import FeederRecord
from simulator.web.work.executor import EXECUTOR

# Playwright's synchronous calls run inside an event loop of their own; Django sees the loop and would refuse.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP twin.example 127.0.0.1",
]
GIVEN_UP = ("htmx:afterRequest", "htmx:sendAbort")  # told of each request that a newer one replaces
LOCAL = {"127.0.0.1", "twin.example", ""}  # no host: data and blob addresses


@pytest.fixture(scope="session")
def base_url() -> None:
    """Addresses are told in full; the plugin's own fixture warns on this pytest."""


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], live_server: LiveServer
) -> dict[str, Any]:
    """Launch the system's Chromium; skip where the machine lacks it or what Playwright's driver needs.

    It asks for the server so as to be closed first: a connection that it keeps would outlive the server.
    """
    missing = system.missing_for_browser()
    if missing:
        pytest.skip(f"to run the browser tests: {system.apt_line(missing)}")
    return {**browser_type_launch_args, "executable_path": system.find_browser(), "args": ARGUMENTS}


@pytest.fixture
def site(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a live site with the feeders that ship with it."""
    FeederRecord.objects.load(NETWORKS_DIR, GALLERY_DIR)
    monkeypatch.setattr(EXECUTOR.turn, "patience_s", 30.0)  # however slow the machine is
    return live_server.url


@dataclass
class Seen:
    """What a browser did: every address it asked for, and every error it told of."""

    requests: list[Request] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def hosts(self) -> set[str]:
        """The hosts that were asked."""
        return {urlsplit(request.url).hostname or "" for request in self.requests}

    @property
    def documents(self) -> int:
        """How many whole pages were loaded."""
        return sum(request.is_navigation_request() for request in self.requests)

    def watch(self, context: BrowserContext) -> None:
        """Listen to everything in a context."""
        context.on("request", self._asked)
        context.on("console", self._told)
        context.on("weberror", self._failed)

    def _asked(self, request: Request) -> None:
        self.requests.append(request)

    def _told(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(GIVEN_UP):
            self.errors.append(f"{message.type}: {message.text}")

    def _failed(self, error: WebError) -> None:
        self.errors.append(str(error.error))


@pytest.fixture(autouse=True)
def seen(context: BrowserContext) -> Iterator[Seen]:
    """Watch the test's browser: it must tell of no error and ask no other machine."""
    eye = Seen()
    eye.watch(context)
    yield eye
    assert eye.errors == []
    assert eye.hosts <= LOCAL
