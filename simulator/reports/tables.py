"""Tables of what answers declare, and tables as CSV: every table of a report, each under its title."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import Any

from pydantic import BaseModel

from simulator.answers.declared import marked
from simulator.answers.quantity import Heading, Quantity
from simulator.grid.formulas import would_run
from simulator.reports.report import CellValue, Column, State, Table

DECIMALS = 6
MINUS = "\N{MINUS SIGN}"  # as people read it; programs know the hyphen alone
_NUMBER = re.compile(rf"[+\-{MINUS}]?[0-9]+(\.[0-9]+)?")


Cells = tuple[Column, Sequence[CellValue]]  # a column with its values, row by row


def by_columns(key: str, title: str, columns: Iterable[Cells], states: tuple[State, ...] = ()) -> Table:
    """Return a table of columns with their values."""
    headings, values = zip(*columns, strict=True)
    return Table(key, title, headings, tuple(zip(*values, strict=True)), states=states)


def table_of(
    key: str,
    title: str,
    model: type[BaseModel],
    rows: Sequence[Mapping[str, Any]],
    states: tuple[State, ...] = (),
    behind: tuple[str, Sequence[Cells]] = ("", ()),
) -> Table:
    """Return rows of an answer's JSON as a table: a column for each field that declares a figure or heading.

    ``behind`` names a field, and the columns that JSON has not which follow its own.
    """
    columns: list[Cells] = []
    for name in model.model_fields:
        if quantity := marked(model, name, Quantity):
            columns.append(cells(quantity.key(name), quantity, [row[name] for row in rows]))
        elif heading := marked(model, name, Heading):
            columns.append((Column(name, heading.label), [row[name] for row in rows]))
        columns += behind[1] if name == behind[0] else ()
    return by_columns(key, title, columns, states)


def column(key: str, quantity: Quantity, **otherwise: Any) -> Column:
    """Return a figure's column; ``otherwise`` is what of it is not as the figure declares."""
    bar = (None, quantity.scale) if quantity.bar else None
    return replace(Column(key, quantity.title, quantity.unit, quantity.digits, bar), **otherwise)


def cells(key: str, quantity: Quantity, values: Iterable[float | None], **otherwise: Any) -> Cells:
    """Return a figure's column with its values, which are as JSON has them."""
    return column(key, quantity, **otherwise), list(map(quantity.shown, values))


def render_csv(tables: Iterable[Table]) -> str:
    """Return tables as one CSV text: title, header, rows; an empty line between tables.

    Numbers keep six decimals; one that comes as words, signed or not, is a number as well, and a cell without
    a finite one is empty. Other text that a spreadsheet would run as a formula is defused by an apostrophe.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for i, table in enumerate(tables):
        writer.writerows([[]] if i else [])
        writer.writerow([_cell(table.title)])
        writer.writerow([_cell(column.heading) for column in table.columns])
        writer.writerows([_cell(value) for value in row] for row in table.rows)
    return file.getvalue()


def _cell(value: CellValue) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, float):
        return round(value, DECIMALS) if isfinite(value) else ""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return value.replace(MINUS, "-")
    if isinstance(value, str) and would_run(value):
        return f"'{value}"
    return value
