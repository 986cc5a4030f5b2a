"""Tables as CSV: every table of a report, each under its title."""

import csv
import io
import re
from collections.abc import Iterable
from math import isfinite

from simulator.grid.formulas import would_run
from simulator.reports.report import CellValue, Table

DECIMALS = 6
MINUS = "\N{MINUS SIGN}"  # as people read it; programs know the hyphen alone
_NUMBER = re.compile(rf"[+\-{MINUS}]?[0-9]+(\.[0-9]+)?")


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
