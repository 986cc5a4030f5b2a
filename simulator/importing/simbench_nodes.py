"""SimBench nodes: pandapower's buses, found by name."""

from dataclasses import dataclass

from simulator.importing.bounds import RefusedError, quoted
from simulator.importing.csv_tables import CsvRow, number
from simulator.importing.source import Row

AUXILIARY = "auxiliary"


@dataclass(frozen=True)
class Node:
    """A node: its number as a bus, its row in the file, and whether it only holds a switch at a branch."""

    index: int
    row: CsvRow
    place: str

    @property
    def is_auxiliary(self) -> bool:
        """Whether the node exists for a switch alone."""
        return self.row.get("type") == AUXILIARY

    def setpoint(self, column: str) -> float | None:
        """Return the voltage (vmSetp, pu) or angle (vaSetp, degrees) that a source holds here."""
        return number(self.place, self.row, column)


class Nodes:
    """All nodes by name, and those that a switch at a branch made superfluous."""

    def __init__(self, rows: list[CsvRow], coordinates: list[CsvRow]) -> None:
        """Number the nodes.

        Raises:
            RefusedError: a name that is missing or there twice.
        """
        self._coordinates = {row["id"]: row for row in coordinates if "id" in row}
        self._by_name: dict[str, Node] = {}
        self.superfluous: set[int] = set()
        for index, row in enumerate(rows):
            place = f"Node.csv, row {index + 1}"
            name = row.get("id")
            if name is None or name in self._by_name:
                raise RefusedError(f"{place}, column id", "a name is missing or there twice")
            self._by_name[name] = Node(index, row, place)

    def find(self, place: str, row: CsvRow, column: str) -> Node:
        """Return the node that a row names.

        Raises:
            RefusedError: there is no such node.
        """
        name = row.get(column)
        if name is None or name not in self._by_name:
            raise RefusedError(f"{place}, column {column}", f"there is no node {quoted(name)}")
        return self._by_name[name]

    def rows(self) -> list[Row]:
        """Return the buses."""
        return [self._bus(node) for node in self._by_name.values() if node.index not in self.superfluous]

    def _bus(self, node: Node) -> Row:
        words = node.row.get("type", "").split(" ")
        kind = AUXILIARY if AUXILIARY in node.row.get("type", "") else "".join(word[:1] for word in words[:2])
        return {
            "index": node.index,
            "name": node.row["id"],
            "vn_kv": number(node.place, node.row, "vmR"),
            "type": kind or None,
            "in_service": True,
            "geo": self._geo(node),
        }

    def _geo(self, node: Node) -> str | None:
        at = self._coordinates.get(node.row.get("coordID", ""))
        if at is None:
            return None
        place = f"Coordinates.csv, {quoted(at['id'])}"
        x, y = number(place, at, "x"), number(place, at, "y")
        return None if x is None or y is None else f'{{"type":"Point", "coordinates":[{x}, {y}]}}'
