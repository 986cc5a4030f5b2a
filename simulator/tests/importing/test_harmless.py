"""What is harmless refuses nothing: what a network does not need is left out or made to fit, and told."""

import json
from typing import Any

import pytest

from simulator.grid.errors import ImportFileError
from simulator.importing.import_log import Item
from simulator.importing.importing import import_file
from simulator.importing.reading import read_file
from simulator.importing.source import Choice, Source
from simulator.tests.feeders import small_feeder_data
from simulator.tests.importing.plain_nets import (
    excel,
    excel_sheets,
    frame,
    net_tables,
    pandapower_data,
    pandapower_json,
    simbench_files,
    workbook_parts,
    zipped,
)

LINE = '{"type": "LineString", "coordinates": [[11.0, 53.0], [11.0, 53.001]]}'


def _with(table: str, column: str, *values: Any) -> Source:
    tables = net_tables()
    tables[table][column] = list(values)
    return read_file(pandapower_json(tables), "street.json")


def _said(source: Source | Choice, words: str) -> Item:
    (item,) = [item for item in source.items if words in item.words]
    return item


@pytest.mark.parametrize(
    "drawn",
    [
        float("nan"),
        "NaN",
        "here",
        '{"type": "Point", "coordinates": [NaN, NaN]}',
        '{"type": "Point", "coordinates": [1e300, 50]}',
        '{"type": "Point"}',
        "[" * 50,
        7,
        True,
        ["a"],
        {"_module": "os", "_class": "system"},
    ],
)
def test_what_draws_no_point_is_left_out(drawn: Any) -> None:
    source = _with("bus", "geo", drawn, None, None)
    assert [row["geo"] for row in source.tables["bus"]] == [None, None, None]
    assert len(import_file(pandapower_json(), "street.json")[1]) == 1


def test_a_busbar_that_is_drawn_as_a_line_stands_at_its_middle() -> None:
    source = _with("bus", "geo", LINE, None, None)
    assert json.loads(str(source.tables["bus"][0]["geo"]))["coordinates"] == pytest.approx([11.0, 53.0005])
    item = _said(source, "drawn as lines or areas")
    assert (item.elements, item.weighs) == (("MV",), "not_needed")


def test_tables_of_coordinates_may_hold_anything() -> None:
    places: dict[str, list[Any]] = {"x": [8.1, None, "east"], "y": [50.0, float("nan"), 50.2]}
    source = read_file(pandapower_json(bus_geodata=frame(places)), "street.json")
    assert [row["x"] for row in source.tables["bus_geodata"]] == [8.1, None, None]
    unreadable = read_file(pandapower_json(bus_geodata={"_module": "a", "_class": "b"}), "street.json")
    assert _said(unreadable, "cannot be read").weighs == "not_needed"


def test_tables_of_geopandas_are_read() -> None:
    points = [[8.1, 50.0], [8.2, 50.1], [8.3, 50.2]]
    features = [
        {"id": str(at), "type": "Feature", "properties": {"coords": None}, "geometry": _point(point)}
        for at, point in enumerate(points)
    ]
    drawn = {
        "_module": "geopandas.geodataframe",
        "_class": "GeoDataFrame",
        "_object": json.dumps({"type": "FeatureCollection", "features": features}),
        "crs": "epsg:4326",
    }
    source = read_file(pandapower_json(bus_geodata=drawn), "street.json")
    assert [(row["index"], row["x"], row["y"]) for row in source.tables["bus_geodata"]] == [
        (at, *point) for at, point in enumerate(points)
    ]


def _point(at: list[float]) -> dict[str, Any]:
    return {"type": "Point", "coordinates": at}


def test_libraries_and_columns_that_nobody_reads_are_not_judged() -> None:
    expected = read_file(pandapower_json(), "street.json").tables
    tables = net_tables()
    tables["line"]["osm_id"] = [2**64]
    tables["line"]["hash"] = [10**30]
    tables["line"]["limit"] = [float("inf")]
    tables["bus"] |= {"remark": [["a"], {"b": 1}, "\x1b[2J"], "tag\tged": [1, 2, 3]}
    library = {"line": {"A": {"r0": float("nan"), "c": -float("inf")}}, "trafo": {}}
    data = json.dumps(pandapower_data(tables, std_types=library, line_geodata=frame({"coords": ["\0"]})))
    assert read_file(data.encode(), "street.json").tables == expected


