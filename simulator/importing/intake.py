"""Tables being read: cells checked against the allow-list, and a log of what was left out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from simulator.importing.bounds import MAX_ROWS, RefusedError, legible, quoted
from simulator.importing.cells import Check, Told, checker
from simulator.importing.columns import (
    BESIDE,
    COLUMNS,
    LIBRARY,
    LIBRARY_ENDINGS,
    NEEDED,
    RESULTS,
    ColumnKind,
)
from simulator.importing.import_log import Item, Outcome, Weight
from simulator.importing.intake_rules import (
    check_ends,
    check_switch,
    column_names,
    count_rows,
    is_missing,
    refuse_repeats,
)
from simulator.importing.places import NO_PLACE
from simulator.importing.source import Cell, Row

Checks = Sequence[tuple[int, str, Check]]

_WHOLE = checker(ColumnKind.WHOLE)


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
        names = column_names(place, columns)
        refuse_repeats(place, [name for name in names if name in COLUMNS[table]])
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
            if name not in kinds and any(not is_missing(cells[at]) for cells in rows)
        }
        self._keep(table, found)
        if used and table != "parameters":
            self.leave_out("dropped", table, sorted(used), "columns not read")

    def _checked_row(self, place: str, checks: Checks, label: object, cells: Sequence[object]) -> Row:
        name = "index"
        try:
            if is_missing(label):
                raise ValueError("the row's number is missing")
            row: Row = {"index": cast("int", _WHOLE(label))}
            for at, name, check in checks:
                value = cells[at]
                found = None if is_missing(value) else check(value)
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

    def log(self) -> tuple[Item, ...]:
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
            ends = [name for name, kind in COLUMNS[table].items() if kind is ColumnKind.BUS]
            for at, row in enumerate(rows, start=1):
                check_ends(f"table {table}, row {at}", row, ends, known["bus"])
        for at, row in enumerate(self.rows.get("switch", []), start=1):
            check_switch(f"table switch, row {at}", row, known)
        return {table: tuple(rows) for table, rows in self.rows.items()}
