"""A snapshot's tables: every bus, line, transformer and customer with its numbers."""

from math import isnan

import numpy as np

from simulator.assessment.violations import Violation
from simulator.assessment.wording import KIND_WORDS, NOT_RATED, limit_words, value_words
from simulator.grid.schema import Feeder
from simulator.grid.topology import trace
from simulator.reports.report import Column, State, Table
from simulator.reports.standing import NEAR, loading_state, voltage_state
from simulator.reports.tables import Cells, by_columns
from simulator.studies.run.snapshot import Snapshot
from simulator.technologies.registry import TECHNOLOGIES


def element_tables(feeder: Feeder, snapshot: Snapshot) -> tuple[Table, ...]:
    """Return the tables of buses, lines, transformers and customers; values are None without a solution."""
    return (
        bus_table(feeder, snapshot),
        line_table(feeder, snapshot),
        transformer_table(feeder, snapshot),
        customer_table(feeder, snapshot),
    )


def bus_table(feeder: Feeder, snapshot: Snapshot) -> Table:
    """Return voltage and distance of every bus."""
    buses, distance_km = [bus.id for bus in feeder.buses], trace(feeder).distance_km
    voltages = _solved(snapshot.flow.vm_pu[0])
    near = [voltage_state(vm, snapshot.scenario.limits) for vm in voltages]
    words, states = _states(snapshot, buses, near)
    columns: list[Cells] = [
        (Column("bus", "Bus"), buses),
        (Column("vm_pu", "Voltage", "pu", 4), voltages),
        (Column("vm_v", "Line-to-neutral", "V", 1), _times(voltages, feeder.base_kv * 1000 / 3**0.5)),
        (Column("distance_m", "Distance", "m", 0), [distance_km[bus] * 1000 for bus in buses]),
        (Column("state", "State"), words),
    ]
    return by_columns("buses", "Buses", columns, states)


def line_table(feeder: Feeder, snapshot: Snapshot) -> Table:
    """Return type, length, current and loading of every line."""
    lines, loadings = feeder.lines, _solved(snapshot.flow.line_loading[0])
    words, states = _loading_states(snapshot, [line.id for line in lines], loadings)
    amperes = [
        None if loading is None else loading * line.rating_ka * 1000
        for line, loading in zip(lines, loadings, strict=True)
    ]
    columns: list[Cells] = [
        (Column("line", "Line"), [line.id for line in lines]),
        (Column("from", "From"), [line.from_bus for line in lines]),
        (Column("to", "To"), [line.to_bus for line in lines]),
        (Column("type", "Type"), [line.std_type for line in lines]),
        (Column("length_m", "Length", "m", 0), [line.length_km * 1000 for line in lines]),
        (Column("current_a", "Current", "A", 0), amperes),
        (Column("rating_a", "Rating", "A", 0), [line.rating_ka * 1000 for line in lines]),
        (Column("loading", "Loading", "%", 1), _times(loadings, 100)),
        (Column("state", "State"), words),
    ]
    return by_columns("lines", "Lines", columns, states)


def transformer_table(feeder: Feeder, snapshot: Snapshot) -> Table:
    """Return rating, tap and loading of every transformer."""
    transformers, loadings = feeder.transformers, _solved(snapshot.flow.transformer_loading[0])
    told = zip(transformers, *_loading_states(snapshot, [t.id for t in transformers], loadings), strict=True)
    judged: list[tuple[str, State]] = [
        (words, state) if t.rated else (NOT_RATED, "plain") for t, words, state in told
    ]
    columns: list[Cells] = [
        (Column("transformer", "Transformer"), [t.id for t in transformers]),
        (Column("sn_kva", "Rating", "kVA", 0), [t.sn_kva if t.rated else None for t in transformers]),
        (Column("tap", "Tap position"), [t.tap.pos if t.tap else None for t in transformers]),
        (Column("loading", "Loading", "%", 1), _times(loadings, 100)),
        (Column("state", "State"), [words for words, _ in judged]),
    ]
    return by_columns("transformers", "Transformers", columns, tuple(state for _, state in judged))


def customer_table(feeder: Feeder, snapshot: Snapshot) -> Table:
    """Return what every customer draws and feeds in."""
    columns: list[Cells] = [
        (Column("customer", "Customer"), [customer.id for customer in feeder.customers]),
        (Column("bus", "Bus"), [customer.bus for customer in feeder.customers]),
        (Column("households", "Households", "", 0), [customer.households for customer in feeder.customers]),
    ]
    for key, each in TECHNOLOGIES.items():
        columns.append((Column(f"{key}_kw", each.flow, "kW", 2), each.shown(snapshot.kw[key]).tolist()))
    net_kw = np.sum(list(snapshot.kw.values()), axis=0)
    columns.append((Column("net_kw", "Net feed-in", "kW", 2), net_kw.tolist()))
    return by_columns("customers", "Customers", columns)


def violation_table(violations: tuple[Violation, ...]) -> Table:
    """Return every violation with its limit."""
    columns = (
        Column("kind", "Violation"),
        Column("element", "Element"),
        Column("value", "Value"),
        Column("limit", "Limit"),
    )
    rows = tuple((KIND_WORDS[v.kind], v.element, value_words(v), limit_words(v)) for v in violations)
    return Table("violations", "Violations", columns, rows)


def _solved(values: np.ndarray) -> list[float | None]:
    return [None if isnan(number) else number for number in values.tolist()]


def _times(values: list[float | None], factor: float) -> list[float | None]:
    return [None if value is None else value * factor for value in values]


def _loading_states(
    snapshot: Snapshot, elements: list[str], loadings: list[float | None]
) -> tuple[list[str], tuple[State, ...]]:
    near = [loading_state(loading, snapshot.scenario.limits) for loading in loadings]
    return _states(snapshot, elements, near)


def _states(
    snapshot: Snapshot, elements: list[str], near: list[State]
) -> tuple[list[str], tuple[State, ...]]:
    """Return each element's state in words and as data: what it violates, else how near a limit it is."""
    worst = {v.element: KIND_WORDS[v.kind] for v in reversed(snapshot.violations)}
    words: dict[State, str] = {"unknown": KIND_WORDS["no_solution"], "high": NEAR}
    states = tuple("violated" if e in worst else state for e, state in zip(elements, near, strict=True))
    told = (
        worst.get(e, words.get(state, "within limits")) for e, state in zip(elements, states, strict=True)
    )
    return list(told), states
