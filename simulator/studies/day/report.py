"""The day page's report: 96 quarter-hours of a scenario, in one sentence, pictures and tables."""

from functools import partial

import numpy as np

from simulator.assessment.violations import Violation
from simulator.assessment.wording import NO_SOLUTION, NOT_RATED, describe, percent, value_words
from simulator.drawing.heat import render_heat_map
from simulator.drawing.panel import NARROW
from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.reports.cards import kpi_table
from simulator.reports.report import Figure, Report
from simulator.studies.adoption import adoption_of, adoption_rows
from simulator.studies.day.cards import day_cards, day_state
from simulator.studies.day.chart import render_day_loading, render_day_power
from simulator.studies.day.day import Day
from simulator.studies.day.tables import bus_table, energy_table, outside_table, step_table
from simulator.studies.day.wording import hours_words
from simulator.studies.rules import advise
from simulator.studies.sentences import feeder_words


def day_report(feeder: Feeder, day: Day) -> Report:
    """Return the answer to "what happens over the whole day"."""
    cards = day_cards(feeder, day)
    return Report(
        title=f"{feeder.name} on {day.date}" if day.date else f"The day of {feeder.name}",
        sentence=day_sentence(feeder, day),
        state=day_state(day),
        question=(
            ("Feeder", feeder_words(feeder)),
            *((("Date", day.date),) if day.date else ()),
            ("Time", "all 96 quarter-hours, 00:00 to 24:00"),
            *adoption_rows(day.adoption),
            ("Limits", f"{day.limits.title}: {day.limits.band} ({day.limits.source})"),
        ),
        kpis=cards,
        figures=(_heat_map(feeder, day), *_loading(feeder, day), _power(day)),
        findings=advise("day", day),
        tables=(
            kpi_table(cards),
            outside_table(day),
            energy_table(day),
            step_table(feeder, day),
            bus_table(feeder, day),
        ),
    )


def day_sentence(feeder: Feeder, day: Day) -> str:
    """Say how long the feeder is outside its limits, and the worst of it."""
    when = f"On {day.date}" if day.date else "Over the day"
    start = f"{when} with {adoption_of(feeder, day.adoption)}, {feeder.feeder_id}"
    unsolved = day.hours_of("no_solution")
    if unsolved:
        return (
            f"{start} is outside its limits for {hours_words(day.hours_outside)}, "
            f"{hours_words(unsolved)} of them with {NO_SOLUTION}."
        )
    if day.hours_outside:
        worst = day.worst
        return (
            f"{start} is outside its limits for {hours_words(day.hours_outside)}, "
            f"worst at {time_of(worst.step)}: {_found(worst)}."
        )
    low_pu, high_pu, loading = day.flow.low_pu, day.flow.high_pu, day.flow.transformer_peak
    most = NOT_RATED if np.isnan(loading).all() else f"at most at {percent(float(np.nanmax(loading)))}"
    return (
        f"{start} stays within its limits all day: {low_pu.min():.3f} to {high_pu.max():.3f} pu, "
        f"transformer {most}."
    )


def _found(worst: Violation) -> str:
    if worst.kind == "rise":
        return f"{worst.place} rises by {value_words(worst)}"
    return describe(worst)


def _heat_map(feeder: Feeder, day: Day) -> Figure:
    rise = None if day.limits.rise_max is None else day.bus_violated("rise")
    worst_pu = day.flow.worst_pu(day.limits.vm_min_pu, day.limits.vm_max_pu)
    draw = partial(render_heat_map, feeder, worst_pu, day.limits, rise)
    caption = (
        "A row a bus, branch by branch as in the single-line diagram, outwards from the transformer; "
        "a column a quarter-hour. Colours span the day's own range; striped: outside the limits."
    )
    return Figure("heat", "Voltage by bus and time", caption, draw, partial(draw, width=NARROW))


def _loading(feeder: Feeder, day: Day) -> tuple[Figure, ...]:
    """Return the transformers' loading over the day; no picture where none has a rating."""
    if not any(feeder.rated):
        return ()
    loading = day.flow.transformer_peak
    draw = partial(render_day_loading, loading, day.flow.source_kw, day.limits.loading_max)
    caption = "Of the most loaded transformer, by current; below zero while the feeder exports."
    return (Figure("day-loading", "Transformer loading", caption, draw, partial(draw, width=NARROW)),)


def _power(day: Day) -> Figure:
    draw = partial(render_day_power, day.power, day.flow.source_kw)
    caption = "All customers together, and what crosses the transformer."
    return Figure("day-power", "Power", caption, draw, partial(draw, width=NARROW))
