"""Low voltage that no source feeds, or not as a feeder is fed: what it carries, and why it is left out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

from simulator.importing.merging import Nodes
from simulator.importing.source import Row
from simulator.importing.tables import LOW_VOLTAGE_KV, Tables, in_service, kilo, number

CARRYING = ("load", "asymmetric_load", "sgen", "asymmetric_sgen", "storage", "gen", "motor")
# What joins buses in a file: its table and its ends.
JOINING = {
    "trafo3w": ("hv_bus", "mv_bus", "lv_bus"),
    "impedance": ("from_bus", "to_bus"),
    "dcline": ("from_bus", "to_bus"),
    "trafo": ("hv_bus", "lv_bus"),
    "line": ("from_bus", "to_bus"),
    "switch": ("bus", "element"),
}
UNKNOWN = {
    "trafo3w": "a transformer with three windings",
    "impedance": "an impedance between two buses",
    "dcline": "a DC line",
    "trafo": "a transformer or regulator between two low voltages",
}
NAMED = 5


@dataclass(frozen=True)
class Dead:
    """A low-voltage network that becomes no feeder, why, what draws or feeds power there, and its load."""

    nodes: tuple[int, ...]
    reason: str
    names: tuple[str, ...] = ()
    load_kw: float = 0.0


@dataclass(frozen=True, eq=False)
class Remains:
    """What of a file is not fed, asked about network by network."""

    tables: Tables
    nodes: Nodes

    def take(self, members: Collection[int], reason: str = "") -> Dead:
        """Return a network as dead; without a reason it is told from what joins it to the rest."""
        found = [power for node in members for power in self._carried.get(node, ())]
        names, load_kw = tuple(name for name, _ in found), sum(kw for _, kw in found)
        return Dead(tuple(members), reason or self._why(set(members)), names, load_kw)

    @cached_property
    def _carried(self) -> dict[int, list[tuple[str, float]]]:
        """What draws or feeds power at each node: its name, and its load in kW."""
        carried = defaultdict(list)
        for table in CARRYING:
            for row in self.tables.rows(table):
                node = self.nodes.at(row)
                if in_service(row) and node is not None:
                    carried[node].append((self.tables.name(table, row), _load_kw(table, row)))
        return carried

    @cached_property
    def _joints(self) -> dict[int, list[tuple[str, Row]]]:
        """What joins each node to others."""
        joints = defaultdict(list)
        for table, ends in JOINING.items():
            for row in self.tables.rows(table):
                at = {self.nodes.at(row, end) for end in ends} if row.get("et") in (None, "b") else set()
                for node in at - {None} if len(at) > 1 else ():
                    joints[node or 0].append((table, row))
        return joints

    def _why(self, members: set[int]) -> str:
        """Return what joins some nodes to the rest, and is not modelled or is open."""
        found = [joint for node in members for joint in self._joints.get(node, ())]
        joints = list(_leading_out(found, self.nodes, members))
        for table, what in UNKNOWN.items():
            rows = [row for of, row in joints if of == table and in_service(row)]
            rows = [row for row in rows if table != "trafo" or self.nodes.is_low(row, "hv_bus")]
            if rows:
                named = self._named(table, rows)
                return f"fed only through {named}, {what}, which this site has no model for"
        for table in ("trafo", "line", "switch"):
            rows = [row for of, row in joints if of == table]
            if table == "trafo" and any(self.nodes.closed(table, row, "hv_bus", "lv_bus") for row in rows):
                return f"no source reaches the upper side of {self._named(table, rows)}"
            if rows:
                verb = "is" if len(rows) == 1 else "are"
                return f"{self._named(table, rows)} {verb} open or out of service, and no source feeds them"
        return "nothing joins them to a source"

    def _named(self, table: str, rows: Sequence[Row]) -> str:
        return first_names([self.tables.name(table, row) for row in rows])


def _load_kw(table: str, row: Row) -> float:
    columns = {"load": ("p_mw",), "asymmetric_load": ("p_a_mw", "p_b_mw", "p_c_mw")}.get(table, ())
    return sum(kilo(row, column) for column in columns) * number(row, "scaling", 1.0)


def _leading_out(
    joints: Iterable[tuple[str, Row]], nodes: Nodes, members: set[int]
) -> Iterator[tuple[str, Row]]:
    for table, row in joints:
        if any(nodes.at(row, end) not in members for end in JOINING[table]):
            yield table, row


def first_names(names: Sequence[str]) -> str:
    """Return the first of some names in words, and how many more there are."""
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")


def tell_dead(tables: Tables, nodes: Nodes, dead: Iterable[Dead]) -> None:
    """Tell what is left out, apart from what draws and feeds nothing."""
    idle: list[Row] = []
    for each in dead:
        rows = [nodes.bus[node] for node in each.nodes]
        if each.names:
            words = f"left out with {first_names(each.names)} (loads of {each.load_kw:.4g} kW): {each.reason}"
            tables.tell("not_modelled", "bus", rows, words)
        else:
            idle += rows
    tables.tell("dropped", "bus", idle, "fed by no source, and nothing draws or feeds power there")


def refuse_dead(tables: Tables, nodes: Nodes, dead: Sequence[Dead]) -> NoReturn:
    """Refuse a file of which nothing is fed.

    Raises: ImportFileError, always.
    """
    kvs = sorted({nodes.vn_kv(node) for node in nodes.members})
    if kvs and kvs[0] > LOW_VOLTAGE_KV:
        levels = f"{kvs[0]:g} kV" + (f" to {kvs[-1]:g} kV" if len(kvs) > 1 else "")
        tables.refuse(
            "bus",
            f"no low voltage in this file: its buses are at {levels}. A feeder here is a network of at most "
            f"{LOW_VOLTAGE_KV:g} kV; bring the file of such a network, with the transformer that feeds it",
        )
    most = max(dead, key=lambda each: len(each.names), default=None)
    why = f": {most.reason}" if most else ""
    tables.refuse("trafo", f"no transformer in service joins a source to a low voltage of at most 1 kV{why}")
