"""Transformers: a file's rows as our own, with their taps as pandapower reads them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from simulator.importing.branches import BusIds
from simulator.importing.import_log import Outcome  # noqa: TC001
from simulator.importing.merging import Nodes
from simulator.importing.naming import Names
from simulator.importing.plates import Plate
from simulator.importing.source import Cell, Row
from simulator.importing.supply import Area
from simulator.importing.tables import Tables, number, whole

MISSING = {
    "pfe_kw": "no iron losses",
    "i0_percent": "no magnetising current",
    "shift_degree": "no phase shift",
}

Plates = Mapping[Cell, Plate]


def build_transformers(
    tables: Tables, nodes: Nodes, area: Area, bus_ids: BusIds, plates: Plates
) -> list[dict[str, Any]]:
    """Return an area's transformers as plain data; those in parallel one by one."""
    names, transformers = Names(), []
    for row in area.transformers:
        node, name, plate = nodes.at(row, "lv_bus"), tables.name("trafo", row), plates[row["index"]]
        values = {**plate.values, "tap": plate.tap, "lv_bus": bus_ids[node if node is not None else -1]}
        count = max(whole(row, "parallel", 1), 1)
        transformers += [{"id": names.take(name, f"trafo_{row['index']}"), **values} for _ in range(count)]
    return transformers


def tell_transformers(
    tables: Tables, rows: Iterable[Row], plates: Plates, controlled: Collection[Cell]
) -> None:
    """Tell what the transformers lose on the way; ``controlled`` have a controller that was read."""
    rows = list(rows)
    said = dict.fromkeys(each for row in rows for each in plates[row["index"]].said)
    for weight, words in said:
        outcome: Outcome = "not_modelled" if weight == "changes_results" else "read"
        tables.tell(
            outcome, "trafo", [r for r in rows if (weight, words) in plates[r["index"]].said], words, weight
        )
    free = [r for r in rows if r.get("oltc") is True and r["index"] not in controlled]
    words = "tap changers that move under load, without a controller in the file: they stay where they stand"
    tables.tell("not_modelled", "trafo", free, words)
    derated = [r for r in rows if number(r, "df", 1.0) != 1]
    tables.tell("not_modelled", "trafo", derated, "the derating factor df: the rating is the nameplate's")
    parallel = [r for r in rows if whole(r, "parallel", 1) > 1]
    words = "several in parallel: each is a transformer of its own here"
    tables.tell("read", "trafo", parallel, words, "simplified")
    for column, words in MISSING.items():
        missing = [r for r in rows if r.get(column) is None]
        tables.tell("not_modelled", "trafo", missing, f"no {column} in the file: {words}")
