"""Columns that are headed by customers' ids."""

from simulator.grid.errors import ProfileFileError
from simulator.grid.schema import Feeder
from simulator.importing.profiles.columns import Columns
from simulator.importing.profiles.table import Table
from simulator.importing.profiles.text import shorten


def customer_columns(table: Table, columns: Columns, feeder: Feeder) -> tuple[int, ...]:
    """Return each customer's column, in the feeder's order; empty where no column is headed by a customer.

    Raises: ProfileFileError for columns that are no customers, or named twice, and for missing ones.
    """
    known = [customer.id for customer in feeder.customers]
    rest = [column for column in range(table.width) if column not in columns.times]
    if not any(table.head(column) in known for column in rest):
        return ()
    heads: dict[str, int] = {}
    for column in rest:
        head = table.head(column)
        if head not in known:
            raise _unknown(table, column, known, feeder)
        if head in heads:
            raise table.text.error(_place(table, column), f"{shorten(head)!r} heads two columns")
        heads[head] = column
    if missing := [customer for customer in known if customer not in heads]:
        words = f"no column is headed {_few(missing)}; each customer of {feeder.feeder_id} needs one"
        raise table.text.error(f"line {table.first - 1}", words)
    return tuple(heads[customer] for customer in known)


def _place(table: Table, column: int) -> str:
    return table.place(table.first - 1, column)


def _unknown(table: Table, column: int, known: list[str], feeder: Feeder) -> ProfileFileError:
    words = f"{shorten(table.head(column))!r} is not a customer of {feeder.feeder_id}; it has {_few(known)}"
    return table.text.error(_place(table, column), words)


def _few(names: list[str]) -> str:
    shown = ", ".join(names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown
