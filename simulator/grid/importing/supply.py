"""What feeds what: the source, the transformers to low voltage, and the low-voltage network of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.grid.importing.merging import Groups, Nodes, without
from simulator.grid.importing.source import Row
from simulator.grid.importing.tables import LOW_VOLTAGE_KV, Tables, in_service, number

CARRYING = ("load", "asymmetric_load", "sgen", "asymmetric_sgen", "storage", "gen", "motor")
SEVERAL = 1e-6  # voltages that differ by more, as a share, are two levels


@dataclass(frozen=True)
class Area:
    """A low-voltage network that hangs together, with the transformers that feed it.

    ``nodes`` are in the file's order, the transformers' busbars first.
    """

    nodes: tuple[int, ...]
    transformers: tuple[Row, ...]


@dataclass(frozen=True)
class Supply:
    """The source's row and the areas that it feeds through transformers."""

    source: Row
    areas: tuple[Area, ...]


Branch = tuple[Row, int, int]


def find_supply(tables: Tables, nodes: Nodes) -> Supply:
    """Return what the file's source feeds.

    Raises: ImportFileError for no source, several, one at low voltage, no transformer, or an island that
        carries load.
    """
    source = _source(tables, nodes)
    transformers = _transformers(tables, nodes, source)
    areas = tuple(_areas(tables, nodes, transformers))
    _tell_high_voltage(tables, nodes, source, transformers)
    return Supply(source, areas)


def _source(tables: Tables, nodes: Nodes) -> Row:
    sources = [
        (table, row)
        for table in ("ext_grid", "gen")
        for row in tables.rows(table)
        if in_service(row) and nodes.at(row) is not None and (table == "ext_grid" or row.get("slack") is True)
    ]
    names = ", ".join(tables.name(*each) for each in sources[:8])
    if not sources:
        tables.refuse("ext_grid", "the network has no source: no external grid is in service at a live bus")
    if len(sources) > 1:
        tables.refuse("ext_grid", f"the network has {len(sources)} sources ({names}); a feeder here has one")
    table, row = sources[0]
    node = nodes.at(row)
    if node is not None and nodes.vn_kv(node) <= LOW_VOLTAGE_KV:
        kv = nodes.vn_kv(node)
        tables.refuse(table, f"{names} is at {kv:g} kV; a feeder here begins at a transformer's upper side")
    return row


def _transformers(tables: Tables, nodes: Nodes, source: Row) -> tuple[Row, ...]:
    """Return the transformers that bring low voltage, of those that the source reaches."""
    rows = tables.rows("trafo")
    tables.tell("dropped", "trafo", [r for r in rows if not in_service(r)], "out of service")
    switched = [r for r in rows if in_service(r) and r["index"] in nodes.open_.get("trafo", ())]
    tables.tell("dropped", "trafo", switched, "opened by a switch")
    closed = [r for r in rows if nodes.closed("trafo", r, "hv_bus", "lv_bus")]
    cut = without(rows, switched, closed)
    tables.tell("dropped", "trafo", cut, "at a bus that is out of service, or that the file does not have")
    reached = _reached(tables, nodes, source)
    low = [r for r in closed if not _is_low(nodes, r, "hv_bus") and _is_low(nodes, r, "lv_bus")]
    dead = [r for r in low if nodes.at(r, "hv_bus") not in reached]
    tables.tell("dropped", "trafo", dead, "no source reaches their upper side")
    both = [r for r in closed if _is_low(nodes, r, "hv_bus")]
    tables.tell("not_modelled", "trafo", both, "between two low voltages: what lies behind has another level")
    fed = tuple(without(low, dead))
    if not fed:
        tables.refuse("trafo", "no transformer in service joins the source to a low voltage of at most 1 kV")
    return fed


def _is_low(nodes: Nodes, row: Row, column: str) -> bool:
    node = nodes.at(row, column)
    return node is not None and nodes.vn_kv(node) <= LOW_VOLTAGE_KV


def _reached(tables: Tables, nodes: Nodes, source: Row) -> set[int]:
    """Return the nodes above low voltage that the source reaches without passing through low voltage."""
    branches = {"trafo": ("hv_bus", "lv_bus"), "impedance": ("from_bus", "to_bus")}
    ends = [(nodes.at(r, "from_bus"), nodes.at(r, "to_bus")) for r in nodes.lines]
    ends += [(nodes.at(r), nodes.at(r, "element")) for r in nodes.links]
    for table, (one, other) in branches.items():
        rows = [r for r in tables.rows(table) if nodes.closed(table, r, one, other)]
        ends += [(nodes.at(r, one), nodes.at(r, other)) for r in rows]
    three = [r for r in tables.rows("trafo3w") if nodes.closed("trafo3w", r, "hv_bus")]
    ends += [(nodes.at(r, "hv_bus"), nodes.at(r, side)) for r in three for side in ("mv_bus", "lv_bus")]
    groups = Groups(node for node in nodes.members if nodes.vn_kv(node) > LOW_VOLTAGE_KV)
    for one_end, other_end in ends:
        if one_end is not None and other_end is not None and one_end in groups and other_end in groups:
            groups.join(one_end, other_end)
    start = nodes.at(source)
    return {node for node, members in groups.members().items() if start in members for node in members}


