"""Signing in and out: a page that says where accounts come from, and no way out by a link."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from simulator.tests.web.conftest import Fetch
from simulator.tests.web.html import Document
from simulator.tests.web.people import PASSWORD, person

pytestmark = pytest.mark.database


@pytest.fixture
def ann() -> User:
    return User.objects.create_user("ann", password=PASSWORD)


def test_strangers_see_a_way_in_and_are_told_who_makes_accounts(read: Fetch) -> None:
    page = read("/")
    assert page.links["Sign in"] == "/login/"
    assert "My feeders" not in page.links
    login = read("/login/")
    assert "No account yet?" in login.text
    assert login.links["admin"] == "/admin/"


def test_people_sign_in_where_they_wanted_to_go_and_see_who_they_are(ann: User, client: Client) -> None:
    answer = client.get("/import/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/?next=/import/")
    asked = {"username": "ann", "password": PASSWORD, "next": "/import/"}
    assert client.post("/login/", asked).headers["Location"] == "/import/"
    page = Document(client.get("/").content.decode())
    assert "ann" in page.text
    assert {"My feeders", "Import", "Scenarios"} <= set(page.links)
    assert client.get("/login/").headers["Location"] == "/mine/"


@pytest.mark.parametrize("password", ["wrong", "", "\0"])
def test_a_wrong_password_is_named_and_nobody_is_signed_in(ann: User, client: Client, password: str) -> None:
    answer = client.post("/login/", {"username": "ann", "password": password})
    assert answer.status_code == 422
    assert "Not signed in" in Document(answer.content.decode()).alerts
    assert client.get("/mine/").status_code == 302


def test_the_login_leads_to_no_other_site(ann: User, client: Client) -> None:
    asked = {"username": "ann", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/login/", asked).headers["Location"] == "/mine/"


def test_people_sign_out_by_a_button_and_by_no_link() -> None:
    client = person("ann")
    assert client.get("/logout/").status_code == 405
    assert client.get("/mine/").status_code == 200
    assert client.post("/logout/").headers["Location"] == "/"
    assert client.get("/mine/").status_code == 302


def test_what_changes_something_needs_the_token_of_a_page_of_ours() -> None:
    User.objects.create_user("ann")
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="ann"))
    for address in ("/logout/", "/import/", "/import/1/", "/feeders/feeder_00/delete/"):
        assert client.post(address).status_code == 403, address


def test_answers_differ_by_who_asks_so_that_no_cache_mixes_them_up(client: Client) -> None:
    for address in ("/", "/feeders/feeder_00/", "/feeders.csv", "/api/feeders"):
        assert "Cookie" in client.get(address).headers["Vary"], address
