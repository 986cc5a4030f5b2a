"""Hostile tables: too many rows, cells of the wrong kind, rows that lead nowhere."""

import json
from typing import Any

from simulator.tests.feeders import small_feeder_data
from simulator.tests.importing.hostile import READ, Hostile
from simulator.tests.importing.plain_nets import frame, framed, net_tables, pandapower_json


def _with(table: str, column: str, *values: object) -> bytes:
    tables = net_tables()
    tables[table][column] = list(values)
    return pandapower_json(tables)


def _with_frame(table: str, columns: list[Any], index: list[Any], data: object) -> bytes:
    text = json.dumps({"columns": columns, "index": index, "data": data})
    return pandapower_json(**{table: framed(text)})


def _many(table: str, count: int, **row: object) -> bytes:
    return pandapower_json(**{table: frame({name: [value] * count for name, value in row.items()})})


def _many_everywhere() -> bytes:
    row: dict[str, list[object]] = {"bus": [2] * 5_000, "p_mw": [0.001] * 5_000}
    return pandapower_json(**{table: frame(row) for table in ("load", "sgen", "storage", "gen")})


def _large_feeder() -> bytes:
    bus = small_feeder_data()["buses"][0]
    buses = [bus | {"id": f"bus_{at}"} for at in range(2_001)]
    return json.dumps(small_feeder_data() | {"buses": buses}).encode()


def _many_transformers() -> bytes:
    tables = net_tables()
    tables["trafo"] = {name: cells * 1_000 for name, cells in (tables["trafo"] | {"parallel": [100]}).items()}
    return pandapower_json(tables)


FILES = {
    "text_for_a_number": Hostile(
        lambda: _with("line", "length_km", "long"), "column length_km: “long” is no"
    ),
    "number_as_text": Hostile(
        lambda: _with("line", "length_km", "0.1"), "column length_km: “0.1” is not a number"
    ),
    "truth_for_a_number": Hostile(lambda: _with("line", "length_km", True), "“True” is not a number"),
    "list_for_a_number": Hostile(lambda: _with("line", "length_km", [0.1]), "“[0.1]” is not a number"),
    "number_for_a_truth": Hostile(lambda: _with("line", "in_service", 2), "neither true nor false"),
    "half_a_bus": Hostile(
        lambda: _with("line", "from_bus", 1.5), "column from_bus: “1.5” is not a whole number"
    ),
    "bus_that_is_nowhere": Hostile(lambda: _with("line", "from_bus", 99), "there is no bus 99"),
    "bus_of_minus_one": Hostile(
        lambda: _with("load", "bus", 2, -1), "table load, row 2, column bus: there is no"
    ),
    "switch_at_nothing": Hostile(lambda: _with("switch", "element", 7), "there is no line 7"),
    "switch_of_no_kind": Hostile(lambda: _with("switch", "et", "os.system"), "“os.system” is none of b, l"),
    "a_billion_transformers_in_parallel": Hostile(
        lambda: _with("trafo", "parallel", 10**9), "“1000000000” is not a number from 1 to 100"
    ),
    "none_in_parallel": Hostile(lambda: _with("trafo", "parallel", 0), "“0” is not a number from 1 to 100"),
    "a_hundred_thousand_transformers": Hostile(_many_transformers, "100,000 rows; at most 5,000"),
    "needed_cell_missing": Hostile(lambda: _with("line", "length_km", None), "is needed here"),
    "line_to_itself": Hostile(lambda: _with("line", "to_bus", 1), READ),
    "index_of_text": Hostile(
        lambda: _with_frame("bus", ["vn_kv"], ["a"], [[0.4]]), "index: “a” is not a number"
    ),
    "index_twice": Hostile(lambda: _with_frame("bus", ["vn_kv"], [1, 1], [[0.4], [0.4]]), "there twice"),
    "column_twice": Hostile(
        lambda: _with_frame("bus", ["vn_kv", "vn_kv"], [1], [[0.4, 0.4]]), "the column “vn_kv” is there twice"
    ),
    "column_of_no_name": Hostile(lambda: _with_frame("bus", [7], [1], [[0.4]]), "a value is needed"),
    "columns_without_end": Hostile(
        lambda: _with_frame("bus", [f"c{at}" for at in range(201)], [1], [[1] * 201]),
        "201 columns; at most 200",
    ),
    "row_too_short": Hostile(
        lambda: _with_frame("bus", ["vn_kv", "name"], [1], [[0.4]]), "row 1: not 2 values"
    ),
    "rows_of_text": Hostile(
        lambda: _with_frame("bus", ["vn_kv"], [1], ["4"]), "table bus, row 1: not 1 values"
    ),
    "rows_without_index": Hostile(
        lambda: _with_frame("bus", ["vn_kv"], [], [[0.4]]), "do not fit each other"
    ),
    "data_of_text": Hostile(lambda: _with_frame("bus", ["vn_kv"], [1], "x"), "table bus: "),
    "no_buses": Hostile(lambda: _with_frame("bus", ["vn_kv"], [], []), "there are no buses"),
    "too_many_loads": Hostile(lambda: _many("load", 5_001, bus=2, p_mw=0.001), "5,001 rows; at most 5,000"),
    "too_many_buses": Hostile(lambda: _many("bus", 2_001, vn_kv=0.4), "2,001 rows; at most 2,000"),
    "too_many_rows_in_all": Hostile(_many_everywhere, "more than 20,000 rows"),
    "too_many_buses_in_a_feeder": Hostile(_large_feeder, "buses: 2,001 entries; at most 2,000"),
    "long_name_in_a_feeder": Hostile(
        lambda: json.dumps(small_feeder_data() | {"archetype": "x" * 4_000_000}).encode(),
        READ,
    ),
    "escape_in_a_feeder": Hostile(
        lambda: json.dumps(small_feeder_data() | {"description": "a\x1b[2J"}).encode(), "do not show"
    ),
    "kilowatts_of_the_first_release": Hostile(lambda: pandapower_json(version="1.6.1"), "counted in kW"),
    "point_of_text": Hostile(lambda: _with("bus", "geo", "here", None, None), READ),
    "point_of_code": Hostile(
        lambda: _with("bus", "geo", '{"_module": "os", "_class": "system"}', None, None), READ
    ),
}
