"""Owners see and change their own scenarios, staff see all, everybody else finds nothing."""

from collections.abc import Callable

import pytest
from django.test import Client

from simulator.models import SavedScenario
from simulator.tests.web.keeping import put, signed_in

pytestmark = pytest.mark.database
PEOPLE: dict[str, Callable[[], Client]] = {
    "owner": lambda: signed_in("anna"),
    "another": lambda: signed_in("ben"),
    "staff": lambda: signed_in("boss", is_staff=True),
    "stranger": Client,
}
# What each address answers: (owner, another, staff, stranger).
SEEN = (200, 404, 200, 404)
OWN = (200, 404, 404, 404)
DONE = (302, 404, 404, 404)
GET = {
    "/scenarios/{pk}/": SEEN,
    "/scenarios/{pk}.csv": SEEN,
    "/scenarios/{pk}.json": SEEN,
    "/scenarios/compare/?ids={pk}&ids={second}": SEEN,
    "/scenarios/compare.csv?ids={pk}&ids={second}": SEEN,
    "/scenarios/compare.json?ids={pk}&ids={second}": SEEN,
    "/scenarios/{pk}/edit/": OWN,
    "/scenarios/{pk}/delete/": OWN,
    "/shared/{token}/": (404, 404, 404, 404),
}
POST = {
    "/scenarios/{pk}/edit/": DONE,
    "/scenarios/{pk}/delete/": DONE,
    "/scenarios/{pk}/share/": DONE,
    "/scenarios/{pk}/duplicate/": (302, 404, 302, 404),
}
every_person = pytest.mark.parametrize("person", PEOPLE)


def _address(pattern: str) -> str:
    first, second = SavedScenario.objects.order_by("pk")[:2]
    return pattern.format(pk=first.pk, second=second.pk, token=first.token)


@pytest.fixture(autouse=True)
def _two_of_anna(feeders: None) -> None:
    put("anna", "First")
    put("anna", "Second")
    put("ben", "Ben's")


@every_person
@pytest.mark.parametrize("pattern", GET)
def test_who_may_see_what(pattern: str, person: str) -> None:
    expected = dict(zip(PEOPLE, GET[pattern], strict=True))[person]
    answer = PEOPLE[person]().get(_address(pattern))
    assert answer.status_code == expected
    if expected == 404:
        assert b"First" not in answer.content
        assert b"Second" not in answer.content


@every_person
@pytest.mark.parametrize("pattern", POST)
def test_who_may_change_what(pattern: str, person: str) -> None:
    expected = dict(zip(PEOPLE, POST[pattern], strict=True))[person]
    before = list(SavedScenario.objects.order_by("pk").values())
    answer = PEOPLE[person]().post(_address(pattern), {"name": "New", "note": "", "shared": "on"})
    assert answer.status_code == expected
    after = list(SavedScenario.objects.order_by("pk").values())
    assert (after != before) == (expected == 302)


@every_person
def test_what_is_not_there_and_what_is_not_theirs_look_alike(person: str) -> None:
    client = PEOPLE[person]()
    for pattern in ("/scenarios/{}/", "/scenarios/{}.json", "/scenarios/{}/edit/"):
        for nothing in (0, 999_999, 10**17, 10**30):
            assert client.get(pattern.format(nothing)).status_code == 404


@pytest.mark.parametrize(
    ("person", "expected"),
    [("owner", {"First", "Second"}), ("another", {"Ben's"}), ("staff", {"First", "Second", "Ben's"})],
)
def test_the_list_and_its_files_hold_what_a_person_may_see(person: str, expected: set[str]) -> None:
    client = PEOPLE[person]()
    for address in ("/scenarios/", "/scenarios.csv"):
        text = client.get(address).content.decode().replace("&#x27;", "'")
        assert {name for name in ("First", "Second", "Ben's") if name in text} == expected
    everything = b"".join(client.get("/scenarios.json")).decode()
    assert {name for name in ("First", "Second", "Ben's") if f'"{name}"' in everything} == expected


@pytest.mark.parametrize("kind", ["/", ".csv", ".json", ".pdf"])
def test_the_list_sends_strangers_to_sign_in(client: Client, kind: str) -> None:
    assert client.get(f"/scenarios{kind}").status_code == 302


def test_one_of_another_s_among_two_is_not_found() -> None:
    anna = PEOPLE["owner"]()
    first = SavedScenario.objects.get(name="First")
    other = SavedScenario.objects.get(name="Ben's")
    assert anna.get(f"/scenarios/compare/?ids={first.pk}&ids={other.pk}").status_code == 404


def test_a_copy_that_staff_make_is_theirs() -> None:
    PEOPLE["staff"]().post(_address("/scenarios/{pk}/duplicate/"))
    assert SavedScenario.objects.get(name="First (copy)").owner.get_username() == "boss"
