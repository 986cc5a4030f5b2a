"""A snapshot's tables: every bus, line, transformer and customer with its numbers."""

from math import isnan

import numpy as np

from simulator.assessment.violations import Violation
from simulator.assessment.wording import KIND_WORDS, NOT_RATED, limit_words, value_words
from simulator.grid.schema import Feeder
from simulator.grid.topology import trace
from simulator.reports.report import Column, State, Table
from simulator.reports.standing import NEAR, loading_state, voltage_state
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
    distance = trace(feeder).distance_km
    voltages = _solved(snapshot, snapshot.flow.vm_pu[0])
    near = [voltage_state(vm, snapshot.scenario.limits) for vm in voltages]
    words, states = _states(snapshot, [bus.id for bus in feeder.buses], near)
    return Table(
        "buses",
        "Buses",
        (
            Column("bus", "Bus"),
            Column("vm_pu", "Voltage", "pu", 4),
            Column("vm_v", "Line-to-neutral", "V", 1),
            Column("distance_m", "Distance", "m", 0),
            Column("state", "State"),
        ),
        tuple(
            (
                bus.id,
                vm,
                None if vm is None else vm * feeder.base_kv * 1000 / 3**0.5,
                distance[bus.id] * 1000,
                state,
            )
            for bus, vm, state in zip(feeder.buses, voltages, words, strict=True)
        ),
        states=states,
    )


def line_table(feeder: Feeder, snapshot: Snapshot) -> Table:
    """Return type, length, current and loading of every line."""
    loadings = _solved(snapshot, snapshot.flow.line_loading[0])
    words, states = _loading_states(snapshot, [line.id for line in feeder.lines], loadings)
    return Table(
        "lines",
        "Lines",
        (
            Column("line", "Line"),
            Column("from", "From"),
            Column("to", "To"),
            Column("type", "Type"),
            Column("length_m", "Length", "m", 0),
            Column("current_a", "Current", "A", 0),
            Column("rating_a", "Rating", "A", 0),
            Column("loading", "Loading", "%", 1),
            Column("state", "State"),
        ),
        tuple(
            (
                line.id,
                line.from_bus,
                line.to_bus,
                line.std_type,
                line.length_km * 1000,
                None if loading is None else loading * line.rating_ka * 1000,
                line.rating_ka * 1000,
                None if loading is None else loading * 100,
                state,
            )
            for line, loading, state in zip(feeder.lines, loadings, words, strict=True)
        ),
        states=states,
    )


def transformer_table(feeder: Feeder, snapshot: Snapshot) -> Table:
    """Return rating, tap and loading of every transformer."""
    loadings = _solved(snapshot, snapshot.flow.transformer_loading[0])
    words, states = _loading_states(snapshot, [t.id for t in feeder.transformers], loadings)
    return Table(
        "transformers",
        "Transformers",
        (
            Column("transformer", "Transformer"),
            Column("sn_kva", "Rating", "kVA", 0),
            Column("tap", "Tap position"),
            Column("loading", "Loading", "%", 1),
            Column("state", "State"),
        ),
        tuple(
            (
                t.id,
                t.sn_kva if t.rated else None,
                t.tap.pos if t.tap else None,
                None if loading is None else loading * 100,
                state if t.rated else NOT_RATED,
            )
            for t, loading, state in zip(feeder.transformers, loadings, words, strict=True)
        ),
        states=tuple(
            state if t.rated else "plain" for t, state in zip(feeder.transformers, states, strict=True)
        ),
    )


def customer_table(feeder: Feeder, snapshot: Snapshot) -> Table:
    """Return what every customer draws and feeds in."""
    shown = [technology.shown(snapshot.kw[key]) for key, technology in TECHNOLOGIES.items()]
    net = sum(snapshot.kw.values())
    return Table(
        "customers",
        "Customers",
        (
            Column("customer", "Customer"),
            Column("bus", "Bus"),
            Column("households", "Households", "", 0),
            *(Column(f"{key}_kw", technology.flow, "kW", 2) for key, technology in TECHNOLOGIES.items()),
            Column("net_kw", "Net feed-in", "kW", 2),
        ),
        tuple(
            (customer.id, customer.bus, customer.households, *map(float, kw))
            for customer, kw in zip(feeder.customers, np.transpose([*shown, net]), strict=True)
        ),
    )


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


def _solved(snapshot: Snapshot, values: object) -> list[float | None]:
    numbers: list[float] = values.tolist()  # type: ignore[attr-defined]
    return [None if isnan(number) else number for number in numbers]


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
