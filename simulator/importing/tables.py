"""A source's tables with typed access to their cells, and the import log that grows while they are read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NoReturn

from simulator.grid.errors import ImportFileError
from simulator.importing.import_log import Item, Outcome, Weight
from simulator.importing.source import Cell, Row, Source

LOW_VOLTAGE_KV = 1.0  # up to here a bus belongs to a feeder, above it to the grid that supplies it


@dataclass
class Tables:
    """The tables of one file, and the items that tell what became of their rows."""

    source: Source
    items: list[Item] = field(default_factory=list)

    def rows(self, table: str) -> tuple[Row, ...]:
        """Return a table's rows, in or out of service."""
        return self.source.tables.get(table, ())

    @cached_property
    def format_version(self) -> tuple[int, ...]:
        """The release of pandapower whose format the file has; (2,) where it names none."""
        for row in self.rows("parameters"):
            version, of_format = _version(row.get("version")), _version(row.get("format_version"))
            known = [each for each in (version, of_format) if each]
            return min(known, default=(2,))
        return (2,)

    def name(self, table: str, row: Row) -> str:
        """Return what the file calls an element: its name, or its table and number."""
        return str(row.get("name") or "").strip() or f"{table} {row['index']}"

    def tell(
        self, outcome: Outcome, table: str, rows: Iterable[Row], words: str, weight: Weight | None = None
    ) -> None:
        """Add an item about some rows of a table; none where there are no rows.

        ``weight`` is given where it is not the outcome's usual one.
        """
        names = tuple(self.name(table, row) for row in rows)
        if names:
            self.items.append(Item(outcome, table, names, words, weight))

    def refuse(self, place: str, reason: str) -> NoReturn:
        """Refuse the file.

        Raises: ImportFileError, always.
        """
        raise ImportFileError(self.source.file, place, reason)


def _version(value: Cell) -> tuple[int, ...]:
    """Return a release's numbers: "3.0.0.dev1" is (3, 0, 0)."""
    found = re.match(r"\d+(\.\d+)*", str(value or ""))
    return tuple(int(part[:6]) for part in found[0].split(".")) if found else ()


def number(row: Row, column: str, default: float = 0.0) -> float:
    """Return a cell's number, or the default where the cell is empty."""
    value = row.get(column)
    return default if value is None else float(value)


def whole(row: Row, column: str, default: int = 0) -> int:
    """Return a cell's whole number, or the default where the cell is empty."""
    value = row.get(column)
    return default if value is None else int(value)


def text(row: Row, column: str) -> str:
    """Return a cell's text, empty where the cell is."""
    value = row.get(column)
    return "" if value is None else str(value).strip()


def in_service(row: Row) -> bool:
    """Return whether an element is in service; it is, unless the file says that it is not."""
    return row.get("in_service") is not False


def kilo(row: Row, column: str) -> float:
    """Return a cell of MW, Mvar or MVA in kW, kvar or kVA, without the noise of the multiplication."""
    return round(1000 * number(row, column), 9)
