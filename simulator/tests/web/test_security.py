"""What browsers are told: nothing inline, nothing from elsewhere, no other site's pages, no framing."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.test.utils import override_settings

from simulator.tests.web.addresses import FILES, PAGES, QUESTIONS
from simulator.tests.web.html import Document

OTHERS = ("/nothing", "/feeders/feeder_99/", "/feeders/feeder_00/?time=12:07", "/api/docs", "/admin/login/")
ADMIN = ("/admin/", "/admin/simulator/feederrecord/", "/admin/simulator/feederrecord/?q=rural")
every_page = pytest.mark.parametrize("address", [*(PAGES[n] + QUESTIONS[n] for n in PAGES), *OTHERS])


def _check_policy(policy: str) -> None:
    directives = dict(d.strip().split(" ", 1) for d in policy.split(";"))
    assert directives["default-src"] == "'self'"
    assert directives["object-src"] == "'none'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["base-uri"] == "'self'"
    assert directives["form-action"] == "'self'"
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy


def _check_markup(html: str) -> None:
    document = Document(html)
    for e in document.tree.iter():
        assert e.tag != "style", "an inline style"
        assert "style" not in e.attrib, f"<{e.tag} style>"
        assert not [name for name in e.attrib if name.startswith("on")], f"<{e.tag} {list(e.attrib)}>"
        if e.tag == "script" and e.attrib.get("type") != "application/json":
            assert e.attrib.get("src", "").startswith(("/static/", "/admin/jsi18n/")), "an inline script"
            assert not (e.text or "").strip()
        for name in ("src", "href", "action", "data-geojson", "data-tiles", "hx-get"):
            address = e.attrib.get(name, "")
            assert urlsplit(address).netloc in ("", "testserver"), f"<{e.tag} {name}={address}>"
            assert not address.lower().startswith("javascript:")


@every_page
def test_every_page_has_the_policy_and_nothing_that_it_forbids_and_is_kept_safe(
    client: Client, address: str
) -> None:
    answer = client.get(address)
    _check_policy(answer.headers["Content-Security-Policy"])
    _check_markup(answer.content.decode())
    _check_headers(answer.headers)
    assert address == "/admin/login/" or not answer.cookies


def _check_headers(headers: Any) -> None:
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Content-Security-Policy" in headers


@pytest.mark.parametrize("address", ADMIN)
def test_the_admin_too(client: Client, address: str) -> None:
    client.force_login(User.objects.create_superuser("planner"))
    answer = client.get(address)
    assert answer.status_code == 200
    _check_policy(answer.headers["Content-Security-Policy"])
    _check_markup(answer.content.decode())


def test_files_and_the_api_keep_browsers_safe_too_and_set_no_cookie(client: Client) -> None:
    for address in (f"{FILES['run']}.csv", f"{FILES['run']}.json", "/api/feeders", "/healthz", "/metrics"):
        answer = client.get(address)
        _check_headers(answer.headers)
        assert not answer.cookies, address


@pytest.mark.parametrize("address", ["/", "/api/feeders", "/api/openapi.json"])
def test_other_sites_may_read_nothing_by_default(client: Client, address: str) -> None:
    answer = client.get(address, headers={"Origin": "https://other.example"})
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    preflight = client.options(
        address, headers={"Origin": "https://other.example", "Access-Control-Request-Method": "POST"}
    )
    assert "Access-Control-Allow-Origin" not in preflight.headers


@override_settings(CORS_ALLOWED_ORIGINS=["https://planner.example"])
def test_a_named_origin_may_read_the_api_and_nothing_else(client: Client) -> None:
    def allowed(address: str, origin: str) -> str | None:
        return client.get(address, headers={"Origin": origin}).headers.get("Access-Control-Allow-Origin")

    assert allowed("/api/feeders", "https://planner.example") == "https://planner.example"
    assert allowed("/api/feeders", "https://other.example") is None
    assert allowed("/", "https://planner.example") is None


def test_error_pages_tell_nothing_of_the_inside(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.raise_request_exception = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulator.web.work.answers.Answers.ask", lambda *_: 1 / 0)
        page, data = client.get(PAGES["run"]), client.get(f"{FILES['run']}.json")
    caplog.clear()  # the failure is planted, and rightly in the log
    assert (page.status_code, data.status_code) == (500, 500)
    for answer in (page, data):
        assert not re.search(rb"ZeroDivision|Traceback|/simulator/", answer.content)
    assert data.json()["error"]["status"] == 500
    _check_markup(page.content.decode())


def test_a_form_without_this_site_s_token_is_refused_by_a_page_of_the_site() -> None:
    answer = Client(enforce_csrf_checks=True).post("/login/", {"username": "ann", "password": "x"})
    page = Document(answer.content.decode())
    assert answer.status_code == 403
    assert page.is_whole
    assert "load the page anew and send it again" in page.text
    assert page.links["All feeders"] == "/"
