"""The day's answer, declared: hours outside limits, energies, EN 50160, every quarter-hour and every bus."""

from collections.abc import Iterator
from math import isfinite
from typing import Annotated, Any

from pydantic import BaseModel

from simulator.answers.declared import Of, data_of
from simulator.answers.quantity import (
    EXPORT,
    HIGHEST_VOLTAGE,
    HOURS_OUTSIDE,
    IMPORT,
    LOSSES,
    LOWEST_VOLTAGE,
    TRANSFORMER,
    Heading,
    Quantity,
)
from simulator.assessment.en50160 import BAND_PU, En50160, outside_shares
from simulator.assessment.kpis import read_kpis
from simulator.assessment.wording import KIND_WORDS
from simulator.grid.clock import STEPS_PER_DAY, time_of
from simulator.grid.schema import Feeder
from simulator.studies.by_technology import each_adoption, each_technology
from simulator.studies.data import AnswerOut, FindingOut, LimitsOut, OldStep, ViolationOut
from simulator.studies.day.day import KINDS, Day
from simulator.studies.day.energy import SELF_CONSUMPTION, SELF_SUFFICIENCY, Energy
from simulator.studies.rules import advise


class HoursOut(BaseModel):
    """Hours of the day with each kind of violation anywhere; null where the limits do not bound it."""

    undervoltage: float
    overvoltage: float
    rise: float | None
    line: float
    transformer: float
    no_solution: float


class EnergyOut(Energy):
    """Energies in kWh; import less export is demand with battery and network losses, less PV."""


class En50160Out(En50160):
    """Shares of the day outside 0.90 to 1.10 pu at the worst bus, and outside 0.85 to 1.10 pu at any.

    Quarter-hours of a day only approximate the standard's 10-minute means of a week.
    """


@each_technology("kw", lambda technology: Quantity(technology.label, "kW"))
class FlowOut(BaseModel):
    """What flows in a quarter-hour; null where it has no solution."""

    step: int
    hour: OldStep
    time: Annotated[str, Heading("Time")]
    min_voltage_pu: Annotated[float | None, LOWEST_VOLTAGE]
    min_voltage_bus: Annotated[str | None, Heading("at")]
    max_voltage_pu: Annotated[float | None, HIGHEST_VOLTAGE]
    max_voltage_bus: Annotated[str | None, Heading("at")]
    transformer_loading: Annotated[float | None, TRANSFORMER]
    import_kw: Annotated[float | None, IMPORT]
    reverse_power_kw: Annotated[float | None, EXPORT]


class QuarterHourOut(FlowOut):
    """A quarter-hour; ``battery_kw`` is negative while charging, ``stored_kwh`` is at its beginning."""

    stored_kwh: float
    loss_kw: Annotated[float | None, LOSSES]
    violated: bool
    state: Annotated[str, Heading("State")]


class DayBusOut(BaseModel):
    """A bus over the day; ``vm_pu`` has its 96 voltages: by phase, those nearest to a limit."""

    bus: Annotated[str, Heading("Bus")]
    min_voltage_pu: Annotated[float | None, LOWEST_VOLTAGE]
    max_voltage_pu: Annotated[float | None, HIGHEST_VOLTAGE]
    hours_outside: Annotated[float, HOURS_OUTSIDE]
    outside_10_percent: Annotated[float | None, Quantity("Outside 0.90 to 1.10 pu", "% of the day")]
    vm_pu: list[float | None]


def quarter_hours(day: Day, feeder: Feeder) -> list[dict[str, Any]]:
    """Return the day's quarter-hours as QuarterHourOut."""
    return [
        data_of(
            QuarterHourOut,
            read_kpis(feeder, day.flow, step),
            step=step,
            hour=step,
            time=time_of(step),
            **{f"{key}_kw": float(kw[step]) for key, kw in day.power.kw.items()},
            stored_kwh=float(day.power.stored_kwh[step]),
            violated=bool(day.assessment.violated[step]),
            state=", ".join(step_states(day, step)),
        )
        for step in range(STEPS_PER_DAY)
    ]


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


def day_buses(day: Day, feeder: Feeder) -> list[dict[str, Any]]:
    """Return every bus over the day as DayBusOut."""
    vm_pu = day.flow.worst_pu(day.limits.vm_min_pu, day.limits.vm_max_pu)
    found = zip(
        feeder.buses,
        vm_pu.T.tolist(),
        day.bus_hours_outside.tolist(),
        outside_shares(day.flow.low_pu, day.flow.high_pu, BAND_PU).tolist(),
        day.flow.low_pu.min(axis=0).tolist(),
        day.flow.high_pu.max(axis=0).tolist(),
        strict=True,
    )
    return [
        {
            "bus": bus.id,
            "min_voltage_pu": low if day.solved else None,
            "max_voltage_pu": high if day.solved else None,
            "hours_outside": hours,
            "outside_10_percent": share if day.solved else None,
            "vm_pu": [v if isfinite(v) else None for v in voltages],
        }
        for bus, voltages, hours, share, low, high in found
    ]


@each_adoption()
class DayOut(AnswerOut):
    """A day; what the power flow decides is null where a quarter-hour has no solution."""

    date: str | None
    limits: LimitsOut
    converged: Annotated[bool, Of("solved")]
    hours_outside: Annotated[float, HOURS_OUTSIDE]
    hours_outside_by_kind: Annotated[
        HoursOut, Of(lambda day, _: {kind: day.hours_of(kind) for kind in KINDS})
    ]
    worst: ViolationOut
    energy: EnergyOut
    self_consumption: Annotated[float | None, SELF_CONSUMPTION, Of("energy.self_consumption")]
    self_sufficiency: Annotated[float | None, SELF_SUFFICIENCY, Of("energy.self_sufficiency")]
    battery_capacity_kwh: Annotated[float, Of("power.capacity_kwh")]
    en50160: En50160Out | None
    quarter_hours: Annotated[list[QuarterHourOut], Of(quarter_hours)]
    buses: Annotated[list[DayBusOut], Of(day_buses)]
    findings: Annotated[list[FindingOut], Of(lambda day, _: advise("day", day))]
