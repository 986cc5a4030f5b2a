"""One absurd number poisons nothing: it is refused at the door, or a row of its own that says so."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import reverse

from simulator.grid.memory import MEMORY
from simulator.models import FeederRecord
from simulator.powerflow import equations
from simulator.reports.finite_json import write_json
from simulator.reports.press import PRESS
from simulator.tests.absurd import absurd_feeders
from simulator.tests.feeders import small_feeder_data
from simulator.web.api.routes import api
from simulator.web.site.json import Json

ROOT = Path(__file__).resolve().parents[3]

LISTS = ("feeders", "compare")


def _store(feeder_id: str, network: dict[str, Any], owner: User | None = None) -> None:
    words = {"name": feeder_id, "archetype": "absurd", "description": "", "content_hash": feeder_id}
    network = {**network, "feeder_id": feeder_id}
    FeederRecord.objects.create(feeder_id=feeder_id, network=network, published=True, owner=owner, **words)


@pytest.fixture
def poisoned() -> list[str]:
    """Published feeders with one absurd number each, stored past every door."""
    ids = []
    for number, (_, _, network) in enumerate(absurd_feeders()):
        ids.append(f"absurd-{number:03}")
        _store(ids[-1], network)
    return ids


def _strict(body: bytes) -> Any:
    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    return json.loads(body, parse_constant=refuse)


def test_the_site_writes_json_in_one_place_and_strictly() -> None:
    for path in (ROOT / "simulator" / "web").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert "JsonResponse" not in source, path
    assert Json({"a": [float("nan"), float("inf"), 1.0]}).content == b'{"a": [null, null, 1.0]}'
    assert write_json({"b": (-float("inf"), {"c": float("nan")})}) == '{"b": [null, {"c": null}]}'
    assert (
        api.renderer.render(RequestFactory().get("/"), {"d": float("nan")}, response_status=200)
        == '{"d": null}'
    )


@pytest.mark.parametrize("name", LISTS)
def test_lists_and_their_files_show_absurd_feeders_as_rows_that_say_so(
    client: Client, poisoned: list[str], name: str
) -> None:
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert "cannot be computed" in page.content.decode()
    chosen = {"feeders": [*poisoned, "feeder_00"]} if name == "compare" else {}
    query = f"?{urlencode(chosen, doseq=True)}"
    rows = _strict(client.get(reverse(f"{name}-file", args=["json"]) + query).content)
    failed = {row["feeder_id"]: row["error"] for row in rows if "error" in row}
    solved = {row["feeder_id"] for row in rows if "error" not in row}
    assert failed.keys() | solved >= {*poisoned, "feeder_00"}
    assert len(failed) > 150
    assert "feeder_00" in solved
    assert all("outside the accepted range" in error for error in failed.values())
    table = client.get(reverse(f"{name}-file", args=["csv"]) + query).content.decode()
    assert not any(word in table.lower().split(",") for word in ("nan", "inf", "-inf"))
    assert all(feeder_id in table for feeder_id in failed)


def test_the_map_of_all_keeps_absurd_feeders_without_a_place(client: Client, poisoned: list[str]) -> None:
    points = _strict(client.get(reverse("feeders-file", args=["geojson"])).content)["features"]
    nowhere = [point["properties"] for point in points if point["geometry"] is None]
    assert len(nowhere) > 150
    assert all("cannot be computed" in point["label"] for point in nowhere)


def test_a_list_with_an_absurd_feeder_prints(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[str] = []

    def render(html: str, styles: Any) -> bytes:
        printed.append(html)
        return b"%PDF-"

    monkeypatch.setattr(PRESS, "render", render)
    network = small_feeder_data()
    network["lines"][0]["r_ohm_per_km"] = 1.7e308
    _store("absurd", network)
    files = {name: reverse(f"{name}-file", args=["pdf"]) for name in LISTS}
    for address in (files["feeders"], f"{files['compare']}?feeders=absurd"):
        assert client.get(address).content == b"%PDF-"
    assert len(printed) == 2
    assert all("cannot be computed" in html and "1.7e+308 ohm/km is outside" in html for html in printed)


def test_every_page_of_an_absurd_feeder_says_why(client: Client) -> None:
    network = small_feeder_data()
    network["lines"][0]["r_ohm_per_km"] = 1.7e308
    user = User.objects.create_superuser("staff", password="correct horse")  # noqa: S106
    _store("absurd", network, user)
    client.force_login(user)
    reason = "r_ohm_per_km: 1.7e+308 ohm/km is outside the accepted range: 0.000000001 to 10,000,000 ohm/km"
    for name in ("run", "sweep", "day", "network", "why", "nodes", "measures", "profiles"):
        response = client.get(reverse(name, args=["absurd"]))
        assert response.status_code == 422
        assert reason in response.content.decode()
    for kind in ("csv", "pdf"):
        assert client.get(reverse("run-file", args=["absurd", kind])).status_code == 422
    assert reason in _strict(client.get("/api/net/absurd").content)["error"]["message"]
    asked = {"feeder_id": "absurd", "pv_adoption": 0.3, "battery_adoption": 0, "step": 48}
    assert client.post("/api/simulate", asked, content_type="application/json").status_code == 422
    for address in (
        reverse("mine"),
        reverse("feeder-edit", args=["absurd"]),
        reverse("feeder-delete", args=["absurd"]),
    ):
        assert client.get(address).status_code == 200
    record = FeederRecord.objects.get(feeder_id="absurd")
    admin = client.get(reverse("admin:simulator_feederrecord_change", args=[record.pk]))
    assert "cannot be computed" in admin.content.decode()


def test_a_feeder_without_a_finite_solution_is_a_row_too(
    client: Client, empty_cache: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def singular(*_: Any) -> None:
        raise RuntimeError("Factor is exactly singular")

    monkeypatch.setattr(equations, "_factors", singular)
    MEMORY.drop_part("compiled")
    rows = _strict(client.get(reverse("feeders-file", args=["json"])).content)
    start = "It cannot be computed: feeder_00: its equations have no finite solution"
    assert any(row["error"].startswith(start) for row in rows)
    assert client.get(reverse("run", args=["feeder_00"])).status_code == 422
