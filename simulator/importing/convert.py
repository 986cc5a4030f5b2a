"""A source's tables as feeders: the whole file, and each network in it on its own."""

from simulator.grid.errors import ImportFileError
from simulator.grid.schema import Feeder
from simulator.importing.building import Network, build_feeder
from simulator.importing.customers_told import tell_customers
from simulator.importing.import_log import Item
from simulator.importing.merging import merge_buses, without
from simulator.importing.parts import WHOLE, Part, find_parts
from simulator.importing.plates import read_plate
from simulator.importing.plausible import doubt
from simulator.importing.source import Choice, Source
from simulator.importing.supply import find_supply
from simulator.importing.tables import Tables
from simulator.importing.transformers import tell_transformers
from simulator.importing.upstream import SolveGrid, find_upstream
from simulator.importing.upstream_words import above_words, tell_controls_above

MAX_NAMED = 50  # of the transformers that another part of the file has
ORDER = ("read", "merged", "dropped", "not_modelled")


def convert(source: Source, solve: SolveGrid | None = None) -> tuple[Choice, ...]:
    """Return the feeders that a file holds: the whole first, where one feeder can be the whole.

    ``solve`` gives the voltages above the transformers where they are not a source's own; without it the
    source's are taken, and said to be. Parts that make no valid feeder are told and left out.

    Raises: ImportFileError for no source, no low voltage that it feeds, or where no part makes a valid
        feeder; it names the elements.
    """
    if source.feeder:
        return (_own(source.feeder, source),)
    tables = Tables(source)
    nodes = merge_buses(tables)
    supply = find_supply(tables, nodes)
    plates = {row["index"]: read_plate(tables, row) for row in tables.rows("trafo")}
    upstream = find_upstream(tables, nodes, supply, plates, solve)
    tell_transformers(tables, supply.transformers, plates, {each.trafo for each in upstream.controls})
    tell_controls_above(tables, upstream, supply.transformers)
    tell_customers(tables, nodes, above_words(upstream))
    return _choices(tables, Network(nodes, supply, upstream))


def _choices(tables: Tables, network: Network) -> tuple[Choice, ...]:
    """Return the parts that make feeders; what keeps the others from it is told with each.

    Raises: ImportFileError of the first part, where none makes a feeder.
    """
    built: list[tuple[Part, Feeder, Tables]] = []
    errors: list[tuple[Part, ImportFileError]] = []
    for part in find_parts(tables, network.nodes, network.supply):
        own = Tables(tables.source)
        try:
            built.append((part, build_feeder(own, network, part), own))
        except ImportFileError as error:
            errors.append((part, error))
    if not built:
        raise errors[0][1]
    for part, refusal in errors:
        words = f"no feeder of its own here, {refusal.place}: {refusal.reason}"
        name = "the whole file" if part.key == WHOLE else part.name(tables)
        tables.items.append(Item("not_modelled", "trafo", (name,), words, "simplified"))
    return tuple(_choice(tables, network, *each) for each in built)


def _choice(tables: Tables, network: Network, part: Part, feeder: Feeder, own: Tables) -> Choice:
    source, elsewhere = tables.source, _elsewhere(tables, network, part)
    feeder, doubts = doubt(feeder, source.format)
    told = [*_read(source), *source.items, *tables.items, *own.items, *doubts, *elsewhere]
    told.sort(key=lambda item: ORDER.index(item.outcome))
    what = "Whole file" if part.key == WHOLE else part.name(tables)
    return Choice(part.key, _title(what, feeder), feeder, tuple(told))


def _own(feeder: Feeder, source: Source) -> Choice:
    counts = {
        "bus": feeder.buses,
        "line": feeder.lines,
        "trafo": feeder.transformers,
        "load": feeder.customers,
    }
    read = tuple(Item("read", table, (), _count(len(rows))) for table, rows in counts.items())
    feeder, doubts = doubt(feeder, source.format)
    return Choice(WHOLE, _title("Whole file", feeder), feeder, (*read, *source.items, *doubts))


def _read(source: Source) -> list[Item]:
    told = {
        table: rows for table, rows in source.tables.items() if table not in ("parameters", "bus_geodata")
    }
    return [Item("read", table, (), _count(len(rows))) for table, rows in told.items() if rows]


def _count(rows: int) -> str:
    return f"{rows} read" if rows else "none in the file"


def _elsewhere(tables: Tables, network: Network, part: Part) -> list[Item]:
    rows = without(network.supply.transformers, part.area.transformers)
    names = [tables.name("trafo", row) for row in rows[:MAX_NAMED]]
    sources = [a.source for a in network.supply.areas if a.source and a.source != part.area.source]
    names += [tables.name(each.table, each.row) for each in sources[: MAX_NAMED - len(names)]]
    left = len(rows) + len(sources) - len(names)
    more = f", and {left} more" if left else ""
    words = f"with all that they feed{more}: feeders of their own in this file, and no part of this one"
    return [Item("dropped", "trafo", tuple(names), words)] if names else []


def _title(what: str, feeder: Feeder) -> str:
    buses, customers = len(feeder.buses), len(feeder.customers)
    counts = [
        f"{len(feeder.transformers)} transformers" if len(feeder.transformers) > 1 else "",
        "1 bus" if buses == 1 else f"{buses} buses",
        "1 customer" if customers == 1 else f"{customers} customers",
    ]
    return f"{what}: {', '.join(filter(None, counts))}"
