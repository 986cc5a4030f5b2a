"""What feeds what: the sources, the transformers to low voltage, and the low-voltage network of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.importing.dead import Dead, Remains, refuse_dead, tell_dead
from simulator.importing.merging import Groups, Nodes, without
from simulator.importing.source import Row
from simulator.importing.tables import LOW_VOLTAGE_KV, Tables, in_service, number

SEVERAL = 1e-6  # voltages that differ by more, as a share, are two levels


@dataclass(frozen=True)
class Origin:
    """A source of the file: an external grid, or a generator that holds the angle."""

    table: str
    row: Row
    node: int

    @property
    def vm_pu(self) -> float:
        """The voltage that it holds in pu."""
        return number(self.row, "vm_pu", 1.0)


@dataclass(frozen=True)
class Area:
    """A low-voltage network that hangs together, with the transformers that feed it.

    ``nodes`` are in the file's order, the busbars first. A ``source`` stands at low voltage in place of them.
    """

    nodes: tuple[int, ...]
    transformers: tuple[Row, ...]
    source: Origin | None = None


@dataclass(frozen=True)
class Supply:
    """The file's sources, the areas that they feed, and the low voltage that none feeds."""

    sources: tuple[Origin, ...]
    areas: tuple[Area, ...]
    dead: tuple[Dead, ...] = ()

    @property
    def transformers(self) -> list[Row]:
        """The transformers of all areas."""
        return [row for area in self.areas for row in area.transformers]


Branch = tuple[Row, int, int]


def find_supply(tables: Tables, nodes: Nodes) -> Supply:
    """Return what the file's sources feed; what none feeds is told and left out.

    Raises: ImportFileError where no source feeds any low voltage, saying why.
    """
    sources = _sources(tables, nodes)
    transformers = _transformers(tables, nodes, sources)
    areas, dead = _areas(tables, nodes, transformers, sources)
    if not areas:
        refuse_dead(tables, nodes, dead)
    tell_dead(tables, nodes, dead)
    _tell_high_voltage(tables, nodes, sources)
    return Supply(sources, areas, dead)


def _sources(tables: Tables, nodes: Nodes) -> tuple[Origin, ...]:
    sources = tuple(
        Origin(table, row, node)
        for table in ("ext_grid", "gen")
        for row in tables.rows(table)
        if in_service(row) and (table == "ext_grid" or row.get("slack") is True)
        if (node := nodes.at(row)) is not None
    )
    if not sources:
        tables.refuse("ext_grid", "the network has no source: no external grid is in service at a live bus")
    unnamed = [each for each in sources if each.row.get("vm_pu") is None]
    for table in ("ext_grid", "gen"):
        rows = [each.row for each in unnamed if each.table == table]
        tables.tell("not_modelled", table, rows, "without a voltage: 1 pu is taken", "simplified")
    return sources


def _transformers(tables: Tables, nodes: Nodes, sources: tuple[Origin, ...]) -> tuple[Row, ...]:
    """Return the transformers that bring low voltage, of those that a source reaches."""
    rows = tables.rows("trafo")
    tables.tell("dropped", "trafo", [r for r in rows if not in_service(r)], "out of service")
    switched = [r for r in rows if in_service(r) and r["index"] in nodes.open_.get("trafo", ())]
    tables.tell("dropped", "trafo", switched, "opened by a switch")
    closed = [r for r in rows if nodes.closed("trafo", r, "hv_bus", "lv_bus")]
    cut = without(rows, switched, closed)
    tables.tell("dropped", "trafo", cut, "at a bus that is out of service, or that the file does not have")
    both = [r for r in closed if nodes.is_low(r, "hv_bus")]
    words = "between two low voltages, as regulators are: left out, with what it does to the voltage"
    tables.tell("not_modelled", "trafo", both, words)
    reached = _reached(tables, nodes, sources)
    low = [r for r in closed if not nodes.is_low(r, "hv_bus") and nodes.is_low(r, "lv_bus")]
    unreached = [r for r in low if nodes.at(r, "hv_bus") not in reached]
    tables.tell("dropped", "trafo", unreached, "no source reaches their upper side")
    return tuple(without(low, unreached))


def _reached(tables: Tables, nodes: Nodes, sources: tuple[Origin, ...]) -> set[int]:
    """Return the nodes above low voltage that a source reaches without passing through low voltage."""
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
    starts = {groups.find(each.node) for each in sources if each.node in groups}
    return {node for head, members in groups.members().items() if head in starts for node in members}


