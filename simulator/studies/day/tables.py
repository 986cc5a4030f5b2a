"""A day's tables: hours outside limits, energies, every quarter-hour and every bus."""

from collections.abc import Iterator

import numpy as np

from simulator.assessment.en50160 import BAND_PU, outside_shares
from simulator.assessment.wording import KIND_WORDS
from simulator.grid.clock import STEPS_PER_DAY, time_of
from simulator.grid.schema import Feeder
from simulator.reports.report import CellValue, Column, State, Table
from simulator.reports.standing import NEAR, loading_state, rise_state, voltage_state, worst_state
from simulator.studies.day.day import KINDS, Day
from simulator.technologies.registry import TECHNOLOGIES


def outside_table(day: Day) -> Table:
    """Return how long each kind of violation lasts."""
    columns = (Column("kind", "Violation"), Column("hours", "Hours of the day", "h", 2))
    rows = tuple((KIND_WORDS[kind], day.hours_of(kind)) for kind in KINDS)
    return Table("outside", "Hours outside limits", columns, (*rows, ("any of these", day.hours_outside)))


def energy_table(day: Day) -> Table:
    """Return the day's energies, with what each is."""
    energy = day.energy

    def percent(share: float | None) -> float | None:
        return None if share is None else share * 100

    rows: tuple[tuple[CellValue, ...], ...] = (
        ("demand", energy.demand_kwh, "kWh", "all customers' load"),
        ("PV", energy.pv_kwh, "kWh", "all customers' PV"),
        ("used directly", energy.direct_kwh, "kWh", "PV that covers its customer's load at once"),
        ("through the battery", energy.via_battery_kwh, "kWh", "PV that covers it out of the battery"),
        ("battery losses", energy.battery_loss_kwh, "kWh", "charged but never given back"),
        ("surplus", energy.surplus_kwh, "kWh", "PV that leaves its customer: to neighbours or exported"),
        ("import", energy.import_kwh, "kWh", "from the medium-voltage grid"),
        ("export", energy.export_kwh, "kWh", "to the medium-voltage grid"),
        ("losses", energy.loss_kwh, "kWh", "in lines and transformers"),
        (
            "self-consumption",
            percent(energy.self_consumption),
            "%",
            "PV used directly or through the battery, of PV",
        ),
        ("self-sufficiency", percent(energy.self_sufficiency), "%", "the same, of demand"),
    )
    columns = (
        Column("energy", "Energy"),
        Column("value", "Over the day", "", 1),
        Column("unit", "Unit"),
        Column("meaning", "What it is"),
    )
    return Table("energy", "Energies", columns, rows)


def step_table(feeder: Feeder, day: Day) -> Table:
    """Return every quarter-hour; what the power flow decides is None where it has no solution."""
    columns = (
        Column("time", "Time"),
        Column("min_voltage", "Lowest voltage", "pu", 4),
        Column("min_bus", "at"),
        Column("max_voltage", "Highest voltage", "pu", 4),
        Column("max_bus", "at"),
        Column("transformer", "Transformer", "%", 1),
        Column("direction", "Direction"),
        Column("import", "Import", "kW", 1),
        Column("export", "Export", "kW", 1),
        *(Column(key, technology.label, "kW", 1) for key, technology in TECHNOLOGIES.items()),
        Column("loss", "Losses", "kW", 2),
        Column("state", "State"),
    )
    states = tuple(_step_state(day, step) for step in range(STEPS_PER_DAY))
    rows = tuple(_step_row(feeder, day, step, states[step]) for step in range(STEPS_PER_DAY))
    title = "Quarter-hours; the battery is negative while it charges"
    return Table("quarter-hours", title, columns, rows, states=states)


def _step_state(day: Day, step: int) -> State:
    """Return how a quarter-hour stands: beyond a limit, near one, or neither."""
    if not day.assessment.solved[step]:
        return "unknown"
    if day.assessment.violated[step]:
        return "violated"
    flow, limits = day.flow, day.limits
    voltages = (voltage_state(float(edge(flow.vm_pu[step])), limits) for edge in (np.min, np.max))
    loadings = (flow.transformer_loading[step], flow.line_loading[step])
    loaded = (loading_state(float(np.nanmax(each)), limits) for each in loadings if np.isfinite(each).any())
    rises = day.assessment.value[step, day.assessment.kinds == "rise"]
    risen = (rise_state(float(rises.max()), limits),) if rises.size else ()
    return worst_state((*voltages, *loaded, *risen))


def _step_row(feeder: Feeder, day: Day, step: int, state: State) -> tuple[CellValue, ...]:
    flow, power = day.flow, day.power
    solved: tuple[CellValue, ...] = (None,) * 8
    loss_kw: float | None = None
    if flow.converged[step]:
        vm_pu = flow.vm_pu[step]
        low, high = int(np.argmin(vm_pu)), int(np.argmax(vm_pu))
        source_kw = float(flow.source_kw[step])
        loss_kw = float(flow.loss_kw[step])
        solved = (
            float(vm_pu[low]),
            feeder.buses[low].id,
            float(vm_pu[high]),
            feeder.buses[high].id,
            None if np.isnan(flow.transformer_peak[step]) else float(flow.transformer_peak[step]) * 100,
            "export" if source_kw < 0 else "import",
            max(source_kw, 0.0),
            max(-source_kw, 0.0),
        )
    drawn = [float(kw[step]) for kw in power.kw.values()]
    words = NEAR if state == "high" else ", ".join(step_states(day, step))
    return (time_of(step), *solved, *drawn, loss_kw, words)


def step_states(day: Day, step: int) -> Iterator[str]:
    """Yield the kinds of violation of a quarter-hour in words; ``within limits`` where there is none."""
    assessment = day.assessment
    if not assessment.solved[step]:
        yield KIND_WORDS["no_solution"]
    elif assessment.violated[step]:
        found = set(assessment.kinds[assessment.excess[step] > 0])
        yield from (KIND_WORDS[kind] for kind in KINDS if kind in found)
    else:
        yield "within limits"


def bus_table(feeder: Feeder, day: Day) -> Table:
    """Return every bus over the day; its extremes are None where a quarter-hour has no solution."""
    columns = (
        Column("bus", "Bus"),
        Column("min_voltage", "Lowest voltage", "pu", 4),
        Column("max_voltage", "Highest voltage", "pu", 4),
        Column("hours", "Outside limits", "h", 2),
        Column("share", "Outside 0.90 to 1.10 pu", "% of the day", 1),
    )
    return Table("buses", "Buses", columns, tuple(_bus_rows(feeder, day)))


def _bus_rows(feeder: Feeder, day: Day) -> Iterator[tuple[CellValue, ...]]:
    vm_pu = day.flow.vm_pu
    found = zip(
        feeder.buses,
        vm_pu.min(axis=0).tolist(),
        vm_pu.max(axis=0).tolist(),
        day.bus_hours_outside.tolist(),
        outside_shares(vm_pu, BAND_PU).tolist(),
        strict=True,
    )
    for bus, low, high, hours, share in found:
        yield (bus.id, low, high, hours, share * 100) if day.solved else (bus.id, None, None, hours, None)
