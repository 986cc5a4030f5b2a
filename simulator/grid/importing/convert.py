"""A source's tables as feeders: the whole file, and each transformer's network on its own."""

from typing import Any

from simulator.grid.errors import FeederFileError, ImportFileError
from simulator.grid.importing.account import Item
from simulator.grid.importing.branches import build_lines
from simulator.grid.importing.caveats import caveats_of_customers
from simulator.grid.importing.coordinates import place_buses
from simulator.grid.importing.customers import build_customers, tell_customers
from simulator.grid.importing.merging import Nodes, merge_buses, without
from simulator.grid.importing.naming import LONGEST, Names, fit, slug
from simulator.grid.importing.parts import WHOLE, Part, find_parts, upper_kv
from simulator.grid.importing.source import Choice, Row, Source
from simulator.grid.importing.supply import Area, Supply, find_supply
from simulator.grid.importing.tables import Tables, number
from simulator.grid.importing.taps import read_plate
from simulator.grid.importing.transformers import Plates, build_transformers, tell_transformers
from simulator.grid.reading import parse_feeder
from simulator.grid.schema import Feeder

MOST_NAMED = 50  # of the transformers that another part of the file has
KINDS = {"buses": "bus", "lines": "line", "transformers": "transformer", "customers": "customer"}
ORDER = ("read", "merged", "dropped", "not_modelled")


def convert(source: Source) -> tuple[Choice, ...]:
    """Return the feeders that a file holds: the whole first, where one feeder can be the whole.

    Raises: ImportFileError for no source or several, islands that carry load, several low voltages in one
        network, and whatever makes no valid feeder; it names the elements.
    """
    if source.feeder:
        return (_own(source.feeder, source.items),)
    tables = Tables(source)
    nodes = merge_buses(tables)
    supply = find_supply(tables, nodes)
    plates = {row["index"]: read_plate(tables, row) for row in tables.rows("trafo")}
    tell_transformers(tables, [row for area in supply.areas for row in area.transformers], plates)
    tell_customers(tables, nodes)
    return tuple(_choice(tables, nodes, supply, plates, part) for part in find_parts(tables, nodes, supply))


def _choice(tables: Tables, nodes: Nodes, supply: Supply, plates: Plates, part: Part) -> Choice:
    source, own, area = tables.source, Tables(tables.source), part.area
    feeder = _feeder(own, nodes, supply.source, plates, part)
    told = [*_read(source), *source.items, *tables.items, *own.items, *_elsewhere(tables, supply, area)]
    told.sort(key=lambda item: ORDER.index(item.outcome))
    what = "Whole file" if part.key == WHOLE else tables.name("trafo", area.transformers[0])
    return Choice(part.key, _title(what, feeder), feeder, tuple(told))


def bus_ids(tables: Tables, nodes: Nodes, area: Area) -> dict[int, str]:
    """Return the id of each of an area's nodes."""
    names = Names()
    rows = [(node, nodes.bus[node]) for node in area.nodes]
    return {node: names.take(tables.name("bus", row), f"bus_{row['index']}") for node, row in rows}


def _own(feeder: Feeder, items: tuple[Item, ...]) -> Choice:
    counts = {
        "bus": feeder.buses,
        "line": feeder.lines,
        "trafo": feeder.transformers,
        "load": feeder.customers,
    }
    read = tuple(Item("read", table, (), _count(len(rows))) for table, rows in counts.items())
    return Choice(WHOLE, _title("Whole file", feeder), feeder, (*read, *items))


def _read(source: Source) -> list[Item]:
    told = {
        table: rows for table, rows in source.tables.items() if table not in ("parameters", "bus_geodata")
    }
    return [Item("read", table, (), _count(len(rows))) for table, rows in told.items() if rows]


def _count(rows: int) -> str:
    return f"{rows} read"


def _elsewhere(tables: Tables, supply: Supply, area: Area) -> list[Item]:
    every = [row for other in supply.areas for row in other.transformers]
    rows = without(every, area.transformers)
    names = tuple(tables.name("trafo", row) for row in rows[:MOST_NAMED])
    more = f", and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
    words = f"with all that they feed{more}: feeders of their own in this file, and no part of this one"
    return [Item("dropped", "trafo", names, words)] if names else []


