"""What a table must be to be taken: rows that are not too many, columns with names, ends that are there."""

from collections.abc import Iterable, Sequence

from simulator.importing.bounds import MAX_BUSES, MAX_COLUMNS, MAX_TABLE_ROWS, RefusedError, quoted
from simulator.importing.columns import RENAMED, SWITCHED
from simulator.importing.source import Cell, Row


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


def column_names(place: str, columns: Sequence[object]) -> list[str]:
    """Return what columns are called; one without a name is called by what stands in its place.

    Raises:
        RefusedError: too many columns.
    """
    if len(columns) > MAX_COLUMNS:
        raise RefusedError(place, f"{len(columns):,} columns; at most {MAX_COLUMNS} are taken")
    return [column if isinstance(column, str) else repr(column) for column in columns]


def refuse_repeats(place: str, read: Sequence[str]) -> None:
    """Refuse a column that is read and there twice.

    Raises:
        RefusedError: naming it.
    """
    if len(set(read)) != len(read):
        repeated = next(name for name in read if read.count(name) > 1)
        raise RefusedError(place, f"the column {quoted(repeated)} is there twice")


def is_missing(value: object) -> bool:
    """Whether a cell holds nothing: None, or the NaN that tables have for it."""
    return value is None or value != value  # noqa: PLR0124 - NaN alone differs from itself


def check_ends(place: str, row: Row, ends: Iterable[str], buses: set[Cell]) -> None:
    """Refuse a row at a bus that is not there.

    Raises:
        RefusedError: naming the column and the bus.
    """
    for name in ends:
        if row.get(name) is not None and row[name] not in buses:
            raise RefusedError(f"{place}, column {name}", f"there is no bus {row[name]}")


def check_switch(place: str, row: Row, known: dict[str, set[Cell]]) -> None:
    """Refuse a switch of an unknown kind, or at an element that is not there.

    Raises:
        RefusedError: naming the kind or the element.
    """
    kind = row["et"]
    if not isinstance(kind, str) or kind not in SWITCHED:
        raise RefusedError(f"{place}, column et", f"{quoted(kind)} is none of {', '.join(SWITCHED)}")
    if row["element"] not in known.get(SWITCHED[kind], set()):
        raise RefusedError(f"{place}, column element", f"there is no {SWITCHED[kind]} {row['element']}")
