"""Reports as plain text for a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from simulator.grid.caveats import Caveat
from simulator.reports.report import Column, Table
from simulator.studies.guidance import Finding
from simulator.web.feeders.importing import ItemData, log_parts

WIDTH = 96
SHOWN = 8  # names of an item of an import
HEADING = 14  # a heading wider than this and than its column is broken


def pairs_text(pairs: Sequence[tuple[str, str]]) -> str:
    """Return (label, value) pairs, one a line, aligned."""
    width = max(len(label) for label, _ in pairs)
    return "\n".join(f"{label.ljust(width)}  {value}" for label, value in pairs)


def sentence(error: Exception) -> str:
    """Return an error's message as a sentence, which another may follow."""
    return f"{str(error).rstrip('.')}."


def caveats_text(caveats: Sequence[Caveat]) -> list[str]:
    """Return what to know first as one paragraph; nothing where there is nothing."""
    lines = [
        line for c in caveats for line in wrap(c.words, WIDTH, initial_indent="! ", subsequent_indent="  ")
    ]
    return ["\n".join(lines)] if lines else []


def table_text(table: Table) -> str:
    """Return a table in aligned columns under its headings: numbers to the right, words to the left."""
    cells = [[c.text(value) for c, value in zip(table.columns, row, strict=True)] for row in table.rows]
    widths = [
        max([min(len(column.heading), HEADING), *(len(row[i]) for row in cells)])
        for i, column in enumerate(table.columns)
    ]
    return "\n".join(_line(table.columns, row, widths) for row in (*_headings(table.columns, widths), *cells))


def _headings(columns: Sequence[Column], widths: Sequence[int]) -> list[list[str]]:
    """Return the headings broken to their columns' widths, the last lines beside each other."""
    broken = [wrap(column.heading, width) for column, width in zip(columns, widths, strict=True)]
    height = max(map(len, broken))
    filled = [[""] * (height - len(lines)) + lines for lines in broken]
    return [list(row) for row in zip(*filled, strict=True)]


def _line(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int]) -> str:
    aligned = (
        cell.ljust(width) if column.digits is None else cell.rjust(width)
        for column, cell, width in zip(columns, row, widths, strict=True)
    )
    return "  ".join(aligned).rstrip()


def guidance_text(findings: Sequence[Finding]) -> str:
    """Return each finding with its advice and its reason; OK where there is none."""
    return "\n".join(("Guidance", *_findings(findings))) if findings else "Guidance: OK"


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings:
        yield f"- {finding.title}"
        advice = f"{finding.advice[:1].upper()}{finding.advice[1:]}."
        for sentence in (advice, f"Because {finding.reason}."):
            yield from wrap(sentence, WIDTH, initial_indent="  ", subsequent_indent="  ")


def import_log_text(items: Iterable[ItemData]) -> str:
    """Return what became of an imported file, what changes results first."""
    return "\n".join(
        line
        for _, words, told in log_parts(items)
        for line in (f"{words}:", *(f"  {_item(i)}" for i in told))
    )


def _item(item: ItemData) -> str:
    elements = item["elements"]
    names = ", ".join(elements[:SHOWN]) + (f" and {len(elements) - SHOWN} more" if elements[SHOWN:] else "")
    what = ", ".join(filter(None, (item["table"], item["became"])))
    return f"{what}: {item['words']}" + (f" ({names})" if names else "")