def _feeder(tables: Tables, nodes: Nodes, source: Row, plates: Plates, part: Part) -> Feeder:
    area = part.area
    ids = bus_ids(tables, nodes, area)
    lines = build_lines(tables, part.branches, ids)
    transformers = build_transformers(tables, nodes, area, ids, plates)
    _refuse_other_levels(tables, nodes, area)
    roots = list(dict.fromkeys(t["lv_bus"] for t in transformers))
    places, said = place_buses(tables, nodes, ids, roots, lines)
    tables.items.append(said)
    customers = build_customers(tables, part.loads, part.roofs, ids)
    if not any(customer["pv_kwp"] for customer in customers):
        words = "the file has no PV: every customer's potential is 0 kWp, so that PV adoption changes nothing"
        tables.items.append(Item("not_modelled", "sgen", (), words, "simplified"))
    _tell_export(tables, part)
    data = {
        "schema_version": 1,
        **_titles(tables.source, part.key),
        "base_kv": nodes.vn_kv(area.nodes[0]),
        "transformer_kva": sum(t["sn_kva"] for t in transformers),
        "source": {"vn_kv": upper_kv(nodes, area), "vm_pu": number(source, "vm_pu", 1.0)},
        "transformers": transformers,
        "buses": [{"id": bus, **places[bus]} for bus in ids.values()],
        "lines": lines,
        "customers": customers,
        "caveats": caveats_of_customers(part.loads, part.roofs),
    }
    return _parse(data, tables.source.file)


def _tell_export(tables: Tables, part: Part) -> None:
    """Say that a part exports in the file's own state: that is how it was designed, and no mistake."""
    fed, drawn = (sum(power.p_kw for power in powers) for powers in (part.roofs, part.loads))
    if fed > drawn:
        words = (
            f"feeds in {fed:.4g} kW and draws {drawn:.4g} kW in the file's own state: it exports by design"
        )
        tables.items.append(Item("read", "load", (), words, "simplified"))


def _refuse_other_levels(tables: Tables, nodes: Nodes, area: Area) -> None:
    ends = [(tables.name("trafo", row), nodes.at(row, "hv_bus")) for row in area.transformers]
    high = {name: nodes.vn_kv(node) for name, node in ends if node is not None}
    if len({round(kv, 6) for kv in high.values()}) > 1:
        said = ", ".join(f"{name} at {kv:g} kV" for name, kv in high.items())
        tables.refuse("trafo", f"one network is fed from several upper voltages ({said}); a feeder has one")


def _titles(source: Source, key: str) -> dict[str, str]:
    stem, ending = slug(source.file), "" if key == WHOLE else f"-{fit(key).lower().replace('.', '_')}"
    shown = "".join(c for c in source.file.rsplit(".", 1)[0] if c.isprintable()) or "Imported feeder"
    return {
        "feeder_id": (stem[: max(LONGEST - len(ending), 8)] + ending)[:LONGEST],
        "name": (shown if key == WHOLE else f"{shown[:60]}: {key}")[:120],
        "archetype": f"imported: {source.format}",
        "description": f"Imported from {source.format}, file {source.file[:200]}.",
    }


def _parse(data: dict[str, Any], file: str) -> Feeder:
    """Return the feeder; what makes it none is named as the file names it."""
    try:
        return parse_feeder(data, file)
    except FeederFileError as error:
        kind, *rest = error.place.split(".")
        if rest and rest[0].isdigit() and kind in KINDS:
            element = data[kind][int(rest[0])]["id"]
            raise ImportFileError(file, " ".join([KINDS[kind], element, *rest[1:]]), error.reason) from error
        raise ImportFileError(file, error.place, error.reason) from error


def _title(what: str, feeder: Feeder) -> str:
    buses, customers = len(feeder.buses), len(feeder.customers)
    counts = [
        f"{len(feeder.transformers)} transformers" if len(feeder.transformers) > 1 else "",
        "1 bus" if buses == 1 else f"{buses} buses",
        "1 customer" if customers == 1 else f"{customers} customers",
    ]
    return f"{what}: {', '.join(filter(None, counts))}"
