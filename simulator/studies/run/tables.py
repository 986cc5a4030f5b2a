"""A snapshot's tables: every bus, line, transformer and customer with its numbers."""

from collections.abc import Iterator
from math import isnan

import numpy as np

from simulator.answers.quantity import (
    BUS_VOLTAGE,
    DISTANCE,
    HOUSEHOLDS,
    LENGTH,
    LOADING,
    NEUTRAL_VOLTAGE,
    RETURNING,
    UNBALANCE,
    Quantity,
)
from simulator.assessment.violations import Violation
from simulator.assessment.wording import KIND_WORDS, NOT_RATED, limit_words, value_words
from simulator.grid.phases import PHASES
from simulator.grid.schema import Feeder
from simulator.grid.topology import trace
from simulator.reports.report import Column, State, Table, texts
from simulator.reports.standing import NEAR, loading_state, voltage_state
from simulator.reports.tables import Cells, by_columns, cells
from simulator.studies.run.snapshot import Snapshot
from simulator.technologies.registry import TECHNOLOGIES

TO_NEUTRAL = Quantity("Line-to-neutral", "V")
CURRENT, RATING = Quantity("Current", "A", 0), Quantity("Rating", "A", 0)
FLOW = Quantity("Net feed-in", "kW", 2)


def element_tables(feeder: Feeder, snapshot: Snapshot) -> tuple[Table, ...]:
    """Return every bus, line, transformer and customer; values are None without a solution."""
    tables = (_buses, _lines, _transformers, _customers)
    return tuple(table(feeder, snapshot) for table in tables)


def _buses(feeder: Feeder, snapshot: Snapshot) -> Table:
    buses, distance_km = [bus.id for bus in feeder.buses], trace(feeder).distance_km
    voltages = _solved(snapshot.worst_pu)
    near = [voltage_state(vm, snapshot.scenario.limits) for vm in voltages]
    words, states = _states(snapshot, buses, near)
    columns: list[Cells] = [
        (Column("bus", "Bus"), buses),
        cells("vm_pu", BUS_VOLTAGE, voltages),
        cells("vm_v", TO_NEUTRAL, _solved(snapshot.worst_pu * feeder.base_kv * 1000 / 3**0.5)),
        *_each_phase(snapshot),
        *_unbalanced_buses(snapshot),
        cells("distance_m", DISTANCE, [distance_km[bus] * 1000 for bus in buses]),
        (Column("state", "State"), words),
    ]
    return by_columns("buses", "Buses", columns, states)


def _each_phase(snapshot: Snapshot) -> Iterator[Cells]:
    """Yield a column for each phase, where they are told apart."""
    if snapshot.flow.phases:
        for phase, vm_pu in zip(PHASES, snapshot.flow.phases.each[0].T, strict=True):
            yield cells(f"vm_{phase}_pu", BUS_VOLTAGE, _solved(vm_pu), label=f"Phase {phase}")


def _unbalanced_buses(snapshot: Snapshot) -> Iterator[Cells]:
    if snapshot.unbalance:
        yield cells("unbalance", UNBALANCE, _solved(snapshot.unbalance.share[0]))
        if snapshot.unbalance.neutral_v.any():
            yield cells("neutral_v", NEUTRAL_VOLTAGE, _solved(snapshot.unbalance.neutral_v[0]))


def _returning(snapshot: Snapshot) -> Iterator[Cells]:
    if snapshot.unbalance:
        yield cells("returning_a", RETURNING, _solved(snapshot.unbalance.returning_a[0]))


def _lines(feeder: Feeder, snapshot: Snapshot) -> Table:
    lines, loadings = feeder.lines, _solved(snapshot.flow.line_loading[0])
    words, states = _loading_states(snapshot, [line.id for line in lines], loadings)
    ratings_a = np.array([line.rating_ka * 1000 for line in lines])
    columns: list[Cells] = [
        (Column("line", "Line"), [line.id for line in lines]),
        (Column("from", "From"), [line.from_bus for line in lines]),
        (Column("to", "To"), [line.to_bus for line in lines]),
        (Column("type", "Type"), [line.std_type for line in lines]),
        cells("length_m", LENGTH, [line.length_km * 1000 for line in lines]),
        cells("current_a", CURRENT, _solved(snapshot.flow.line_loading[0] * ratings_a)),
        *_returning(snapshot),
        cells("rating_a", RATING, ratings_a.tolist()),
        cells("loading", LOADING, loadings),
        (Column("state", "State"), words),
    ]
    return by_columns("lines", "Lines", columns, states)


def _transformers(feeder: Feeder, snapshot: Snapshot) -> Table:
    transformers, loadings = feeder.transformers, _solved(snapshot.flow.transformer_loading[0])
    told = zip(transformers, *_loading_states(snapshot, [t.id for t in transformers], loadings), strict=True)
    judged: list[tuple[str, State]] = [
        (words, state) if t.rated else (NOT_RATED, "plain") for t, words, state in told
    ]
    columns: list[Cells] = [
        (Column("transformer", "Transformer"), [t.id for t in transformers]),
        cells("sn_kva", RATING, [t.sn_kva if t.rated else None for t in transformers], unit="kVA"),
        (Column("tap", "Tap position"), [t.tap.pos if t.tap else None for t in transformers]),
        cells("loading", LOADING, loadings),
        (Column("state", "State"), [words for words, _ in judged]),
    ]
    return by_columns("transformers", "Transformers", columns, tuple(state for _, state in judged))


def _customers(feeder: Feeder, snapshot: Snapshot) -> Table:
    columns: list[Cells] = [
        (Column("customer", "Customer"), [customer.id for customer in feeder.customers]),
        (Column("bus", "Bus"), [customer.bus for customer in feeder.customers]),
        cells("households", HOUSEHOLDS, [customer.households for customer in feeder.customers]),
        *(
            cells(f"{key}_kw", FLOW, each.shown(snapshot.kw[key]).tolist(), label=each.flow)
            for key, each in TECHNOLOGIES.items()
        ),
        cells("net_kw", FLOW, np.sum(list(snapshot.kw.values()), axis=0).tolist()),
    ]
    return by_columns("customers", "Customers", columns)


def violation_table(violations: tuple[Violation, ...]) -> Table:
    """Return every violation with its limit."""
    columns = texts(kind="Violation", element="Element", value="Value", limit="Limit")
    rows = tuple((KIND_WORDS[v.kind], v.place, value_words(v), limit_words(v)) for v in violations)
    return Table("violations", "Violations", columns, rows)


def _solved(values: np.ndarray) -> list[float | None]:
    return [None if isnan(number) else number for number in values.tolist()]


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
