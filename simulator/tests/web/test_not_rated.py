"""A feeder whose source stands at low voltage has no transformer to judge: "not rated", and never a zero."""

import csv
import io
import json
import re
from typing import Any

import pytest
from django.test import Client

from simulator.grid.schema import Feeder
from simulator.importing.ideal import SN_KVA, VK_PERCENT
from simulator.importing.importing import import_file
from simulator.powerflow.exporting import pandapower_json
from simulator.powerflow.whole_grid import solve_whole_grid
from simulator.tests.feeders import small_feeder_data
from simulator.tests.web.conftest import Fetch, read_json, store

pytestmark = pytest.mark.usefixtures("feeders")
STUDIES = ("day", "sweep", "why", "nodes", "measures", "standards", "monte-carlo")


@pytest.fixture(autouse=True)
def direct() -> Feeder:
    """Store a street that a source at 1.02 pu feeds without a transformer."""
    data = small_feeder_data()
    plate = {"sn_kva": SN_KVA, "vn_hv_kv": 0.4, "vn_lv_kv": 0.4, "vk_percent": VK_PERCENT, "vkr_percent": 0.0}
    ideal = {"id": "Grid", "lv_bus": "bus_0", **plate, "pfe_kw": 0.0, "i0_percent": 0.0, "shift_degree": 0.0}
    feeder = Feeder.model_validate(
        {
            **data,
            "source": {"vn_kv": 0.4, "vm_pu": 1.02},
            "transformer_kva": SN_KVA,
            "transformers": [{**ideal, "rated": False}],
        }
    )
    store(feeder)
    return feeder


def test_pages_say_not_rated_where_they_would_tell_a_transformer_s_loading(read: Fetch) -> None:
    document = read("/feeders/small/")
    assert "transformer not rated" in (document.status or "")
    assert "not rated" in document.kpis["transformer_loading"]
    assert "not rated" in read("/feeders/small/day/").kpis["transformer_loading"]
    network = read("/feeders/small/network/")
    assert "not rated" in network.text
    for page in (document, network):
        assert "1000 kVA" not in page.text
    assert "transformer not rated" in read("/?q=Three").text
    assert "not rated" in read("/feeders/small/network/?time=12:00").text


def test_the_api_and_csv_hold_nulls(client: Client) -> None:
    run: Any = read_json(client.get("/feeders/small/run.json"))
    assert (run["transformer_loading"], run["transformer"]) == (None, None)
    assert run["line_loading"] > 0
    assert run["voltage_violation"] == 0
    network: Any = read_json(client.get("/feeders/small/network.json"))
    assert network["transformer_loading"] == [None]
    assert network["network"]["transformers"][0]["rated"] is False
    sweep: Any = read_json(client.get("/feeders/small/sweep.json"))
    assert {point["transformer_loading"] for point in sweep["points"]} == {None}
    day: Any = read_json(client.get("/feeders/small/day.json"))
    assert {step["transformer_loading"] for step in day["quarter_hours"]} == {None}
    rows = list(csv.reader(io.StringIO(client.get("/feeders/small/network.csv").content.decode("utf-8-sig"))))
    (row,) = [row for row in rows if row and row[0] == "Grid"]
    assert "not rated" in row
    assert not {"0", "0.0", "1000"} & set(row)


@pytest.mark.parametrize("study", STUDIES)
def test_every_study_answers_without_a_transformer_s_loading(client: Client, study: str) -> None:
    query = "?placements=2" if study == "monte-carlo" else ""
    for kind in ("/", ".json", ".csv"):
        response = client.get(f"/feeders/small/{study}{kind}{query}")
        assert response.status_code == 200, (kind, response.content[:300])
        assert not re.search(r"\bnan\b", response.content.decode(), re.IGNORECASE)


def test_it_leaves_as_a_pandapower_file_without_a_transformer_and_comes_back_as_it_was(
    direct: Feeder,
) -> None:
    text = pandapower_json(direct)
    net = json.loads(text)["_object"]
    assert json.loads(net["trafo"]["_object"])["data"] == []
    feeder = import_file(text.encode(), "small.json", solve_whole_grid)[1][0].feeder
    assert feeder.transformers == direct.transformers
    assert (feeder.source, feeder.lines) == (direct.source, direct.lines)
    assert [bus.id for bus in feeder.buses] == [bus.id for bus in direct.buses]