def _areas(
    tables: Tables, nodes: Nodes, transformers: tuple[Row, ...], sources: tuple[Origin, ...]
) -> tuple[tuple[Area, ...], tuple[Dead, ...]]:
    """Return the low-voltage networks that are fed, and those that are not or not as a feeder can be."""
    groups = Groups(node for node in nodes.members if nodes.vn_kv(node) <= LOW_VOLTAGE_KV)
    uneven: dict[int, str] = {}
    for row, one, other in low_branches(nodes):
        kvs = nodes.vn_kv(one), nodes.vn_kv(other)
        if abs(kvs[0] - kvs[1]) > SEVERAL * kvs[0]:
            name = tables.name("line" if "from_bus" in row else "switch", row)
            uneven[one] = f"{name}: joins {kvs[0]:g} kV and {kvs[1]:g} kV; a feeder here has one low voltage"
        groups.join(one, other)
    refused = {groups.find(node): reason for node, reason in uneven.items()}
    feeding: dict[int, list[Row]] = {}
    for row in transformers:
        node = nodes.at(row, "lv_bus")
        feeding.setdefault(groups.find(node if node is not None else -1), []).append(row)
    standing: dict[int, list[Origin]] = {}
    for each in sources:
        if each.node in groups:
            standing.setdefault(groups.find(each.node), []).append(each)
    areas, dead, remains = [], [], Remains(tables, nodes)
    for head, members in groups.members().items():
        own, at_low = feeding.get(head, []), standing.get(head, [])
        reason = refused.get(head) or _too_many(tables, own, at_low)
        if reason or not (own or at_low):
            dead.append(remains.take(members, reason))
        else:
            areas.append(_area(nodes, members, own, at_low))
    return tuple(areas), tuple(dead)


def _too_many(tables: Tables, transformers: list[Row], at_low: list[Origin]) -> str:
    """Return why a network's feeding makes it no feeder; empty where it does not."""
    if not at_low or (not transformers and len({each.node for each in at_low}) == 1):
        return ""
    names = [tables.name(each.table, each.row) for each in at_low]
    names += [tables.name("trafo", row) for row in transformers]
    return f"{', '.join(names[:8])} all feed one low-voltage network; a feeder here has one source"


def _area(nodes: Nodes, members: list[int], own: list[Row], at_low: list[Origin]) -> Area:
    busbars = [nodes.at(row, "lv_bus") for row in own] or [each.node for each in at_low]
    first = [node for node in dict.fromkeys(busbars) if node is not None]
    known = set(first)
    ordered = (*first, *(node for node in members if node not in known))
    return Area(ordered, tuple(own), None if own else at_low[0])


def low_branches(nodes: Nodes) -> Iterator[Branch]:
    """Yield the lines, and the switches with an impedance, at low voltage, with the nodes at their ends."""
    branches = [(r, nodes.at(r, "from_bus"), nodes.at(r, "to_bus")) for r in nodes.lines]
    branches += [(r, nodes.at(r), nodes.at(r, "element")) for r in nodes.links]
    for row, one, other in branches:
        if one is None or other is None or one == other:
            continue
        if max(nodes.vn_kv(one), nodes.vn_kv(other)) <= LOW_VOLTAGE_KV:
            yield row, one, other


def _tell_high_voltage(tables: Tables, nodes: Nodes, sources: tuple[Origin, ...]) -> None:
    """Say what lies above low voltage: the ideal source stands for it."""
    words = "the grid above low voltage: an ideal source stands for it"
    buses = [nodes.bus[bus] for members in nodes.members.values() for bus in members]
    buses = [row for row in buses if number(row, "vn_kv") > LOW_VOLTAGE_KV]
    high = [r for r in nodes.lines if not nodes.is_low(r, "from_bus")]
    above = [r for r in tables.rows("trafo") if in_service(r) and nodes.at(r, "lv_bus") is not None]
    above = [r for r in above if not nodes.is_low(r, "lv_bus")]
    tables.tell("not_modelled", "bus", buses, words, "simplified")
    tables.tell("not_modelled", "line", high, words, "simplified")
    tables.tell("not_modelled", "trafo", above, words, "simplified")
    three = [r for r in tables.rows("trafo3w") if in_service(r)]
    above_3 = [r for r in three if not any(nodes.is_low(r, side) for side in ("mv_bus", "lv_bus"))]
    tables.tell("not_modelled", "trafo3w", above_3, words, "simplified")
    tables.tell("not_modelled", "trafo3w", without(three, above_3), "three windings; left out")