def _areas(tables: Tables, nodes: Nodes, transformers: tuple[Row, ...]) -> Iterator[Area]:
    low = [node for node in nodes.members if nodes.vn_kv(node) <= LOW_VOLTAGE_KV]
    groups = Groups(low)
    for row, one, other in low_branches(nodes):
        kvs = nodes.vn_kv(one), nodes.vn_kv(other)
        if abs(kvs[0] - kvs[1]) > SEVERAL * kvs[0]:
            name = tables.name("line" if "from_bus" in row else "switch", row)
            tables.refuse(name, f"joins {kvs[0]:g} kV and {kvs[1]:g} kV; a feeder here has one low voltage")
        groups.join(one, other)
    feeding: dict[int, list[Row]] = {}
    for row in transformers:
        node = nodes.at(row, "lv_bus")
        feeding.setdefault(groups.find(node if node is not None else -1), []).append(row)
    parts = groups.members()
    _refuse_islands(tables, nodes, [members for head, members in parts.items() if head not in feeding])
    for head, members in parts.items():
        if head in feeding:
            own = feeding[head]
            busbars = [node for node in dict.fromkeys(nodes.at(r, "lv_bus") for r in own) if node is not None]
            yield Area((*busbars, *(node for node in members if node not in busbars)), tuple(own))


def low_branches(nodes: Nodes) -> Iterator[Branch]:
    """Yield the lines, and the switches with an impedance, at low voltage, with the nodes at their ends."""
    branches = [(r, nodes.at(r, "from_bus"), nodes.at(r, "to_bus")) for r in nodes.lines]
    branches += [(r, nodes.at(r), nodes.at(r, "element")) for r in nodes.links]
    for row, one, other in branches:
        if one is None or other is None or one == other:
            continue
        if max(nodes.vn_kv(one), nodes.vn_kv(other)) <= LOW_VOLTAGE_KV:
            yield row, one, other


def _refuse_islands(tables: Tables, nodes: Nodes, islands: list[list[int]]) -> None:
    """Refuse what carries power and is fed by nothing; drop what is fed by nothing and carries none."""
    carrying = {
        node: tables.name(table, row)
        for table in CARRYING
        for row in tables.rows(table)
        if in_service(row) and (node := nodes.at(row)) is not None
    }
    for members in islands:
        loads = [carrying[node] for node in members if node in carrying]
        if loads:
            buses = ", ".join(tables.name("bus", nodes.bus[node]) for node in members[:5])
            more = f" and {len(members) - 5} more" if len(members) > 5 else ""
            what = ", ".join(loads[:3]) + (f" and {len(loads) - 3} more" if len(loads) > 3 else "")
            tables.refuse(
                "bus", f"no source feeds {buses}{more}, which carry {what}: the network has an island"
            )
    idle = [nodes.bus[node] for members in islands for node in members]
    tables.tell("dropped", "bus", idle, "fed by no source, and nothing draws or feeds power there")


def _tell_high_voltage(tables: Tables, nodes: Nodes, source: Row, transformers: tuple[Row, ...]) -> None:
    """Say what lies above low voltage: the ideal source stands for it."""
    high = [r for r in nodes.lines if not _is_low(nodes, r, "from_bus")]
    above = [r for r in tables.rows("trafo") if in_service(r) and nodes.at(r, "lv_bus") is not None]
    above = [r for r in above if not _is_low(nodes, r, "lv_bus")]
    far = [r for r in transformers if nodes.at(r, "hv_bus") != nodes.at(source)]
    vm_pu = number(source, "vm_pu", 1.0)
    words = "the grid above low voltage: an ideal source stands for it"
    buses = [nodes.bus[bus] for members in nodes.members.values() for bus in members]
    buses = [row for row in buses if number(row, "vn_kv") > LOW_VOLTAGE_KV]
    tables.tell("not_modelled", "bus", buses, words, "simplified")
    tables.tell("not_modelled", "line", high, words, "simplified")
    tables.tell("not_modelled", "trafo", above, words, "simplified")
    said = f"the grid's {vm_pu:g} pu stand at their upper side, whatever lies between them and the source"
    tables.tell("not_modelled", "trafo", far, said)
    tables.tell("not_modelled", "trafo3w", tables.rows("trafo3w"), "three windings; left out")
    if source.get("vm_pu") is None:
        tables.tell("not_modelled", "ext_grid", [source], "without a voltage: 1 pu is taken", "simplified")
