"""Unpublished feeders vanish from everywhere but the admin; a site without any still opens."""

import pytest
from django.test import Client

from simulator.models import FeederRecord

pytestmark = pytest.mark.database


def test_an_unpublished_feeder_vanishes_from_pages_files_and_the_api(client: Client) -> None:
    FeederRecord.objects.filter(feeder_id="feeder_05").update(published=False)
    for address in ("/", "/feeders.csv", "/feeders.json", "/feeders.geojson", "/compare/", "/compare.csv"):
        content = client.get(address).content.decode()
        assert "feeder_04" in content, address
        assert "feeder_05" not in content, address
    for study in (
        "",
        "sweep/",
        "network/",
        "run.csv",
        "run.json",
        "sweep.json",
        "network.geojson",
        "run.pdf",
    ):
        assert client.get(f"/feeders/feeder_05/{study}").status_code == 404, study
    assert client.get("/compare/?feeders=feeder_05").status_code == 422
    assert "feeder_05" not in client.get("/api/feeders").json()["feeders"]
    assert client.get("/api/net/feeder_05").status_code == 404
    for route, body in (
        ("simulate", {"pv_adoption": 0.3, "battery_adoption": 0, "step": 48}),
        ("sweep", {"steps": [48]}),
    ):
        asked = {"feeder_id": "feeder_05", **body}
        assert client.post(f"/api/{route}", asked, content_type="application/json").status_code == 404


def test_it_is_back_once_it_is_published_again(client: Client) -> None:
    FeederRecord.objects.filter(feeder_id="feeder_05").update(published=False)
    FeederRecord.objects.filter(feeder_id="feeder_05").update(published=True)
    assert client.get("/feeders/feeder_05/").status_code == 200


def test_a_site_without_feeders_opens_all_the_same(client: Client) -> None:
    FeederRecord.objects.all().delete()
    assert "No feeder matches" in client.get("/").content.decode()
    assert client.get("/compare/").status_code == 200
    assert client.get("/api/feeders").json() == {"feeders": []}
    for address in ("/feeders.csv", "/compare.csv", "/compare.json", "/feeders.geojson"):
        assert client.get(address).status_code == 200, address


def test_the_search_knows_no_capitals_in_any_script(client: Client) -> None:
    FeederRecord.objects.filter(feeder_id="feeder_03").update(description="ÖSTLICH der Straße")
    content = client.get("/feeders.csv?q=östlich+STRASSE").content.decode()
    assert "feeder_03" in content
    assert "feeder_04" not in content
