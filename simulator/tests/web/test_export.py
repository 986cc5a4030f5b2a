"""Taking a network away: files that pandapower reads and solves alike, and nothing that a sheet would run."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandapower as pp
import pytest
from django.test import Client

from simulator.grid.reading import NETWORKS_DIR, parse_feeder, read_feeder
from simulator.grid.schema import Feeder
from simulator.powerflow.exporting import pandapower_excel
from simulator.tests.feeders import changed, meshed, plain, tapped, with_three_transformers
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.web.conftest import Fetch, store
from simulator.web.feeders.exports import EXPORTS

FEEDERS = [read_feeder(path) for path in sorted(NETWORKS_DIR.glob("*.json"))[:3]]
VARIANTS = [FEEDERS[0], tapped(FEEDERS[0], "lv", -2), meshed(FEEDERS[1]), with_three_transformers(FEEDERS[2])]
KINDS = {"bus": "buses", "line": "lines", "transformer": "transformers", "customer": "customers"}
every_feeder = pytest.mark.parametrize("feeder", VARIANTS, ids=lambda feeder: feeder.feeder_id)


def take(client: Client, feeder: Feeder, kind: str) -> bytes:
    """Fetch a stored feeder's file."""
    answer = client.get(f"/feeders/{feeder.feeder_id}/export/{kind}")
    assert answer.status_code == 200
    name = f'attachment; filename="{feeder.feeder_id}.{kind}"'
    assert answer.headers["Content-Disposition"] == name
    return answer.content


def customers_flow(feeder: Feeder) -> np.ndarray:
    """Solve the feeder with all loads at their peak and all PV at rated power; voltages by bus."""
    buses = [bus.id for bus in feeder.buses if any(c.bus == bus.id for c in feeder.customers)]
    p_kw, q_kvar = np.zeros((2, 1, len(buses)))
    for customer in feeder.customers:
        column = buses.index(customer.bus)
        p_kw[0, column] += customer.pv_kwp - customer.peak_kw
        q_kvar[0, column] -= customer.peak_kw * np.tan(np.arccos(customer.power_factor))
    voltages: np.ndarray = solve_newton(feeder, p_kw, q_kvar).vm_pu[0]
    return voltages


def solved(net: Any) -> np.ndarray:
    """Solve a pandapower net; voltages of all buses but the source."""
    pp.runpp(net, trafo_model="pi", tolerance_mva=1e-10, numba=False)
    voltages: np.ndarray = net.res_bus.vm_pu.to_numpy()[1:]
    return voltages


@every_feeder
def test_pandapower_reads_its_own_formats_and_solves_them_to_the_same_voltages(
    client: Client, tmp_path: Path, feeder: Feeder
) -> None:
    if feeder not in FEEDERS:
        store(feeder)
    expected = customers_flow(feeder)
    net = pp.from_json_string(take(client, feeder, "pandapower.json").decode())
    np.testing.assert_allclose(solved(net), expected, rtol=0, atol=1e-9)
    assert net.bus.name.tolist()[1:] == [bus.id for bus in feeder.buses]
    assert net.line.std_type.tolist() == [line.std_type for line in feeder.lines]
    assert net.load.name.tolist() == [customer.id for customer in feeder.customers]
    sheet = tmp_path / "feeder.xlsx"
    sheet.write_bytes(take(client, feeder, "pandapower.xlsx"))
    np.testing.assert_allclose(solved(pp.from_excel(sheet)), expected, rtol=0, atol=1e-9)


@every_feeder
def test_our_own_json_is_the_feeder_itself(client: Client, feeder: Feeder) -> None:
    if feeder not in FEEDERS:
        store(feeder)
    again = parse_feeder(json.loads(take(client, feeder, "feeder.json")), "exported")
    assert again == feeder
    assert again.content_hash == feeder.content_hash


def test_geojson_holds_every_element_where_it_is(client: Client) -> None:
    feeder = FEEDERS[0]
    data = json.loads(take(client, feeder, "map.geojson"))
    kinds = [feature["properties"]["kind"] for feature in data["features"]]
    assert (kinds.count("bus"), kinds.count("line")) == (len(feeder.buses), len(feeder.lines))
    net = pp.from_json_string(take(client, feeder, "pandapower.json").decode())
    at = {bus.id: [bus.lon, bus.lat] for bus in feeder.buses}
    places = zip(net.bus.name, net.bus.geo, strict=True)
    assert {name: json.loads(geo)["coordinates"] for name, geo in places if geo} == at


def test_geojson_holds_every_figure_of_every_element(client: Client) -> None:
    feeder = FEEDERS[0]
    data = json.loads(take(client, feeder, "map.geojson"))
    found: dict[str, list[Any]] = {}
    for feature in data["features"]:
        figures = dict(feature["properties"])
        found.setdefault(figures.pop("kind"), []).append(figures)
    whole = plain(feeder)
    assert found == {kind: whole[table] for kind, table in KINDS.items()}
    assert data["feeder"]["source"] == whole["source"]


def test_text_that_looks_like_a_formula_stays_text_in_excel_and_negative_numbers_numbers() -> None:
    data = plain(FEEDERS[0])
    data["lines"][0]["std_type"] = '=HYPERLINK("http://evil.example","x")'
    feeder = changed(FEEDERS[0], lines=data["lines"], name="=1+1")
    book = openpyxl.load_workbook(io.BytesIO(pandapower_excel(feeder)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert '=HYPERLINK("http://evil.example","x")' in {cell.value for cell in cells}
    numbers = [cell.value for cell in cells if cell.data_type == "n" and cell.value is not None]
    assert -2 in numbers  # the tap's lowest position


def test_the_network_page_leads_to_every_file_and_unknown_ones_are_no_page(
    client: Client, read: Fetch
) -> None:
    links = read("/feeders/feeder_00/network/").links
    for kind, each in EXPORTS.items():
        assert links[each.label] == f"/feeders/feeder_00/export/{kind}"
    assert "Feeder JSON" not in read("/feeders/feeder_00/").links
    assert client.get("/feeders/feeder_00/export/shell.exe").status_code == 404
    assert client.get("/feeders/feeder_99/export/feeder.json").status_code == 404
