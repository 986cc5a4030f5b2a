"""A report as paper takes it: rows and pictures bounded, and what was left out said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from simulator.reports.report import Figure, Report, Table

MAX_ROWS = 200  # a table
MAX_CELLS = 2_400  # of all tables together: two seconds of WeasyPrint's work
MAX_PARTS = 12_000  # of all pictures together: another two
MAX_PICTURE_BYTES = 3_000_000

COUNTED = {
    "places": "buses",
    "feeders": "feeders",
    "scenarios": "scenarios",
    "comparison": "feeders",
    **dict.fromkeys(("buses", "lines", "transformers", "customers", "sections", "violations"), ""),
}


@dataclass(frozen=True)
class PrintedTable:
    """A table with as many rows as are printed; ``note`` says which."""

    table: Table
    note: str = ""


@dataclass(frozen=True)
class PrintedFigure:
    """A picture, with its markup; without one, ``note`` says why."""

    figure: Figure
    svg: str
    note: str = ""


@dataclass(frozen=True)
class Printed:
    """What of a report is printed."""

    figures: tuple[PrintedFigure, ...]
    tables: tuple[PrintedTable, ...]


def read_printed(report: Report) -> Printed:
    """Return the part of a report that a PDF takes; key figures stand apart in it, empty tables nowhere."""
    tables = [table for table in report.tables if table.rows and table.key != "kpis"]
    most = most_rows([(len(table.rows), len(table.columns)) for table in tables])
    return Printed(tuple(_figures(report.figures)), tuple(_cut(table, most) for table in tables))


def most_rows(sizes: Sequence[tuple[int, int]]) -> int:
    """Return how many rows each table may print at most, where tables have so many (rows, columns)."""

    def fits(most: int) -> bool:
        return sum(min(rows, most) * columns for rows, columns in sizes) <= MAX_CELLS

    return next((most for most in range(MAX_ROWS, 10, -10) if fits(most)), 10)


def _cut(table: Table, most: int) -> PrintedTable:
    count = len(table.rows)
    if count <= most:
        return PrintedTable(table)
    what = COUNTED.get(table.key, "rows") or table.key
    note = f"These are the first {most} of {count:,} {what}; the CSV file has all."
    return PrintedTable(replace(table, rows=table.rows[:most], row_digits=table.row_digits[:most]), note)


def _figures(figures: Iterable[Figure]) -> Iterable[PrintedFigure]:
    """Yield the pictures, as long as all of them together stay within bounds."""
    parts = size = 0
    for figure in figures:
        svg = figure.svg
        count = svg.count("<") - svg.count("</")
        if parts + count > MAX_PARTS or size + len(svg) > MAX_PICTURE_BYTES:
            note = f"This picture has {count:,} parts, more than a PDF takes; the page shows it."
            yield PrintedFigure(figure, "", note)
            continue
        parts, size = parts + count, size + len(svg)
        yield PrintedFigure(figure, svg)
