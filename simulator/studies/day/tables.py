"""A day's tables: hours outside limits, energies, every quarter-hour and every bus."""

from typing import Any

import numpy as np

from simulator.answers.declared import figures
from simulator.answers.quantity import HOURS_OUTSIDE
from simulator.assessment.wording import KIND_WORDS, lowered
from simulator.grid.clock import STEPS_PER_DAY
from simulator.grid.schema import Feeder
from simulator.reports.report import Column, State, Table, texts
from simulator.reports.standing import NEAR, loading_state, rise_state, voltage_state, worst_state
from simulator.reports.tables import column, table_of
from simulator.studies.day.data import DayBusOut, DayOut, QuarterHourOut, day_buses, quarter_hours
from simulator.studies.day.day import KINDS, Day


def outside_table(day: Day) -> Table:
    """Return how long each kind of violation lasts."""
    columns = (Column("kind", "Violation"), column("hours", HOURS_OUTSIDE, label="Hours of the day"))
    rows = tuple((KIND_WORDS[kind], day.hours_of(kind)) for kind in KINDS)
    return Table("outside", "Hours outside limits", columns, (*rows, ("any of these", day.hours_outside)))


def energy_table(day: Day) -> Table:
    """Return the day's energies, with what each is."""
    told: dict[str, Any] = {"energy": day.energy.model_dump()}
    told |= {key: getattr(day.energy, key) for key in ("self_consumption", "self_sufficiency")}
    rows = tuple(
        (lowered(q.title), q.shown(value), q.unit, lowered(q.meaning).rstrip("."))
        for q, value in figures(DayOut, told)
    )
    value = Column("value", "Over the day", digits=1)
    columns = (Column("energy", "Energy"), value, *texts(unit="Unit", meaning="What it is"))
    return Table("energy", "Energies", columns, rows)


def step_table(feeder: Feeder, day: Day) -> Table:
    """Return every quarter-hour; what the power flow decides is None where it has no solution."""
    states = tuple(_step_state(day, step) for step in range(STEPS_PER_DAY))
    rows = quarter_hours(day, feeder)
    ways = [_direction(row["reverse_power_kw"]) for row in rows]
    near = [
        {**row, "state": NEAR} if state == "high" else row for row, state in zip(rows, states, strict=True)
    ]
    return table_of(
        "quarter-hours",
        "Quarter-hours; the battery is negative while it charges",
        QuarterHourOut,
        near,
        states,
        ("transformer_loading", [(Column("direction", "Direction"), ways)]),
    )


def _direction(exported_kw: float | None) -> str | None:
    return None if exported_kw is None else "export" if exported_kw else "import"


def _step_state(day: Day, step: int) -> State:
    """Return how a quarter-hour stands: beyond a limit, near one, or neither."""
    if not day.assessment.solved[step]:
        return "unknown"
    if day.assessment.violated[step]:
        return "violated"
    flow, limits = day.flow, day.limits
    extremes = (np.min(flow.low_pu[step]), np.max(flow.high_pu[step]))
    voltages = (voltage_state(float(extreme), limits) for extreme in extremes)
    loadings = (flow.transformer_loading[step], flow.line_loading[step])
    loaded = (loading_state(float(np.nanmax(each)), limits) for each in loadings if np.isfinite(each).any())
    rises = day.assessment.value[step, day.assessment.kinds == "rise"]
    risen = (rise_state(float(rises.max()), limits),) if rises.size else ()
    return worst_state((*voltages, *loaded, *risen))


def bus_table(feeder: Feeder, day: Day) -> Table:
    """Return every bus over the day; its extremes are None where a quarter-hour has no solution."""
    return table_of("buses", "Buses", DayBusOut, day_buses(day, feeder))
