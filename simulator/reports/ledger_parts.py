"""A voltage's parts as rows: for the waterfall, and for the tables of sections and customers."""

from collections.abc import Iterator
from itertools import accumulate

import numpy as np

from simulator.grid.schema import Feeder
from simulator.reports.charts.waterfall import Change, fitted
from simulator.reports.report import CellValue, Column, Table
from simulator.studies.cause import NOMINAL_PU
from simulator.studies.ledger import Ledger, Parts, Section
from simulator.studies.ledger_wording import change_words
from simulator.studies.shares import KINDS

DIGITS = 5
KIND_COLUMNS = (
    Column("load_pu", "By load", "pu", DIGITS),
    Column("pv_pu", "By PV", "pu", DIGITS),
    Column("battery_pu", "By batteries", "pu", DIGITS),
)


def ledger_changes(feeder: Feeder, ledger: Ledger) -> tuple[Change, ...]:
    """Return the waterfall's bars: source, transformer without and by load, each line; none unsolved."""
    if ledger.parts is None:
        return ()
    return tuple(_changes(feeder, ledger.parts))


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
    for section in parts.lines:
        total = section.total_pu
        way = f"{section.element}, {section.from_bus} to {section.to_bus}"
        story = f"{way}: {change_words(total)} pu{_kinds(section)}"
        yield Change(section.element, f"to {section.to_bus}, {metres[section.element]:.0f} m", total, story)


def _kinds(section: Section) -> str:
    sums = zip(KINDS, section.shares_pu.sum(axis=0), strict=True)
    told = ", ".join(f"{kind} {change_words(float(share))}" for kind, share in sums if share)
    return f" ({told})" if told else ""


def ledger_tables(feeder: Feeder, ledger: Ledger) -> tuple[Table, ...]:
    """Return the sections in the order of the way, and the customers, the largest first."""
    parts = ledger.parts
    columns = (
        Column("part", "Part"),
        Column("from", "From"),
        Column("to", "To"),
        Column("type", "Type"),
        Column("length_m", "Length", "m", 0),
        Column("no_load_pu", "Without load", "pu", DIGITS),
        *KIND_COLUMNS,
        Column("total_pu", "Total", "pu", DIGITS),
        Column("voltage_pu", "Voltage after", "pu", 4),
    )
    sections = Table("sections", "Sections", columns, section_rows(feeder, parts) if parts else ())
    return sections, _customer_table(feeder, parts)


def section_rows(feeder: Feeder, parts: Parts) -> tuple[tuple[CellValue, ...], ...]:
    """Return a row a section: where it is, what it is made of, its parts, and the voltage after it."""
    lines = {line.id: line for line in feeder.lines}
    source = parts.source_pu - NOMINAL_PU
    rows: list[tuple[CellValue, ...]] = [
        ("source", "1 pu", "source", "ideal source", None, source, None, None, None, source)
    ]
    for section in parts.sections:
        line = lines.get(section.element) if section in parts.lines else None
        made = (line.std_type, 1000 * line.length_km) if line else ("transformer", None)
        load, pv, battery = map(float, section.shares_pu.sum(axis=0))
        where = (section.element, section.from_bus, section.to_bus, *made)
        rows.append((*where, section.no_load_pu, load, pv, battery, section.total_pu))
    changes = [source, *(section.total_pu for section in parts.sections)]
    after = list(accumulate(changes, initial=NOMINAL_PU))[1:]
    return tuple((*row, voltage) for row, voltage in zip(rows, after, strict=True))


def _customer_table(feeder: Feeder, parts: Parts | None) -> Table:
    columns = (
        Column("customer", "Customer"),
        Column("bus", "Bus"),
        *KIND_COLUMNS,
        Column("total_pu", "Total", "pu", DIGITS),
        Column("share", "Of all customers' change", "%", 1),
    )
    if parts is None:
        return Table("customers", "Customers", columns, ())
    totals = parts.customers_pu.sum(axis=1)
    everyone = float(totals.sum())
    rows = (
        (
            feeder.customers[i].id,
            feeder.customers[i].bus,
            *map(float, parts.customers_pu[i]),
            float(totals[i]),
            100 * float(totals[i]) / everyone if everyone else None,
        )
        for i in np.argsort(-np.abs(totals), kind="stable")
    )
    return Table("customers", "Customers", columns, tuple(rows))
