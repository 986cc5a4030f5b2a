"""No cache keeps what depends on who asks: every address, for its owner, staff, a token and nobody."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from simulator.models import AccessToken, SavedScenario
from simulator.tests.web.addresses import FILES, PAGES
from simulator.tests.web.conftest import Answer
from simulator.tests.web.keeping import put
from simulator.tests.web.people import bring, person, street, upload

pytestmark = pytest.mark.database
KINDS = {"csv", "json"}
PUBLIC = [
    *(PAGES[name] for name in ("feeders", "run", "network", "compare", "help")),
    *(f"{FILES[name]}.{kind}" for name in ("feeders", "run", "network") for kind in sorted(KINDS)),
    "/feeders.geojson",
    "/feeders/feeder_00/export/feeder.json",
    "/api/feeders",
    "/api/net/feeder_00",
    "/nothing",
]


def keeps_nothing(answer: Answer) -> bool:
    return bool(answer.headers.get("Cache-Control") == "private, no-store")


def differs_by_who(answer: Answer) -> bool:
    return {"Cookie", "Authorization"} <= set(answer.headers["Vary"].split(", "))


@pytest.fixture
def private(feeders: None) -> list[str]:
    """What ann brought and saved, and the pages that are hers."""
    ann = person("ann")
    bring(ann, street())
    waiting = upload(ann, street()).headers["Location"]
    pk, feeder = put("ann").pk, ann.get("/mine/").content.decode().split('href="/feeders/')[1].split("/")[0]
    AccessToken.objects.make(User.objects.get(username="ann"), "meter")
    SavedScenario.objects.filter(pk=pk).update(shared=True)
    return [
        *(f"/feeders/{feeder}/{page}" for page in ("", "network/", "edit/", "delete/", "profiles/")),
        *(
            f"/feeders/{feeder}/{file}"
            for file in ("run.json", "run.csv", "network.geojson", "export/feeder.json")
        ),
        *("/scenarios/", "/scenarios.csv", "/scenarios.json", f"/scenarios/{pk}/", f"/scenarios/{pk}.csv"),
        *(
            f"/scenarios/{pk}.json",
            f"/scenarios/{pk}/edit/",
            f"/shared/{SavedScenario.objects.get(pk=pk).token}/",
        ),
        *(
            "/account/",
            f"/account/tokens/{AccessToken.objects.get().pk}/withdraw/",
            "/mine/",
            "/import/",
            waiting,
        ),
        *(f"/api/net/{feeder}", f"/feeders/{feeder}/run/save/"),
    ]


def test_a_person_s_pages_and_files_are_kept_nowhere(private: list[str]) -> None:
    for client in (person("ann"), person("boss", is_staff=True)):
        for address in [*private, *PUBLIC]:
            answer = client.get(address)
            assert answer.status_code in (200, 404, 403), address
            assert keeps_nothing(answer), address
            assert differs_by_who(answer), address


def test_what_a_stranger_is_told_of_them_is_kept_nowhere_either(private: list[str], client: Client) -> None:
    for address in (
        "/login/",
        "/account/",
        "/mine/",
        "/import/",
        "/scenarios.json",
        "/admin/login/",
        *private,
    ):
        answer = client.get(address)
        assert differs_by_who(answer), address
        assert keeps_nothing(answer) or answer.status_code == 404, address


def test_by_a_token_nothing_is_kept(private: list[str], client: Client) -> None:
    secret = AccessToken.objects.make(User.objects.get(username="ann"), "second")[1]
    for said in (f"Bearer {secret}", "Bearer wrong", "Basic wrong"):
        answer = client.get("/api/feeders", headers={"Authorization": said})
        assert keeps_nothing(answer)
        assert differs_by_who(answer)


def test_what_everybody_sees_alike_may_be_kept_by_caches_that_tell_people_apart(client: Client) -> None:
    for address in PUBLIC:
        answer = client.get(address)
        assert "Cache-Control" not in answer.headers, address
        assert differs_by_who(answer), address
