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


def table_of(
    key: str,
    title: str,
    model: type[BaseModel],
    rows: Iterable[Mapping[str, Any]],
    states: tuple[State, ...] = (),
    **behind: Sequence[tuple[Column, Sequence[CellValue]]],
) -> Table:
    """Return rows of an answer's JSON as a table: a column for each field that declares a figure or heading.

    ``behind`` are columns that JSON has not, by the name of the field whose column they follow.
    """
    told = list(rows)
    columns: list[Column] = []
    cells: list[Sequence[CellValue]] = []
    for name in model.model_fields:
        quantity, heading = marked(model, name, Quantity), marked(model, name, Heading)
        if quantity:
            columns.append(column(quantity.key(name), quantity))
            cells.append([quantity.shown(row[name]) for row in told])
        elif heading:
            columns.append(Column(name, heading.label))
            cells.append([row[name] for row in told])
        for own, values in behind.get(name, ()):
            columns.append(own)
            cells.append(values)
    return Table(key, title, tuple(columns), tuple(zip(*cells, strict=True)), states=states)


def column(key: str, quantity: Quantity, **otherwise: Any) -> Column:
    """Return a figure's column; ``otherwise`` is what of it is not as the figure declares."""
    return replace(Column(key, quantity.title, quantity.unit, quantity.digits), **otherwise)


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
