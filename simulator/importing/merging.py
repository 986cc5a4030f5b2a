"""Buses that are one: joined by closed switches or by lines without length."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from math import hypot

from simulator.grid.physical import LINE_OHM
from simulator.importing.import_log import Item
from simulator.importing.source import Row
from simulator.importing.tables import LOW_VOLTAGE_KV, Tables, in_service, number, text, whole


class Groups:
    """Numbers in groups that grow together (union-find); the first of a file stands for its group."""

    def __init__(self, members: Iterable[int]) -> None:
        self._parent = {member: member for member in members}
        self._order = {member: place for place, member in enumerate(self._parent)}

    def __contains__(self, member: int) -> bool:
        return member in self._parent

    def find(self, member: int) -> int:
        """Return who stands for a member's group."""
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, one: int, other: int) -> None:
        """Make two groups one."""
        one, other = self.find(one), self.find(other)
        first, second = sorted((one, other), key=self._order.__getitem__)
        self._parent[second] = first

    def members(self) -> dict[int, list[int]]:
        """Return each group's members by who stands for it."""
        groups: dict[int, list[int]] = defaultdict(list)
        for member in self._parent:
            groups[self.find(member)].append(member)
        return groups


@dataclass(frozen=True)
class Nodes:
    """The buses in service, merged, and the branches that are closed.

    ``bus`` gives a node's own row; ``links`` are closed switches between buses that have an impedance;
    ``open_`` holds the numbers of branches that a switch opens, by table.
    """

    groups: Groups
    bus: dict[int, Row]
    lines: tuple[Row, ...]
    links: tuple[Row, ...]
    open_: dict[str, set[int]] = field(default_factory=dict)

    @cached_property
    def members(self) -> dict[int, list[int]]:
        """The buses of each node; to be asked for when all merging is done."""
        return self.groups.members()

    def at(self, row: Row, column: str = "bus") -> int | None:
        """Return the node of an element's end; None where that bus is out of service."""
        bus = whole(row, column, -1)
        return self.groups.find(bus) if bus in self.groups else None

    def vn_kv(self, node: int) -> float:
        """Return a node's nominal voltage in kV."""
        return number(self.bus[node], "vn_kv")

    def is_low(self, row: Row, column: str) -> bool:
        """Return whether an element's end is at low voltage; not where that bus is out of service."""
        node = self.at(row, column)
        return node is not None and self.vn_kv(node) <= LOW_VOLTAGE_KV

    def closed(self, table: str, row: Row, *columns: str) -> bool:
        """Return whether an element is in service, not opened by a switch, and at buses in service."""
        stands = in_service(row) and row["index"] not in self.open_.get(table, set())
        return stands and all(self.at(row, column) is not None for column in columns)


def merge_buses(tables: Tables) -> Nodes:
    """Return the nodes of a file: what is out of service left out, what closed switches join as one."""
    buses = {whole(row, "index"): row for row in tables.rows("bus")}
    idle = [row for row in buses.values() if not in_service(row)]
    tables.tell("dropped", "bus", idle, "out of service, with all that hangs on them")
    groups = Groups(number_ for number_, row in buses.items() if in_service(row))
    links = _join_by_switches(tables, groups)
    open_ = _opened(tables)
    nodes = Nodes(groups, buses, (), links, open_)
    lines = _join_by_stubs(tables, nodes)
    _tell_merged(tables, nodes)
    return Nodes(groups, buses, lines, links, open_)


def _join_by_switches(tables: Tables, groups: Groups) -> tuple[Row, ...]:
    """Merge what closed switches join, and return the closed ones that have an impedance."""
    switches = [row for row in tables.rows("switch") if text(row, "et") == "b"]
    closed = [row for row in switches if row.get("closed") is not False]
    ends = {id(row): (whole(row, "bus", -1), whole(row, "element", -1)) for row in closed}
    live = [row for row in closed if all(end in groups for end in ends[id(row)])]
    links = tuple(row for row in live if number(row, "z_ohm") > 0)
    joining = [row for row in live if number(row, "z_ohm") <= 0]
    for row in joining:
        groups.join(*ends[id(row)])
    tables.tell("merged", "switch", joining, "closed between two buses, which are one bus now")
    opened = [row for row in switches if row.get("closed") is False]
    tables.tell("dropped", "switch", opened, "open between two buses, which stay apart")
    return links


def _opened(tables: Tables) -> dict[str, set[int]]:
    kinds = {"l": "line", "t": "trafo", "t3": "trafo3w"}
    opened: dict[str, set[int]] = defaultdict(set)
    for row in tables.rows("switch"):
        if row.get("closed") is False and text(row, "et") in kinds:
            opened[kinds[text(row, "et")]].add(whole(row, "element", -1))
    return opened


def _join_by_stubs(tables: Tables, nodes: Nodes) -> tuple[Row, ...]:
    """Merge the ends of lines without impedance, and return the other lines that are closed."""
    rows = tables.rows("line")
    tables.tell("dropped", "line", [r for r in rows if not in_service(r)], "out of service")
    switched = [r for r in rows if in_service(r) and r["index"] in nodes.open_.get("line", ())]
    words = "opened by a switch; what an open end would charge is left out"
    tables.tell("dropped", "line", switched, words, "simplified")
    closed = [r for r in rows if nodes.closed("line", r, "from_bus", "to_bus")]
    cut = without(rows, switched, closed)
    words = "at a bus that is out of service or not in the file; what an open end would charge is left out"
    tables.tell("dropped", "line", cut, words, "simplified")
    stubs = [r for r in closed if _is_stub(r)]
    for row in stubs:
        nodes.groups.join(whole(row, "from_bus"), whole(row, "to_bus"))
    words = "without length or impedance: the two ends are one bus now"
    tables.tell("dropped", "line", stubs, words, "simplified")
    lines = [r for r in closed if not _is_stub(r)]
    loops = [r for r in lines if nodes.at(r, "from_bus") == nodes.at(r, "to_bus")]
    tables.tell("dropped", "line", loops, "both ends are the same bus")
    return tuple(r for r in lines if nodes.at(r, "from_bus") != nodes.at(r, "to_bus"))


def without(rows: Iterable[Row], *others: Iterable[Row]) -> list[Row]:
    """Return the rows in service that are in none of the others."""
    known = {row["index"] for some in others for row in some}
    return [row for row in rows if in_service(row) and row["index"] not in known]


def _is_stub(row: Row) -> bool:
    ohm = hypot(number(row, "r_ohm_per_km"), number(row, "x_ohm_per_km")) * abs(number(row, "length_km"))
    return ohm / whole(row, "parallel", 1) < LINE_OHM.low


def _tell_merged(tables: Tables, nodes: Nodes) -> None:
    groups = [members for members in nodes.groups.members().values() if len(members) > 1]
    names = [[tables.name("bus", nodes.bus[member]) for member in members] for members in groups]
    if names:
        said = tuple(" = ".join(each) for each in names)
        tables.items.append(Item("merged", "bus", said, "one bus now, which keeps the first of the names"))