def test_names_are_made_to_fit_and_that_is_told() -> None:
    source = _with("bus", "name", "main\tbusbar", "x" * 201, ["a", "list"])
    assert [row["name"] for row in source.tables["bus"]] == ["main busbar", "x" * 200, None]
    assert _said(source, "tabs or line breaks").elements == ("main busbar",)
    assert _said(source, "cut to as many").weighs == "not_needed"
    assert _said(source, "not text, left out").elements == ("bus 2",)


def test_a_feeders_own_words_are_made_to_fit_and_that_is_told() -> None:
    data = small_feeder_data() | {"name": "n" * 121, "archetype": "a\tb", "description": "one\ntwo" * 500}
    source = read_file(json.dumps(data).encode(), "own.json")
    assert source.feeder is not None
    assert (source.feeder.name, source.feeder.archetype) == ("n" * 120, "a b")
    assert source.feeder.description == ("one\ntwo" * 500)[:2000]
    assert _said(source, "its name is cut to 120 characters").weighs == "not_needed"
    assert _said(source, "tabs or line breaks in its archetype")


@pytest.mark.parametrize("kind", [False, None])
def test_a_tap_changer_type_that_is_false_is_none(kind: Any) -> None:
    assert _with("trafo", "tap_changer_type", kind).tables["trafo"][0]["tap_changer_type"] is None


@pytest.mark.parametrize("value", [True, ["Ratio"], {"a": 1}])
def test_what_is_no_text_is_called_no_text(value: Any) -> None:
    with pytest.raises(ImportFileError, match=r"column tap_side: “.*” is not text") as refusal:
        _with("trafo", "tap_side", value)
    assert "not a number" not in str(refusal.value)


def test_a_zip_from_a_mac_with_every_table_of_simbench_is_read() -> None:
    files = simbench_files()
    expected = read_file(zipped({**files}), "net.zip").tables
    unread = ("LoadProfile", "RESProfile", "PowerPlantProfile", "StorageProfile", "NodePFResult")
    more = {f"{name}.csv": "time;a\n" for name in (*unread, "StudyCases", "Substation", "Measurement")}
    litter = {
        f"__MACOSX/{folder}/._{name}": b"\0\5\x16\7" for folder in ("net", "net/deep") for name in files
    }
    packed = {f"net/deep/{name}": content for name, content in (files | more).items()}
    source = read_file(zipped({**packed, **litter, "net/.DS_Store": b"Bud1"}), "net.zip")
    assert source.tables == expected
    assert not any("MACOSX" in name for item in source.items for name in item.elements)


def test_a_zip_of_many_files_is_judged_by_those_that_are_read() -> None:
    files: dict[str, bytes | str] = {**simbench_files()}
    expected = read_file(zipped(files), "net.zip").tables
    others = {f"grid/part_{at}.txt": "x" for at in range(64)}
    large = {"grid/LoadProfile.csv": b"0;" * 6_000_000, "grid/plan.pdf": b"%PDF", "grid/old.zip": b"PK"}
    assert read_file(zipped(files | others | large), "net.zip").tables == expected


def test_formulas_and_errors_in_columns_that_nobody_reads_are_not_judged() -> None:
    parts = workbook_parts(excel_sheets())
    sheet = "xl/worksheets/sheet1.xml"
    more = '<c r="Z2"><f>A1+1</f><v>2</v></c><c r="AA2" t="e"><v>#REF!</v></c></row><row r="3">'
    parts[sheet] = parts[sheet].replace('</row><row r="3">', more)
    assert "#REF!" in parts[sheet]
    assert read_file(zipped(parts), "net.xlsx").tables == read_file(excel(), "net.xlsx").tables
