"""Lines, and switches with an impedance: a file's rows as our own."""

from collections.abc import Iterable
from math import sqrt
from typing import Any

from simulator.importing.naming import Names
from simulator.importing.source import Row
from simulator.importing.supply import Branch
from simulator.importing.tables import Tables, number, text, whole

UNRATED_KA = 10.0  # far above what any low-voltage line carries
SWITCH_R_TO_X = 2.0  # pandapower's own assumption for switches with an impedance
SWITCH_KM = 0.001

BusIds = dict[int, str]


def build_lines(tables: Tables, branches: Iterable[Branch], bus_ids: BusIds) -> list[dict[str, Any]]:
    """Return an area's lines as plain data, and tell what they lost on the way.

    Raises: ImportFileError for a line with reactance alone or with negative values.
    """
    names, lines, rows = Names(), [], []
    for row, one, other in branches:
        is_line = "from_bus" in row
        name = tables.name("line" if is_line else "switch", row)
        values = _line(tables, row) if is_line else _switch(row)
        line_id = names.take(name, f"line_{row['index']}")
        lines.append({"id": line_id, "from": bus_ids[one], "to": bus_ids[other], **values})
        rows.append(row)
    _tell_lines(tables, [row for row in rows if "from_bus" in row])
    switches = [row for row in rows if "from_bus" not in row]
    words = (
        "closed, with an impedance: lines of 1 m with that impedance, twice as much resistance as reactance"
    )
    tables.tell("read", "switch", switches, words, "simplified")
    tables.tell(
        "not_modelled",
        "switch",
        [r for r in switches if not number(r, "in_ka")],
        _unrated_words(),
        "simplified",
    )
    return lines


def _line(tables: Tables, row: Row) -> dict[str, Any]:
    name = tables.name("line", row)
    for column in ("length_km", "r_ohm_per_km", "x_ohm_per_km", "c_nf_per_km"):
        if number(row, column) < 0:
            tables.refuse(name, f"{column} is {number(row, column):g}; it cannot be negative")
    if not number(row, "r_ohm_per_km"):
        tables.refuse(name, "r_ohm_per_km is 0 while x_ohm_per_km is not; a line here has a resistance")
    return {
        "length_km": number(row, "length_km"),
        "std_type": text(row, "std_type") or "not named",
        "r_ohm_per_km": number(row, "r_ohm_per_km"),
        "x_ohm_per_km": number(row, "x_ohm_per_km"),
        "c_nf_per_km": number(row, "c_nf_per_km"),
        "max_i_ka": number(row, "max_i_ka") * number(row, "df", 1.0) or UNRATED_KA,
        "parallel": whole(row, "parallel", 1),
    }


def _switch(row: Row) -> dict[str, Any]:
    x_ohm = number(row, "z_ohm") / sqrt(1 + SWITCH_R_TO_X**2)
    return {
        "length_km": SWITCH_KM,
        "std_type": "switch",
        "r_ohm_per_km": SWITCH_R_TO_X * x_ohm / SWITCH_KM,
        "x_ohm_per_km": x_ohm / SWITCH_KM,
        "c_nf_per_km": 0.0,
        "max_i_ka": number(row, "in_ka") or UNRATED_KA,
        "parallel": 1,
    }


def _tell_lines(tables: Tables, rows: Iterable[Row]) -> None:
    rows = list(rows)
    tables.tell(
        "not_modelled", "line", [r for r in rows if not number(r, "max_i_ka")], _unrated_words(), "simplified"
    )
    leaking = [r for r in rows if number(r, "g_us_per_km")]
    tables.tell("not_modelled", "line", leaking, "their conductance to earth (g_us_per_km) is left out")
    derated = [r for r in rows if number(r, "df", 1.0) != 1]
    tables.tell("read", "line", derated, "their rating times their derating factor df is their rating here")


def _unrated_words() -> str:
    return (
        f"without a current rating: {1000 * UNRATED_KA:,.0f} A is put in, so that they never limit anything"
    )
