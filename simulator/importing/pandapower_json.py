"""pandapower's JSON, read without pandapower: names of modules and classes are compared, never looked up.

Layouts: a ``pandapowerNet`` whose tables are JSON texts within the JSON (orient "split", or "columns" in
older files), the same net as one text within another, and bare tables as dicts, as releases before 2.0 did.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from simulator.importing.bounds import MAX_COLUMNS, MAX_TABLE_ROWS, RefusedError, legible, quoted
from simulator.importing.columns import COLUMNS
from simulator.importing.intake import Intake
from simulator.importing.intake_rules import count_rows, renamed
from simulator.importing.places import point_of
from simulator.importing.plain import parse_json

_NET = ("pandapower.auxiliary", "pandapowerNet")
_FRAMES = (("pandas.core.frame", "DataFrame"), ("pandas", "DataFrame"))
_DRAWN = (("geopandas.geodataframe", "GeoDataFrame"), ("geopandas", "GeoDataFrame"))
_PARAMETERS = ("name", "version", "format_version", "f_hz", "sn_mva")
_MAX_ENTRIES = 1_000
_EMPTY = re.compile(r'("data":\s*\[\]\s*\}|\{\}|^)\s*$')

Frame = tuple[Sequence[Any], Sequence[Any], list[list[Any]]]


def is_pandapower(data: object) -> bool:
    """Whether data from JSON looks like a pandapower net: by its class, or by its table of buses."""
    return isinstance(data, dict) and (data.get("_class") == _NET[1] or isinstance(data.get("bus"), dict))


def read_pandapower(data: dict[str, Any]) -> Intake:
    """Return the tables of a pandapower net.

    Raises:
        RefusedError: another object than a net or a table, or a table that is not as it should be.
    """
    net = _net_of(data)
    if len(net) > _MAX_ENTRIES:
        raise RefusedError("whole file", f"{len(net):,} entries; at most {_MAX_ENTRIES:,} are taken")
    _refuse_old_units(net)
    intake = Intake()
    for name, value in net.items():
        if name in COLUMNS and name != "parameters":
            intake.add_or_leave_out(name, partial(_add_table, intake, name, value))
        elif isinstance(value, dict | list) and _holds_rows(value):
            intake.leave_out_table(legible(name, 60))
    _add_parameters(intake, net)
    return intake


def _add_table(intake: Intake, name: str, value: object) -> None:
    columns, index, rows = _frame(f"table {name}", value)
    count_rows(f"table {name}", name, len(index))
    names, read_from = renamed(name, columns)
    intake.add(name, names, index, [[row[at] for at in read_from] for row in rows])


def _net_of(data: dict[str, Any]) -> dict[str, Any]:
    if "_class" not in data and "_module" not in data:
        return data
    if (data.get("_module"), data.get("_class")) != _NET:
        raise RefusedError("whole file", f"{quoted(data.get('_class'))} is not a pandapower net")
    net = data.get("_object")
    if isinstance(net, str):
        net = parse_json(_encoded(net, "_object"), "_object")
        if isinstance(net, dict) and "_class" in net:
            raise RefusedError("_object", "a net within a net is not read")
    if not isinstance(net, dict):
        raise RefusedError("_object", "the net holds no tables")
    return net


def _refuse_old_units(net: Mapping[str, Any]) -> None:
    for key in ("format_version", "version"):
        version = net.get(key)
        major = str(version).split(".", 1)[0] if isinstance(version, str | int | float) else ""
        if major in ("0", "1"):
            raise RefusedError(
                key, f"pandapower {quoted(str(version))} counted in kW; save the file anew with 2.0 or later"
            )


def _add_parameters(intake: Intake, net: Mapping[str, Any]) -> None:
    given = {name: net[name] for name in _PARAMETERS if name in net}
    plain = {name: value for name, value in given.items() if not isinstance(value, dict | list | bool)}
    intake.add("parameters", list(plain), [0], [list(plain.values())])


def _frame(place: str, value: object) -> Frame:
    """Return columns, index and rows of a table."""
    orient = None
    if isinstance(value, dict) and ("_class" in value or "_module" in value):
        if (value.get("_module"), value.get("_class")) in _DRAWN:
            return _from_features(place, value.get("_object"))
        if (value.get("_module"), value.get("_class")) not in _FRAMES:
            raise RefusedError(place, f"an object of class {quoted(value.get('_class'))} is not a table")
        if value.get("is_multiindex") or value.get("is_multicolumn"):
            raise RefusedError(place, "rows or columns with more than one name are not read")
        orient, value = value.get("orient"), value.get("_object")
        if isinstance(value, str):
            value = parse_json(_encoded(value, place), place)
    if not isinstance(value, dict):
        raise RefusedError(place, "neither a table nor the JSON text of one")
    split = set(value) >= {"columns", "index", "data"} and isinstance(value["data"], list)
    if orient not in ("split", "columns", None) or (orient == "split") > split:
        raise RefusedError(place, f"a table laid out as {quoted(orient)} is not read; split and columns are")
    return _from_split(place, value) if split and orient != "columns" else _from_columns(place, value)


def _from_split(place: str, value: dict[str, Any]) -> Frame:
    columns, index, data = value["columns"], value["index"], value["data"]
    if not isinstance(columns, list) or not isinstance(index, list) or len(index) != len(data):
        raise RefusedError(place, "columns, index and data do not fit each other")
    for number, row in enumerate(data, start=1):
        if not isinstance(row, list) or len(row) != len(columns):
            raise RefusedError(f"{place}, row {number}", f"not {len(columns)} values, one for each column")
    return columns, index, data


def _from_columns(place: str, value: dict[str, Any]) -> Frame:
    """Turn {"column": {"row": cell}} into rows; every column has the same rows."""
    columns = list(value)
    if len(columns) > MAX_COLUMNS:
        raise RefusedError(place, f"{len(columns):,} columns; at most {MAX_COLUMNS} are taken")
    labels = list(value[columns[0]]) if columns and isinstance(value[columns[0]], dict) else []
    for column in columns:
        if not isinstance(value[column], dict) or value[column].keys() != set(labels):
            raise RefusedError(f"{place}, column {quoted(column)}", "its rows are not the first column's")
    return (
        columns,
        [_label(label) for label in labels],
        [[value[column][label] for column in columns] for label in labels],
    )


def _from_features(place: str, value: object) -> Frame:
    """Turn a GeoDataFrame, which is written as GeoJSON, into rows; what it draws becomes geo, x and y."""
    data = parse_json(_encoded(value, place), place) if isinstance(value, str) else value
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or not all(isinstance(each, dict) for each in features):
        raise RefusedError(place, "a GeoDataFrame that is not a collection of features")
    if len(features) > MAX_TABLE_ROWS:
        raise RefusedError(place, f"{len(features):,} rows; at most {MAX_TABLE_ROWS:,} are taken")
    rows = [_of_feature(feature) for feature in features]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if len(columns) > MAX_COLUMNS:
        raise RefusedError(place, f"{len(columns):,} columns; at most {MAX_COLUMNS} are taken")
    labels = [_label(feature.get("id", at)) for at, feature in enumerate(features)]
    return columns, labels, [[row.get(name) for name in columns] for row in rows]


def _of_feature(feature: dict[str, Any]) -> dict[str, Any]:
    properties, geometry = feature.get("properties"), feature.get("geometry")
    row = dict(properties) if isinstance(properties, dict) else {}
    point, _ = point_of(geometry)
    if geometry and not row.get("geo"):
        row["geo"] = geometry
    if point and row.get("x") is None:
        row["x"], row["y"] = point
    return row


def _label(label: object) -> object:
    """Return a row's label as a number where its text is one."""
    text = isinstance(label, str) and label.isascii() and label.isdecimal() and len(label) < 16
    return int(str(label)) if text else label


def _encoded(text: str, place: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise RefusedError(place, "the text holds half a character") from None


def _holds_rows(value: dict[str, Any] | list[Any]) -> bool:
    """Whether something that is not read held anything at all; its text is not parsed to find out."""
    inner = value.get("_object", value) if isinstance(value, dict) else value
    if isinstance(inner, str):
        return not _EMPTY.search(inner[-100:])
    return bool(inner)
