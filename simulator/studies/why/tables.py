"""A voltage's parts as rows: for the waterfall, and for the tables of sections and customers."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import ceil

import numpy as np

from simulator.answers.quantity import BUS_VOLTAGE, LENGTH
from simulator.grid.schema import Feeder
from simulator.reports.report import CellValue, Column, Table
from simulator.reports.tables import Cells, by_columns, column
from simulator.studies.why.chart import Change, fitted
from simulator.studies.why.data import PART
from simulator.studies.why.parts import NOMINAL_PU, Parts, Section
from simulator.studies.why.why import Why
from simulator.studies.why.wording import change_words
from simulator.technologies.registry import TECHNOLOGIES, words

TOTAL = column("total_pu", PART, label="Total")
MAX_BARS = 60  # of lines, in the waterfall
KIND_COLUMNS = tuple(
    column(f"{key}_pu", PART, label=f"By {each.plural}") for key, each in TECHNOLOGIES.items()
)


def why_changes(feeder: Feeder, why: Why) -> tuple[Change, ...]:
    """Return the waterfall's bars: source, transformer without and by load, each line; none unsolved."""
    if why.parts is None:
        return ()
    return tuple(_changes(feeder, why.parts))


def _changes(feeder: Feeder, parts: Parts) -> Iterator[Change]:
    source, transformer = parts.source_pu - NOMINAL_PU, parts.transformer
    yield Change("source", f"at {parts.source_pu:.3f} pu", source, f"source: {change_words(source)} pu")
    no_load, name = transformer.no_load_pu, fitted(transformer.element, 8)
    story = f"{transformer.element} without load: {change_words(no_load)} pu"
    yield Change(f"{name} no load", "ratio and tap", no_load, story)
    by_load = transformer.by_customers_pu
    story = f"{transformer.element} by load: {change_words(by_load)} pu{_kinds(transformer)}"
    yield Change(f"{name} by load", "", by_load, story)
    metres = {line.id: 1000 * line.length_km for line in feeder.lines}
    for run in runs(parts.lines):
        first, last, total = run[0], run[-1], sum(each.total_pu for each in run)
        name = first.element if len(run) == 1 else f"{len(run)} sections"
        between = first.element if len(run) == 1 else f"{first.element} to {last.element}"
        story = f"{between}, {first.from_bus} to {last.to_bus}: {change_words(total)} pu{_kinds(*run)}"
        length_m = sum(metres[each.element] for each in run)
        yield Change(name, f"to {last.to_bus}, {length_m:.0f} m", total, story)


def runs(lines: Sequence[Section]) -> list[Sequence[Section]]:
    """Return the lines bar by bar: one each, or as many after one another as leave 60 bars."""
    size = ceil(len(lines) / MAX_BARS) or 1
    return [lines[start : start + size] for start in range(0, len(lines), size)]


def _kinds(*sections: Section) -> str:
    sums = zip(words(), np.sum([section.kinds_pu for section in sections], axis=0), strict=True)
    told = ", ".join(f"{kind} {change_words(float(share))}" for kind, share in sums if share)
    return f" ({told})" if told else ""


def why_tables(feeder: Feeder, why: Why) -> tuple[Table, ...]:
    """Return the sections in the order of the way, and the customers, the largest first."""
    parts = why.parts
    columns = (
        Column("part", "Part"),
        Column("from", "From"),
        Column("to", "To"),
        Column("type", "Type"),
        column("length_m", LENGTH),
        column("no_load_pu", PART, label="Without load"),
        *KIND_COLUMNS,
        TOTAL,
        column("voltage_pu", BUS_VOLTAGE, label="Voltage after"),
    )
    sections = Table("sections", "Sections", columns, section_rows(feeder, parts) if parts else ())
    return sections, _customer_table(feeder, parts)


def section_rows(feeder: Feeder, parts: Parts) -> tuple[tuple[CellValue, ...], ...]:
    """Return a row a section: where it is, what it is made of, its parts, and the voltage after it."""
    lines = {line.id: line for line in feeder.lines}
    source = parts.source_pu - NOMINAL_PU
    rows: list[tuple[CellValue, ...]] = [
        ("source", "1 pu", "source", "ideal source", None, source, *[None] * len(KIND_COLUMNS), source)
    ]
    for section in parts.sections:
        line = lines.get(section.element) if section is not parts.transformer else None
        made = (line.std_type, 1000 * line.length_km) if line else ("transformer", None)
        where = (section.element, section.from_bus, section.to_bus, *made)
        rows.append((*where, section.no_load_pu, *map(float, section.kinds_pu), section.total_pu))
    changes = [source, *(section.total_pu for section in parts.sections)]
    after = list(accumulate(changes, initial=NOMINAL_PU))[1:]
    return tuple((*row, voltage) for row, voltage in zip(rows, after, strict=True))


def _customer_table(feeder: Feeder, parts: Parts | None) -> Table:
    shares_pu = parts.customers_pu if parts else np.empty((0, len(KIND_COLUMNS)))
    totals = shares_pu.sum(axis=1)
    everyone, order = float(totals.sum()), np.argsort(-np.abs(totals), kind="stable")
    share = Column("share", "Of all customers' change", "%", 1)
    columns: list[Cells] = [
        (Column("customer", "Customer"), [feeder.customers[i].id for i in order]),
        (Column("bus", "Bus"), [feeder.customers[i].bus for i in order]),
        *zip(KIND_COLUMNS, shares_pu[order].T.tolist(), strict=True),
        (TOTAL, totals[order].tolist()),
        (share, [100 * float(totals[i]) / everyone if everyone else None for i in order]),
    ]
    return by_columns("customers", "Customers", columns)
