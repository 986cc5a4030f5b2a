"""A day's key figures as cards."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from simulator.answers.declared import marked
from simulator.answers.quantity import (
    HIGHEST_VOLTAGE,
    HOURS_OUTSIDE,
    LINE_LOADING,
    LOWEST_VOLTAGE,
    TRANSFORMER_LOADING,
    Quantity,
)
from simulator.assessment.en50160 import OUTSIDE_BAND, SHARE_MAX
from simulator.assessment.violations import Violation
from simulator.assessment.wording import percent, sided
from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.reports.cards import DASH, card, cards_of
from simulator.reports.report import Kpi, State
from simulator.studies.day.data import DayOut
from simulator.studies.day.day import Day
from simulator.studies.day.energy import Energy
from simulator.studies.run.cards import rise_card, transformer_card


def day_cards(feeder: Feeder, day: Day) -> tuple[Kpi, ...]:
    """Return a day's key figures, in the order a planner reads them."""
    largest = day.assessment.tightest("rise")
    place = _where(largest) if largest else ""
    rise = [rise_card(largest, day.limits, place)] if day.limits.rise_max is not None else []
    own = {
        "hours_outside": [_outside(day), *_voltages(feeder, day), *rise, *_loadings(feeder, day)],
        "energy": [_en50160(day), *_energies(day)],
    }
    return cards_of(DayOut, day, feeder, limits=day.limits, own=own)


def day_state(day: Day) -> State:
    """Return the state of a whole day."""
    if not day.assessment.solved.all():
        return "unknown"
    return "violated" if day.hours_outside else "ok"


def _outside(day: Day) -> Kpi:
    worst = day.worst
    place = f"worst: {_where(worst)}" if day.hours_outside else "all day within"
    shown = card("outside", HOURS_OUTSIDE, day.hours_outside, place)
    return replace(shown, value=f"{day.hours_outside:g}", state=day_state(day))


def _where(worst: Violation) -> str:
    return f"{worst.place} at {time_of(worst.step)}"


def _voltages(feeder: Feeder, day: Day) -> Iterator[Kpi]:
    for key, quantity, pick, voltages in (
        ("min_voltage", LOWEST_VOLTAGE, np.argmin, day.flow.low_pu),
        ("max_voltage", HIGHEST_VOLTAGE, np.argmax, day.flow.high_pu),
    ):
        vm_pu, place = None, ""
        if day.solved:
            step, bus = np.unravel_index(int(pick(voltages)), voltages.shape)
            vm_pu, place = float(voltages[step, bus]), f"{feeder.buses[bus].id} at {time_of(int(step))}"
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
    if reading is None:
        return replace(card("en50160", OUTSIDE_BAND, None, "no solution"), limit=limit)
    place = f"of the day at {reading.bus}"
    if reading.outside_wide:
        place += ", and outside +10/-15 %, where none may be"
    shown = card("en50160", OUTSIDE_BAND, reading.outside_band, place)
    value = sided(reading.outside_band * 100, (0, SHARE_MAX * 100), 1)
    return replace(shown, value=value, limit=limit, state="ok" if reading.met else "violated")


def _energies(day: Day) -> Iterator[Kpi]:
    energy = day.energy
    places = {
        "demand_kwh": f"covered by own PV: {_share(energy.self_sufficiency)}",
        "pv_kwh": f"used by its customers: {_share(energy.self_consumption)}",
        "import_kwh": "from the medium-voltage grid",
        "export_kwh": "to the medium-voltage grid",
        "loss_kwh": "lines and transformer",
    }
    for name, place in places.items():
        quantity, kwh = marked(Energy, name, Quantity), getattr(energy, name)
        if quantity:
            told = place if kwh is not None else f"{place}: no solution"
            yield card(quantity.key(name), quantity, kwh, told)


def _share(share: float | None) -> str:
    return DASH if share is None else percent(share, 1)
