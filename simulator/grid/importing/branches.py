"""Lines and transformers: a file's rows as our own."""

from collections.abc import Callable, Iterable, Iterator
from math import sqrt
from typing import Any

from simulator.grid.importing.merging import Nodes
from simulator.grid.importing.naming import Names
from simulator.grid.importing.source import Row
from simulator.grid.importing.supply import Area, Branch
from simulator.grid.importing.tables import Tables, kilo, number, text, whole

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


def build_transformers(tables: Tables, nodes: Nodes, area: Area, bus_ids: BusIds) -> list[dict[str, Any]]:
    """Return an area's transformers as plain data; those in parallel one by one.

    Raises: ImportFileError for a tap between two positions or outside its range.
    """
    names, transformers = Names(), []
    for row in area.transformers:
        node, name = nodes.at(row, "lv_bus"), tables.name("trafo", row)
        values = {
            **_nameplate(row),
            "tap": _tap(tables, row),
            "lv_bus": bus_ids[node if node is not None else -1],
        }
        count = max(whole(row, "parallel", 1), 1)
        transformers += [{"id": names.take(name, f"trafo_{row['index']}"), **values} for _ in range(count)]
    return transformers


def _nameplate(row: Row) -> dict[str, float]:
    values = ("vn_hv_kv", "vn_lv_kv", "vk_percent", "vkr_percent", "pfe_kw", "i0_percent", "shift_degree")
    return {"sn_kva": kilo(row, "sn_mva"), **{column: number(row, column) for column in values}}


def _tap(tables: Tables, row: Row) -> dict[str, Any] | None:
    side = text(row, "tap_side").lower()
    if side not in ("hv", "lv") or not number(row, "tap_step_percent"):
        return None
    neutral = number(row, "tap_neutral")
    pos = number(row, "tap_pos", neutral) if takes_effect(tables, row) else neutral
    low = number(row, "tap_min", min(pos, neutral))
    high = number(row, "tap_max", max(pos, neutral))
    name = tables.name("trafo", row)
    for words, value in (("tap_pos", pos), ("tap_neutral", neutral), ("tap_min", low), ("tap_max", high)):
        if value != int(value):
            tables.refuse(name, f"{words} is {value:g}; a tap stands at a whole position")
    if not low <= pos <= high:
        tables.refuse(name, f"tap_pos {pos:g} is outside {low:g} to {high:g}")
    step = number(row, "tap_step_percent")
    turned = step < 0  # the same as counting the other way round
    places = [int(-place if turned else place) for place in (pos, neutral, low, high)]
    return {
        "side": side,
        "pos": places[0],
        "neutral": places[1],
        "min": min(places[2:]),
        "max": max(places[2:]),
        "step_percent": abs(step),
    }


def takes_effect(tables: Tables, row: Row) -> bool:
    """Return whether a tap's position changes the ratio.

    As pandapower has it: since 3.0 only for a ``tap_changer_type`` that is a ratio's, before that unless the
    tap shifts the phase. SimBench's tables know ratios alone.
    """
    kind = text(row, "tap_changer_type")
    if kind or "tap_changer_type" in row:
        plain = kind in ("Ratio", "Symmetrical") or (not kind and tables.source.format == "SimBench CSV")
        return plain and not number(row, "tap_step_degree") and row.get("tap_dependency_table") is not True
    return row.get("tap_phase_shifter") is not True and not number(row, "tap_step_degree")


def tell_transformers(tables: Tables, rows: Iterable[Row]) -> None:
    """Tell what the transformers lose on the way."""
    rows = list(rows)
    moved = [r for r in rows if number(r, "tap_pos", number(r, "tap_neutral")) != number(r, "tap_neutral")]
    without = [r for r in moved if not takes_effect(tables, r) or not number(r, "tap_step_percent")]
    tables.tell(
        "not_modelled", "trafo", without, "no plain ratio tap changer: it stands at its neutral position"
    )
    checks: list[tuple[Callable[[Row], object], str]] = [
        (lambda r: r.get("oltc") is True, "the tap changer's control: it stays where it stands"),
        (lambda r: number(r, "df", 1.0) != 1, "the derating factor df: the rating is the nameplate's"),
        (lambda r: r.get("tap_dependency_table") is True, "an impedance that changes with the tap"),
    ]
    for check, words in checks:
        tables.tell("not_modelled", "trafo", [r for r in rows if check(r)], words)
    parallel = [r for r in rows if whole(r, "parallel", 1) > 1]
    words = "several in parallel: each is a transformer of its own here"
    tables.tell("read", "trafo", parallel, words, "simplified")
    _tell_missing(tables, rows)


def _tell_missing(tables: Tables, rows: list[Row]) -> None:
    for column, words in _missing(rows):
        missing = [r for r in rows if r.get(column) is None]
        tables.tell("not_modelled", "trafo", missing, f"no {column} in the file: {words}")


def _missing(rows: list[Row]) -> Iterator[tuple[str, str]]:
    yield "pfe_kw", "no iron losses"
    yield "i0_percent", "no magnetising current"
    yield "shift_degree", "no phase shift"
