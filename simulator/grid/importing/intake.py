"""Tables being read: cells checked against the allow-list, and an account of what was left out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from simulator.grid.importing.account import Item, Outcome, Weight
from simulator.grid.importing.bounds import (
    MAX_BUSES,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TABLE_ROWS,
    RefusedError,
    legible,
    quoted,
)
from simulator.grid.importing.cells import Check, Told, checker
from simulator.grid.importing.columns import (
    BESIDE,
    COLUMNS,
    LIBRARY,
    LIBRARY_ENDINGS,
    NEEDED,
    RENAMED,
    RESULTS,
    SWITCHED,
    Kind,
)
from simulator.grid.importing.places import NO_PLACE
from simulator.grid.importing.source import Cell, Row

Checks = Sequence[tuple[int, str, Check]]

_WHOLE = checker(Kind.WHOLE)


@dataclass
class Intake:
    """The tables read so far, in pandapower's names and units, and what was left out of them."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    _told: defaultdict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
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
        _refuse_repeats(place, [name for name in names if name in COLUMNS[table]])
        count_rows(place, table, len(index))
        if sum(map(len, self.rows.values())) + len(index) > MAX_ROWS:
            raise RefusedError(place, f"with it the file has more than {MAX_ROWS:,} rows")
        kinds = {name: COLUMNS[table][name] for name in names if name in COLUMNS[table]}
        checks = [(at, name, checker(kinds[name])) for at, name in enumerate(names) if name in kinds]
        found = [
            self._checked_row(f"{place}, row {number}", checks, label, cells)
            for number, (label, cells) in enumerate(zip(index, rows, strict=True), start=1)
        ]
        used = {
            name
            for at, name in enumerate(names)
            if name not in kinds and any(not _is_missing(cells[at]) for cells in rows)
        }
        self._keep(table, found)
        if used and table != "parameters":
            self.leave_out("dropped", table, sorted(used), "columns not read")

    def _checked_row(self, place: str, checks: Checks, label: object, cells: Sequence[object]) -> Row:
        name = "index"
        try:
            if _is_missing(label):
                raise ValueError("the row's number is missing")
            row: Row = {"index": cast("int", _WHOLE(label))}
            for at, name, check in checks:
                value = cells[at]
                found = None if _is_missing(value) else check(value)
                row[name] = found.value if isinstance(found, Told) else found
                if isinstance(found, Told):
                    self._tell(place, row, found)
        except ValueError as error:
            column = name if name == "index" else f"column {name}"
            raise RefusedError(f"{place}, {column}", str(error)) from error
        return row

    def _tell(self, place: str, row: Row, told: Told) -> None:
        table = place.partition(",")[0].removeprefix("table ")
        self._told[table, told.words].append(str(row.get("name") or f"{table} {row['index']}"))

    def _keep(self, table: str, rows: list[Row]) -> None:
        numbers: set[Cell] = set()
        for at, row in enumerate(rows, start=1):
            place = f"table {table}, row {at}"
            if row["index"] in numbers:
                raise RefusedError(f"{place}, index", f"{quoted(row['index'])} is there twice")
            numbers.add(row["index"])
            for name in NEEDED.get(table, ()):
                if row.get(name) is None:
                    raise RefusedError(f"{place}, column {name}", "a value is needed here")
        if rows:
            self.rows[table] = rows

    def add_or_leave_out(self, table: str, add: Callable[[], None]) -> None:
        """Take a table by calling ``add``; one that no element needs is left out where it cannot be read.

        Raises:
            RefusedError: a table that elements need cannot be read.
        """
        try:
            add()
        except RefusedError as error:
            if table not in BESIDE:
                raise
            said = f"cannot be read: {legible(error.reason, 100)}"
            self.items.append(Item("not_modelled", table, (), said, BESIDE[table]))

    def leave_out(
        self,
        outcome: Outcome,
        table: str,
        elements: Iterable[str],
        words: str,
        weight: Weight | None = None,
    ) -> None:
        """Note what was not read."""
        self.items.append(Item(outcome, table, tuple(legible(name, 60) for name in elements), words, weight))

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
        fitted = [
            Item(
                "dropped" if words == NO_PLACE else "read",
                table,
                tuple(dict.fromkeys(names)),
                words,
                "not_needed",
            )
            for (table, words), names in self._told.items()
        ]
        return (*self.items, *fitted, *idle)

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
    return [column if isinstance(column, str) else repr(column) for column in columns]


def _refuse_repeats(place: str, read: Sequence[str]) -> None:
    if len(set(read)) != len(read):
        repeated = next(name for name in read if read.count(name) > 1)
        raise RefusedError(place, f"the column {quoted(repeated)} is there twice")


def _is_missing(value: object) -> bool:
    """Whether a cell holds nothing: None, or the NaN that tables have for it."""
    return value is None or value != value  # noqa: PLR0124 - NaN alone differs from itself


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
