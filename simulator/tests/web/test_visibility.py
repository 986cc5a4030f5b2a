"""Who sees an unpublished feeder: its owner and staff, on every address there is; nobody else, on none."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from simulator.models import FeederRecord
from simulator.tests.web.addresses import FILES, SHOWS_A_FEEDER
from simulator.tests.web.people import bring, person, street
from simulator.web.api.routes import api
from simulator.web.feeders.exports import EXPORTS
from simulator.web.pages.answered import ANSWERED
from simulator.web.pages.studies import STUDIES

pytestmark = pytest.mark.database

KINDS = {
    "run-file": ("csv", "pdf", "json"),
    "network-file": ("csv", "pdf", "json", "geojson"),
    "profile-file": ("load",),
    "profile-delete": ("pv",),
    "export": tuple(EXPORTS),
    **{
        f"{name}-file": ("csv", "pdf", "json", *(["geojson"] if each.geojson else []))
        for name, each in STUDIES.items()
    },
}
OWNERS_ONLY = ("feeder-edit", "feeder-delete", "feeder-potential")
OF_THE_API = {"net": "net", "import_log": "import-log"}
TAKES_A_FILE = "store_profile"  # which only who may change a feeder sends
NOTHING_THERE = ("profile-delete",)  # the feeder has no profile of its own
POSTED = ("save",)
UNREAD = ("profile-look",)  # without a file to look at it leads back to the profiles
BODIES: dict[str, Any] = {
    "/api/simulate": {"pv_adoption": 0.3, "battery_adoption": 0, "step": 48},
    "/api/sweep": {"steps": [48]},
    "/api/day": {"pv_adoption": 0.3},
    "/api/standards": {"steps": [48]},
    "/api/monte-carlo": {"placements": 2},
    "/api/nodes": {"pv_adoption": 0.3, "step": 48},
    "/api/why": {"pv_adoption": 0.3},
    "/api/measures": {"steps": [48]},
}
LISTS = (
    "/",
    "/feeders.csv",
    "/feeders.json",
    "/feeders.geojson",
    "/compare/",
    "/compare.csv",
    "/api/feeders",
)


def _patterns() -> list[URLPattern]:
    """Return every pattern of the site that takes a feeder, however deep it hangs."""
    todo: list[URLPattern | URLResolver] = list(get_resolver().url_patterns)
    found = []
    while todo:
        each = todo.pop()
        if isinstance(each, URLResolver):
            if each.namespace != "admin":
                todo += each.url_patterns
        elif "feeder_id" in each.pattern.regex.groupindex:
            found.append(each)
    return found


def addresses() -> list[tuple[str, str]]:
    """Return (name, address) of all that shows the feeder ``elm_road``."""
    found = []
    for pattern in _patterns():
        name, wanted = pattern.name or "", pattern.pattern.regex.groupindex
        if name == TAKES_A_FILE:
            continue
        if name in OF_THE_API:
            found.append((name, f"/api/{OF_THE_API[name]}/elm_road"))
        elif "kind" in wanted and "kind" not in (pattern.default_args or {}):
            found += [(name, reverse(name, args=["elm_road", kind])) for kind in KINDS[name]]
        elif name == "save":
            found += [(name, reverse(name, args=["elm_road", study])) for study in ANSWERED]
        else:
            found.append((name, reverse(name, args=["elm_road"])))
    return sorted(set(found))


@pytest.fixture
def people() -> dict[str, Client]:
    """The owner of ``elm_road``, and others."""
    owner = person("ann")
    bring(owner, street(feeder_id="elm_road"))
    return {
        "owner": owner,
        "staff": person("eve", is_staff=True),
        "other": person("bob"),
        "stranger": Client(),
    }


def test_the_matrix_names_every_address_that_shows_a_feeder() -> None:
    found = {address.removeprefix("/feeders/elm_road") for _, address in addresses()}
    assert {"/", "/export/pandapower.xlsx", "/profiles/", "/delete/", "/api/net/elm_road"} <= found
    assert {f"/{name}/" for name in SHOWS_A_FEEDER if name != "run"} <= found
    assert {f"/{FILES[name].rsplit('/', 1)[1]}.pdf" for name in SHOWS_A_FEEDER} <= found
    routes = {f"/api{path}" for path in api.get_openapi_schema(path_prefix="")["paths"]}
    named = {f"/api/{word}/{{feeder_id}}" for word in OF_THE_API.values()}
    others = {"/api/feeders", "/api/profiles/{feeder_id}", "/api/metrics"}
    assert set(BODIES) == routes - others - named


def test_everything_is_open_to_owner_and_staff_and_404_to_everybody_else(people: dict[str, Client]) -> None:
    for name, address in addresses():
        for who in ("other", "stranger"):
            answer = people[who].post(address) if name in POSTED else people[who].get(address)
            to_login = name in POSTED and who == "stranger"  # as for a feeder that there is none of
            assert answer.status_code == (302 if to_login else 404), (who, address)
            assert b"Elm Road" not in answer.content, (who, address)
        for who in ("owner", "staff"):
            if address.endswith(".pdf") and name != "run-file":
                continue  # each takes a second, and all take the same way in
            answer = people[who].post(address) if name in POSTED else people[who].get(address)
            expected = {200}
            if name in OWNERS_ONLY and who == "staff":
                expected = {403}
            elif name in NOTHING_THERE:
                expected = {404, 403}
            elif name in UNREAD:
                expected = {302, 403}
            assert answer.status_code in expected, (who, address, answer.status_code)


def test_every_route_of_the_api_keeps_to_it(people: dict[str, Client]) -> None:
    for route, asked in BODIES.items():
        body = json.dumps({"feeder_id": "elm_road", **asked})
        for who, client in people.items():
            answer = client.post(route, body, content_type="application/json")
            assert answer.status_code == (200 if who in ("owner", "staff") else 404), (who, route)


def test_a_profile_is_taken_by_the_api_from_who_may_change_the_feeder(people: dict[str, Client]) -> None:
    for who, status in (("other", 404), ("stranger", 401), ("staff", 403), ("owner", 200)):
        day = SimpleUploadedFile("day.csv", b"kW\n" + b"1.5\n" * 96)
        sent = {"file": day, "kind": "load", "unit": "kw", "dry_run": "true"}
        assert people[who].post("/api/profiles/elm_road", sent).status_code == status, who


def test_every_list_keeps_to_it(people: dict[str, Client]) -> None:
    for address in LISTS:
        for who, client in people.items():
            found = "elm_road" in client.get(address).content.decode()
            assert found == (who in ("owner", "staff")), (who, address)
    for who, client in people.items():
        status = client.get("/compare/?feeders=elm_road").status_code
        assert status == (200 if who in ("owner", "staff") else 422), who


def test_once_published_everyone_sees_it_and_only_its_owner_may_change_it(people: dict[str, Client]) -> None:
    FeederRecord.objects.filter(feeder_id="elm_road").update(published=True)
    own = {"import-log", "import_log", "profiles", "profile-file", "profile-delete"}
    closed = {*OWNERS_ONLY, *own, *POSTED, *UNREAD}
    for name, address in addresses():
        if name not in closed and not address.endswith(".pdf"):
            assert people["stranger"].get(address).status_code == 200, address
