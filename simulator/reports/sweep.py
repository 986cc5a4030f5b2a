"""The sweep page's report: violations and voltage over PV adoption, and the hosting capacity."""

from functools import partial

import numpy as np

from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.reports.charts.panel import NARROW
from simulator.reports.charts.sweep import render_sweep_chart
from simulator.reports.elements import kpi_table
from simulator.reports.report import Column, Figure, Kpi, Report, State, Table
from simulator.reports.sentences import share_words, sweep_sentence, times_words
from simulator.studies.hosting_capacity import HostingCapacity, Sweep
from simulator.studies.wording import KIND_WORDS, limit_words


def sweep_report(feeder: Feeder, sweep: Sweep) -> Report:
    """Return the answer to "how much PV": sentence, capacity, chart, and the 21 points."""
    cards = capacity_cards(sweep)
    return Report(
        title=f"PV sweep of {feeder.name}",
        sentence=sweep_sentence(feeder.feeder_id, sweep),
        state=sweep_state(sweep),
        question=(
            ("Feeder", f"{feeder.name} ({feeder.feeder_id}), {feeder.archetype}"),
            ("Quarter-hours", times_words(sweep.hours)),
            ("Battery adoption", share_words(sweep.battery_adoption)),
            ("Limits", f"{sweep.limits.title}: {sweep.limits.band} ({sweep.limits.source})"),
            ("PV potential", f"{feeder.pv_potential_kwp:.1f} kWp"),
        ),
        kpis=cards,
        figures=(_chart(sweep),),
        tables=(kpi_table(cards), _points_table(sweep)),
    )


def sweep_state(sweep: Sweep) -> State:
    """Return the state of a sweep: violated where the feeder is in trouble before any PV."""
    return "violated" if sweep.baseline_violation else "ok"


def capacity_cards(sweep: Sweep) -> tuple[Kpi, ...]:
    """Return the hosting capacity, what binds, and the capacity that counts what PV causes."""
    cards = [_capacity_card("hosting_capacity", "Hosting capacity", sweep.capacity, sweep_state(sweep))]
    binding = sweep.capacity.binding
    if binding is None:
        cards.append(Kpi("binding", "Binding", "nothing", "", "no limit is met", "", "ok"))
    else:
        place = f"{binding.element} at {time_of(binding.step)}"
        cards.append(Kpi("binding", "Binding", KIND_WORDS[binding.kind], "", place, limit_words(binding)))
    if sweep.baseline_violation:
        cards.append(
            _capacity_card("caused", "Counting only what PV causes or worsens", sweep.caused, "plain")
        )
    return tuple(cards)


def _capacity_card(key: str, label: str, capacity: HostingCapacity, state: State) -> Kpi:
    state = "plain" if state == "ok" else state
    return Kpi(key, label, f"{capacity.adoption * 100:.1f}", "% PV", f"{capacity.kwp:.0f} kWp", "", state)


def _chart(sweep: Sweep) -> Figure:
    points = sweep.points

    def column(name: str) -> np.ndarray:
        return np.array(
            [np.nan if getattr(p, name) is None else getattr(p, name) for p in points], dtype=float
        )

    draw = partial(
        render_sweep_chart,
        column("pv"),
        column("violations"),
        column("max_voltage_pu"),
        column("min_voltage_pu"),
        sweep.limits,
        sweep.capacity.adoption,
        sweep.capacity.kwp,
        len(sweep.hours),
    )
    caption = f"At {times_words(sweep.hours)}; 21 levels of adoption, the capacity refined to 0.1 %."
    return Figure(
        "sweep", "Voltage and violations over PV adoption", caption, draw, partial(draw, width=NARROW)
    )


def _points_table(sweep: Sweep) -> Table:
    def share(value: float | None) -> float | None:
        return None if value is None else value * 100

    columns = (
        Column("pv", "PV adoption", "%", 0),
        Column("violations", f"Quarter-hours in violation, of {len(sweep.hours)}", "", 0),
        Column("min_voltage", "Lowest voltage", "pu", 4),
        Column("max_voltage", "Highest voltage", "pu", 4),
        Column("transformer", "Transformer loading", "%", 1),
        Column("line", "Most loaded line", "%", 1),
    )
    rows = tuple(
        (
            p.pv * 100,
            p.violations,
            p.min_voltage_pu,
            p.max_voltage_pu,
            share(p.transformer_loading),
            share(p.line_loading),
        )
        for p in sweep.points
    )
    return Table("points", "The curve", columns, rows)


def binding_words(capacity: HostingCapacity) -> str:
    """Return what binds, where and when: ``overvoltage at bus_27, 12:00``, or ``nothing``."""
    binding = capacity.binding
    if binding is None:
        return "nothing"
    return f"{KIND_WORDS[binding.kind]} at {binding.element}, {time_of(binding.step)}"
