"""Good files are read as they were written, cell by cell, whatever they are called."""

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import pandapower
import pandapower.networks
import pandas as pd
import pytest
from pandapower.io_utils import to_dict_of_dfs

from simulator.grid.errors import ImportFileError
from simulator.grid.reading import NETWORKS_DIR, read_feeder
from simulator.importing.reading import read_file
from simulator.importing.source import Source
from simulator.tests.importing.comparison import differences
from simulator.tests.importing.plain_nets import (
    excel,
    frame,
    net_tables,
    pandapower_data,
    pandapower_json,
    simbench,
)

NETS = ("create_cigre_network_lv", "example_multivoltage", "ieee_european_lv_asymmetric")


@cache
def made(name: str) -> Any:
    """Return one of pandapower's networks."""
    return getattr(pandapower.networks, name)()


def in_excel(net: Any) -> bytes:
    """Return the workbook that `pandapower.to_excel` writes, by the engine that is installed."""
    target = io.BytesIO()
    with pd.ExcelWriter(target, engine="openpyxl") as writer:
        for name, table in to_dict_of_dfs(net, include_results=True, include_empty_tables=False).items():
            table.to_excel(writer, sheet_name=name)
    return target.getvalue()


@pytest.mark.parametrize("name", NETS)
def test_json_is_read_as_pandapower_wrote_it(name: str) -> None:
    source = read_file(pandapower.to_json(made(name), None).encode(), "net.json")
    assert source.format == "pandapower JSON"
    assert differences(made(name), source, relative=1e-14) == []


@pytest.mark.parametrize("name", NETS)
def test_excel_is_read_as_pandapower_wrote_it(name: str) -> None:
    source = read_file(in_excel(made(name)), "net.xlsx")
    assert source.format == "pandapower Excel"
    assert differences(made(name), source) == []


@pytest.mark.parametrize("path", sorted(NETWORKS_DIR.glob("*.json"))[:3], ids=lambda path: path.name)
def test_a_feeder_of_ours_is_read(path: Path) -> None:
    source = read_file(path.read_bytes(), path.name)
    assert (source.format, source.feeder) == ("feeder JSON", read_feeder(path))
    assert source.tables == {}


@pytest.mark.parametrize("name", ["street.xlsx", "street.zip", "street.json", "", "../../etc/passwd"])
def test_the_content_tells_the_format_not_the_name(name: str) -> None:
    formats = [read_file(content, name).format for content in (pandapower_json(), excel(), simbench())]
    assert formats == ["pandapower JSON", "pandapower Excel", "SimBench CSV"]


def columns_layout(table: dict[str, list[Any]]) -> dict[str, dict[str, Any]]:
    """Return a table as older files hold it: a column, and in it the cell of each row."""
    return {name: {str(at): value for at, value in enumerate(cells)} for name, cells in table.items()}


def as_net(net: Any) -> Source:
    return read_file(json.dumps(net).encode(), "old.json")


def test_older_layouts_give_the_same_tables() -> None:
    tables = net_tables()
    expected = as_net(pandapower_data()).tables
    nested = pandapower_data() | {"_object": json.dumps(pandapower_data()["_object"])}
    by_column = {
        name: frame(table) | {"_object": json.dumps(columns_layout(table)), "orient": "columns"}
        for name, table in tables.items()
    }
    bare = {name: columns_layout(table) for name, table in tables.items()}
    settings = {key: pandapower_data()["_object"][key] for key in ("version", "name", "f_hz", "sn_mva")}
    assert as_net(nested).tables == expected
    assert as_net(pandapower_data(**by_column)).tables == expected
    bare_tables = as_net({**bare, **settings, "format_version": "3.3.0"}).tables
    assert bare_tables == expected


def test_names_of_releases_before_3_become_todays() -> None:
    tables = net_tables()
    tables["load"] |= {"const_z_percent": [30.0, 0.0], "const_i_percent": [10.0, 0.0]}
    source = as_net(pandapower_data(tables, format_version="2.14.1"))
    load = source.tables["load"][0]
    assert [load[f"const_{kind}_{part}_percent"] for kind in "zi" for part in "pq"] == [
        30.0,
        30.0,
        10.0,
        10.0,
    ]


def test_old_coordinates_and_the_nets_settings_are_read() -> None:
    source = as_net(pandapower_data(bus_geodata=frame({"x": [8.1, 8.2, 8.3], "y": [50.0, 50.1, 50.2]})))
    assert source.tables["bus_geodata"][1] == {"index": 1, "x": 8.2, "y": 50.1}
    parameters = source.tables["parameters"][0]
    assert (parameters["name"], parameters["f_hz"]) == ("street", 50.0)


def test_what_is_left_out_is_told() -> None:
    tables = net_tables()
    tables["line"]["colour"] = ["red"]
    tables["load"]["remark"] = [None, None]
    more = {"svc": frame({"bus": [1]}), "tcsc": frame({"bus": []}), "res_bus": frame({"vm_pu": [1.0]})}
    source = as_net(pandapower_data(tables, **more, std_types={"line": {"a": {}}}))
    told = {(item.outcome, item.table, item.elements) for item in source.items}
    assert told == {
        ("dropped", "line", ("colour",)),
        ("not_modelled", "svc", ()),
        ("dropped", "other tables", ("res_bus",)),
        ("dropped", "other tables", ("std_types",)),
    }
    assert "colour" not in source.tables["line"][0]


def test_missing_values_are_none_and_every_row_has_its_number() -> None:
    source = as_net(pandapower_data())
    assert [row["index"] for row in source.tables["bus"]] == [0, 1, 2]
    assert source.tables["bus"][2]["geo"] is None


def test_a_wrong_cell_is_named_by_table_row_and_column() -> None:
    tables = net_tables()
    tables["load"]["p_mw"][1] = "much"
    for content in (pandapower_json(tables), excel(tables)):
        with pytest.raises(ImportFileError) as caught:
            read_file(content, "street.json")
        error = caught.value
        assert (error.file, error.place) == ("street.json", "table load, row 2, column p_mw")
        assert error.reason == "“much” is not a number"


def test_what_is_accepted_is_named_for_a_file_of_another_kind() -> None:
    with pytest.raises(ImportFileError) as caught:
        read_file(b"%PDF-1.7", "street.pdf")
    assert all(word in str(caught.value) for word in ("street.pdf", "pandapower JSON", "Excel", "SimBench"))


OTHERS: dict[str, tuple[bytes, str]] = {
    "PYPOWER": (b'{"baseMVA": 100, "bus": [[1, 3]], "gen": [[1]], "branch": [[1, 2]]}', "from_ppc"),
    "MATPOWER": (b"function mpc = case9\nmpc.baseMVA = 100;\nmpc.branch = [1 2];", "from_mpc"),
    "pickle": (b"\x80\x04\x95.", "a pickle, which is not read here.* pandapower.to_json"),
    "pandapower 1": (
        pandapower_json(version="1.6.0", format_version="1.6"),
        "pandapower .*1.6.*counted in kW",
    ),
}


@pytest.mark.parametrize(("content", "says"), OTHERS.values(), ids=OTHERS)
def test_what_is_no_network_here_is_called_by_its_name_with_the_way_out(content: bytes, says: str) -> None:
    with pytest.raises(ImportFileError, match=says):
        read_file(content, "case.json")
