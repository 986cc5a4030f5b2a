"""Hostile JSON: names of code, bombs of depth and size, keys twice, no numbers, other encodings."""

import gzip
import json
import pickle

from simulator.tests.feeders import small_feeder_data
from simulator.tests.importing.hostile import READ, Hostile
from simulator.tests.importing.plain_nets import framed, net_tables, pandapower_data, pandapower_json

FULL = 4_900_000  # bytes: as large as a file may be, nearly


def _code(module: str, name: str, content: object) -> dict[str, object]:
    return {"_module": module, "_class": name, "_object": content}


def _data(data: object) -> bytes:
    return json.dumps(data).encode()


def _net_with_name(name: object) -> bytes:
    tables = net_tables()
    tables["bus"]["name"][0] = name
    return pandapower_json(tables)


def _replaced(old: str, new: str) -> bytes:
    """Return the net with a piece of its nested tables exchanged."""
    text = pandapower_json().decode()
    assert old in text, old
    return text.replace(old, new, 1).encode()


def _nested_net(text: object) -> bytes:
    return _data(_code("pandapower.auxiliary", "pandapowerNet", text))


def _filled(begin: str, piece: str, end: str) -> bytes:
    return (begin + piece * ((FULL - len(begin) - len(end)) // len(piece)) + end).encode()


def _drawn(count: int) -> bytes:
    """Return a net whose buses are a GeoDataFrame with other columns for each."""
    features = [{"id": str(at), "properties": {f"p{at}": 1, "vn_kv": 0.4}} for at in range(count)]
    collection = json.dumps({"type": "FeatureCollection", "features": features})
    return pandapower_json(bus=_code("geopandas.geodataframe", "GeoDataFrame", collection))


CODE = {
    "os_system_as_table": Hostile(
        lambda: pandapower_json(load=_code("os", "system", "touch /tmp/owned")), "“system” is not a table"
    ),
    "os_system_as_net": Hostile(
        lambda: _data(_code("os", "system", "id") | {"bus": {}}), "“system” is not a pandapower net"
    ),
    "eval_as_cell": Hostile(lambda: _net_with_name(_code("builtins", "eval", "__import__('os')")), READ),
    "import_of_any_module": Hostile(
        lambda: pandapower_json(bus=_code("antigravity", "DataFrame", "{}")), "“DataFrame” is not a table"
    ),
    "subprocess_as_controller": Hostile(
        lambda: pandapower_json(controller=_code("subprocess", "Popen", ["id"])), READ
    ),
    "pickle_in_an_unknown_table": Hostile(
        lambda: pandapower_json(extra=_code("pickle", "loads", "cos\nsystem\n(S'id'\ntR.")), READ
    ),
    "numpy_zeros_of_gigabytes": Hostile(
        lambda: pandapower_json(load=_code("numpy", "zeros", [10**9])), "“zeros” is not a table"
    ),
    "table_is_a_path": Hostile(lambda: pandapower_json(bus=framed("/etc/passwd")), "table bus, line 1"),
    "table_is_a_json_path": Hostile(
        lambda: pandapower_json(bus=framed("/srv/site/data/secret.json")), "not valid JSON"
    ),
    "table_is_an_address": Hostile(
        lambda: pandapower_json(bus=framed("http://127.0.0.1:8000/api/feeders.json")), "not valid JSON"
    ),
    "net_is_a_path": Hostile(lambda: _nested_net("/etc/passwd"), "_object, line 1, column 1"),
    "net_within_a_net": Hostile(
        lambda: _nested_net(json.dumps(pandapower_data())), "a net within a net is not read"
    ),
    "index_names_evaluated_as_literals": Hostile(
        lambda: pandapower_json(bus=framed("{}") | {"is_multiindex": True}), "more than one name"
    ),
    "unknown_orientation": Hostile(
        lambda: pandapower_json(bus=framed("{}") | {"orient": "table"}), "“table” is not read"
    ),
    "reference_to_itself": Hostile(lambda: pandapower_json(bus={"$ref": "#/bus"}), "its rows are not"),
    "dunder_keys_in_a_feeder": Hostile(
        lambda: _data(small_feeder_data() | {"__class__": "os.system"}), "__class__: Extra inputs"
    ),
}

BOMBS = {
    "depth_of_millions": Hostile(lambda: b"[" * FULL, "more than 100,000 lists"),
    "depth_of_thirteen": Hostile(
        lambda: b'{"bus":' + b"[" * 12 + b"]" * 12 + b"}", "nested more than 12 deep"
    ),
    "depth_in_a_table": Hostile(
        lambda: pandapower_json(bus=framed("[" * 90_000 + "]" * 90_000)), "table bus: nested more than 12"
    ),
    "depth_in_a_point": Hostile(
        lambda: _replaced('\\\\\\"type\\\\\\":', "[" * 50 + '\\\\\\"type\\\\\\":'), READ
    ),
    "brackets_within_names": Hostile(lambda: _net_with_name('[[[[{{{{"\\[[[[[[[['), READ),
    "millions_of_lists": Hostile(lambda: _filled("[", "[],", "[]]"), "more than 300,000 values"),
    "millions_of_numbers": Hostile(lambda: _filled("[", "1.5,", "1]"), "more than 300,000 values"),
    "millions_of_strings": Hostile(lambda: _filled("[", '"",', '""]'), "more than 300,000 strings"),
    "millions_of_keys": Hostile(
        ("{" + ",".join(f'"{at}":1' for at in range(450_000)) + "}").encode, "more than 300,000"
    ),
    "the_last_of_many_keys_twice": Hostile(
        ("{" + ",".join(f'"{at}":1' for at in (*range(140_000), 139_999)) + "}").encode, "“139999” stands"
    ),
    "a_new_property_each_time": Hostile(lambda: _drawn(5_000), "columns; at most 200"),
    "as_many_keys_as_are_taken": Hostile(
        ("{" + ",".join(f'"{at:025}":{at}.5' for at in range(130_000)) + "}").encode, "not a network"
    ),
    "wide_characters": Hostile(
        lambda: _filled('{"bus":{"\N{GRINNING FACE}":"', "ab", '"}}'), "its rows are not"
    ),
    "one_long_name": Hostile(lambda: _net_with_name("x" * FULL), READ),
    "escapes_without_end": Hostile(lambda: _filled('{"bus":"', '\\"', ""), "not valid JSON: Unterminated"),
    "too_large": Hostile(lambda: b" " * 5_000_001, "5,000,001 bytes; at most 5,000,000"),
    "ten_thousand_tables": Hostile(
        lambda: _nested_net({f"table_{at}": {"a": {"0": 1}} for at in range(10_000)}),
        "entries; at most",
    ),
}

NUMBERS = {
    "not_a_number": Hostile(lambda: pandapower_json(f_hz=float("nan")), READ),
    "infinity_in_a_table": Hostile(lambda: _replaced("0.208", "-Infinity"), "-Infinity is not a number"),
    "overflow_to_infinity": Hostile(lambda: _replaced("0.208", "1e999"), "Infinity is"),
    "whole_number_of_100_000_digits": Hostile(lambda: _replaced("0.208", "9" * 100_000), "Infinity is"),
    "fraction_of_100_000_digits": Hostile(lambda: _replaced("0.208", "0." + "1" * 100_000), "is needed here"),
    "beyond_exact_whole_numbers": Hostile(lambda: _replaced("0.208", str(2**53 + 1)), "not a number that a"),
    "absurd_but_finite": Hostile(lambda: _replaced("0.208", "1e300"), "not a number that a"),
    "key_twice": Hostile(lambda: b'{"bus": {}, "bus": {}}', "the key “bus” stands there twice"),
    "key_twice_in_a_table": Hostile(
        lambda: pandapower_json(bus=framed('{"columns":[],"index":[],"data":[],"index":[]}')),
        "“index” stands",
    ),
}

TEXTS = {
    "half_a_character_in_a_name": Hostile(lambda: _net_with_name("\ud800"), "characters that do not show"),
    "half_a_character_in_a_table": Hostile(
        lambda: pandapower_json(bus=framed("\ud800")), "the text holds half a character"
    ),
    "nul_in_a_name": Hostile(lambda: _net_with_name("bus\0.exe"), "characters that do not show"),
    "nul_bytes_in_the_file": Hostile(
        lambda: pandapower_json().replace(b"street", b"str\0et"), "control char"
    ),
    "terminal_escape_in_a_name": Hostile(lambda: _net_with_name("\x1b]0;owned\x07"), "do not show"),
    "turned_direction_in_a_name": Hostile(lambda: _net_with_name("\u202egnp.exe"), "do not show"),
    "markup_in_a_name": Hostile(lambda: _net_with_name("<script>alert(1)</script>"), READ),
    "formula_in_a_name": Hostile(lambda: _net_with_name("=cmd|' /C calc'!A0"), READ),
    "byte_order_mark": Hostile(lambda: b"\xef\xbb\xbf" + pandapower_json(), READ),
    "utf_16": Hostile(lambda: pandapower_json().decode().encode("utf-16"), "not in UTF-8"),
    "utf_32_without_mark": Hostile(lambda: pandapower_json().decode().encode("utf-32-be"), "not in UTF-8"),
    "latin_1": Hostile(lambda: b'{"bus": "Stra\xdfe"}', "whole file, byte 14: the text is not in UTF-8"),
    "overlong_utf_8": Hostile(lambda: b'{"bus": "\xc0\xaf"}', "not in UTF-8"),
}

OTHERS = {
    "nothing": Hostile(lambda: b"", "neither JSON nor a zip file; accepted are"),
    "white_space": Hostile(lambda: b" \n" * 1000, "neither JSON nor a zip file; accepted are"),
    "a_pickle": Hostile(lambda: pickle.dumps({"bus": 1}), "neither JSON nor a zip file"),
    "a_page": Hostile(lambda: b"<!DOCTYPE html><script>1</script>", "neither JSON nor a zip file"),
    "an_old_workbook": Hostile(lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "save it as .xlsx"),
    "a_gzip_bomb": Hostile(lambda: gzip.compress(bytes(10_000_000)), "neither JSON nor a zip file"),
    "a_truncated_net": Hostile(lambda: pandapower_json()[:-20], "not valid JSON"),
    "other_json": Hostile(
        lambda: b'{"type": "FeatureCollection", "features": []}', "JSON, but not a network"
    ),
}

FILES = CODE | BOMBS | NUMBERS | TEXTS | OTHERS
