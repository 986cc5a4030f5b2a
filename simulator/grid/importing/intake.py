"""Tables being read: cells checked against the allow-list, and an account of what was left out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from simulator.grid.importing.account import Item, Outcome
from simulator.grid.importing.bounds import (
    MAX_BUSES,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TABLE_ROWS,
    RefusedError,
    legible,
    quoted,
)
from simulator.grid.importing.cells import Check, check_text, checker
from simulator.grid.importing.columns import (
    COLUMNS,
    LIBRARY,
    LIBRARY_ENDINGS,
    NEEDED,
    RENAMED,
    RESULTS,
    SWITCHED,
    Kind,
)
from simulator.grid.importing.source import Cell, Row

Checks = Sequence[tuple[int, str, Check]]

_WHOLE = checker(Kind.WHOLE)


@dataclass
class Intake:
    """The tables read so far, in pandapower's names and units, and what was left out of them."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    _idle: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(
        self, table: str, columns: Sequence[object], index: Sequence[object], rows: Sequence[Sequence[object]]
    ) -> None:
        """Take a table's rows, one value for each column.

        Raises:
            RefusedError: too many rows or columns, a column or a row twice, or a cell of the wrong kind.
        """
        place = f"table {table}"
        names = _column_names(place, columns)
        count_rows(place, table, len(index))
        if sum(map(len, self.rows.values())) + len(index) > MAX_ROWS:
            raise RefusedError(place, f"with it the file has more than {MAX_ROWS:,} rows")
        kinds = {name: COLUMNS[table][name] for name in names if name in COLUMNS[table]}
        checks = [(at, name, checker(kinds[name])) for at, name in enumerate(names) if name in kinds]
        found = [
            _checked_row(f"{place}, row {number}", checks, label, cells)
            for number, (label, cells) in enumerate(zip(index, rows, strict=True), start=1)
        ]
        used = {
            name
            for at, name in enumerate(names)
            if name not in kinds and any(cells[at] is not None for cells in rows)
        }
        self._keep(table, found)
        if used and table != "parameters":
            self.leave_out("dropped", table, sorted(used), "columns not read")

    def _keep(self, table: str, rows: list[Row]) -> None:
        numbers: set[Cell] = set()
        for at, row in enumerate(rows, start=1):
            place = f"table {table}, row {at}"
            if row["index"] is None or row["index"] in numbers:
                raise RefusedError(f"{place}, index", f"{quoted(row['index'])} is missing or there twice")
            numbers.add(row["index"])
            for name in NEEDED.get(table, ()):
                if row.get(name) is None:
                    raise RefusedError(f"{place}, column {name}", "a value is needed here")
        if rows:
            self.rows[table] = rows

    def leave_out(self, outcome: Outcome, table: str, elements: Iterable[str], words: str) -> None:
        """Note what was not read."""
        self.items.append(Item(outcome, table, tuple(legible(name, 60) for name in elements), words))

    def leave_out_table(self, table: str) -> None:
        """Note a table that is not on the list: results and libraries change nothing, elements do."""
        if table.startswith(RESULTS):
            self._idle["results: they are computed anew"].append(table)
        elif table in LIBRARY or table.endswith(LIBRARY_ENDINGS):
            self._idle["libraries, which describe no element of the network"].append(table)
        else:
            self.leave_out("not_modelled", table, (), "not read: this site has no model for it")

    def account(self) -> tuple[Item, ...]:
        """Return what was left out, with results and libraries in one item each."""
        idle = [
            Item("dropped", "other tables", tuple(names), f"not read: {words}")
            for words, names in self._idle.items()
        ]
        return (*self.items, *idle)

    def finished(self) -> dict[str, tuple[Row, ...]]:
        """Return the tables, with every bus and every switched element that a row names present.

        Raises:
            RefusedError: there are no buses, or a row names one that is not there.
        """
        if not self.rows.get("bus"):
            raise RefusedError("table bus", "there are no buses, so there is no network")
        trafos = self.rows.get("trafo", [])
        count_rows(
            "table trafo, column parallel", "trafo", sum(int(row.get("parallel") or 1) for row in trafos)
        )
        known = {table: {row["index"] for row in rows} for table, rows in self.rows.items()}
        for table, rows in self.rows.items():
            ends = [name for name, kind in COLUMNS[table].items() if kind is Kind.BUS]
            for at, row in enumerate(rows, start=1):
                _check_ends(f"table {table}, row {at}", row, ends, known["bus"])
        for at, row in enumerate(self.rows.get("switch", []), start=1):
            _check_switch(f"table switch, row {at}", row, known)
        return {table: tuple(rows) for table, rows in self.rows.items()}


def count_rows(place: str, table: str, count: int) -> None:
    """Refuse a table with more rows than are taken.

    Raises:
        RefusedError: too many rows.
    """
    at_most = MAX_BUSES if table == "bus" else MAX_TABLE_ROWS
    if count > at_most:
        raise RefusedError(place, f"{count:,} rows; at most {at_most:,} are taken")


def renamed(table: str, columns: Sequence[object]) -> tuple[list[object], list[int]]:
    """Return today's names of a table's columns, and which of the file's columns each is read from."""
    old = RENAMED.get(table, {})
    pairs = [
        (new, at)
        for at, name in enumerate(columns)
        for new in (old.get(name, (name,)) if isinstance(name, str) else (name,))
    ]
    return [new for new, _ in pairs], [at for _, at in pairs]


def _column_names(place: str, columns: Sequence[object]) -> list[str]:
    if len(columns) > MAX_COLUMNS:
        raise RefusedError(place, f"{len(columns):,} columns; at most {MAX_COLUMNS} are taken")
    names: list[str] = []
    for column in columns:
        if not isinstance(column, str):
            raise RefusedError(place, f"{quoted(column)} is no column's name")
        try:
            names.append(check_text(column))
        except ValueError as error:
            raise RefusedError(f"{place}, a column's name", str(error)) from error
    if len(set(names)) != len(names):
        repeated = next(name for name in names if names.count(name) > 1)
        raise RefusedError(place, f"the column {quoted(repeated)} is there twice")
    return names


def _checked_row(place: str, checks: Checks, label: object, cells: Sequence[object]) -> Row:
    name = "index"
    try:
        row: Row = {"index": _WHOLE(label)}
        for at, name, check in checks:
            value = cells[at]
            row[name] = None if value is None else check(value)
    except ValueError as error:
        raise RefusedError(f"{place}, {name if name == 'index' else f'column {name}'}", str(error)) from error
    return row


def _check_ends(place: str, row: Row, ends: Iterable[str], buses: set[Cell]) -> None:
    for name in ends:
        if row.get(name) is not None and row[name] not in buses:
            raise RefusedError(f"{place}, column {name}", f"there is no bus {row[name]}")


def _check_switch(place: str, row: Row, known: dict[str, set[Cell]]) -> None:
    kind = row["et"]
    if not isinstance(kind, str) or kind not in SWITCHED:
        raise RefusedError(f"{place}, column et", f"{quoted(kind)} is none of {', '.join(SWITCHED)}")
    if row["element"] not in known.get(SWITCHED[kind], set()):
        raise RefusedError(f"{place}, column element", f"there is no {SWITCHED[kind]} {row['element']}")
