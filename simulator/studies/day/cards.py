"""A day's key figures as cards."""

from collections.abc import Iterator

import numpy as np

from simulator.answers.quantity import HIGHEST_VOLTAGE, LINE_LOADING, LOWEST_VOLTAGE, TRANSFORMER_LOADING
from simulator.assessment.en50160 import SHARE_MAX
from simulator.assessment.violations import Violation
from simulator.assessment.wording import percent, sided
from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.reports.cards import DASH, card
from simulator.reports.report import Kpi, State
from simulator.studies.day.day import Day
from simulator.studies.run.cards import rise_card, transformer_card


def day_cards(feeder: Feeder, day: Day) -> tuple[Kpi, ...]:
    """Return a day's key figures, in the order a planner reads them."""
    largest = day.assessment.tightest("rise")
    place = _where(largest) if largest else ""
    rise = [rise_card(largest, day.limits, place)] if day.limits.rise_max is not None else []
    return (
        _outside(day),
        *_voltages(feeder, day),
        *rise,
        *_loadings(feeder, day),
        _en50160(day),
        *_energies(day),
    )


def day_state(day: Day) -> State:
    """Return the state of a whole day."""
    if not day.assessment.solved.all():
        return "unknown"
    return "violated" if day.hours_outside else "ok"


def _outside(day: Day) -> Kpi:
    worst = day.worst
    place = f"worst: {_where(worst)}" if day.hours_outside else "all day within"
    return Kpi("outside", "Outside limits", f"{day.hours_outside:g}", "h", place, "", day_state(day))


def _where(worst: Violation) -> str:
    return f"{worst.element} at {time_of(worst.step)}"


def _voltages(feeder: Feeder, day: Day) -> Iterator[Kpi]:
    for key, quantity, pick in (
        ("min_voltage", LOWEST_VOLTAGE, np.argmin),
        ("max_voltage", HIGHEST_VOLTAGE, np.argmax),
    ):
        vm_pu, place = None, ""
        if day.solved:
            step, bus = np.unravel_index(int(pick(day.flow.vm_pu)), day.flow.vm_pu.shape)
            vm_pu, place = (
                float(day.flow.vm_pu[step, bus]),
                f"{feeder.buses[bus].id} at {time_of(int(step))}",
            )
        yield card(key, quantity, vm_pu, place, day.limits)


def _loadings(feeder: Feeder, day: Day) -> Iterator[Kpi]:
    flow = day.flow
    transformers, lines = ([each.id for each in of] for of in (feeder.transformers, feeder.lines))
    for key, quantity, loading, ids in (
        ("transformer_loading", TRANSFORMER_LOADING, flow.transformer_loading, transformers),
        ("line_loading", LINE_LOADING, flow.line_loading, lines),
    ):
        if key == "transformer_loading" and not any(feeder.rated):
            yield transformer_card(None, "", day.limits, rated=False)
            continue
        if not day.solved or not loading.size:
            yield card(key, quantity, None, "", day.limits)
            continue
        step, element = np.unravel_index(int(np.nanargmax(loading)), loading.shape)
        direction = "exporting" if flow.source_kw[step] < 0 else "importing"
        way = f", {direction}" if key == "transformer_loading" else ""
        place = f"{ids[element]} at {time_of(int(step))}{way}"
        yield card(key, quantity, float(loading[step, element]), place, day.limits)


def _en50160(day: Day) -> Kpi:
    reading, limit = day.en50160, percent(SHARE_MAX)
    label = "Outside \N{PLUS-MINUS SIGN}10 % (EN 50160)"
    if reading is None:
        return Kpi("en50160", label, DASH, "", "no solution", limit, "unknown")
    value = sided(reading.outside_band * 100, (0, SHARE_MAX * 100), 1)
    state: State = "ok" if reading.met else "violated"
    place = f"of the day at {reading.bus}"
    if reading.outside_wide:
        place += ", and outside +10/-15 %, where none may be"
    return Kpi("en50160", label, value, "%", place, limit, state)


def _energies(day: Day) -> Iterator[Kpi]:
    energy = day.energy
    yield _kwh("demand", "Demand", energy.demand_kwh, f"covered by own PV: {_share(energy.self_sufficiency)}")
    yield _kwh("pv", "PV", energy.pv_kwh, f"used by its customers: {_share(energy.self_consumption)}")
    yield _kwh("import", "Import", energy.import_kwh, "from the medium-voltage grid")
    yield _kwh("export", "Export", energy.export_kwh, "to the medium-voltage grid")
    yield _kwh("loss", "Losses", energy.loss_kwh, "lines and transformer")


def _share(share: float | None) -> str:
    return DASH if share is None else percent(share, 1)


def _kwh(key: str, label: str, kwh: float | None, place: str) -> Kpi:
    if kwh is None:
        return Kpi(key, label, DASH, "", f"{place}: no solution", "", "unknown")
    return Kpi(key, label, f"{kwh:.0f}", "kWh", place)
