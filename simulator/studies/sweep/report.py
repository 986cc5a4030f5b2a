"""The sweep page's report: violations and voltage over PV adoption, and the hosting capacity."""

from dataclasses import replace
from functools import partial
from math import nan

from simulator.answers.quantity import CAPACITY
from simulator.assessment.violations import Violation
from simulator.assessment.wording import KIND_WORDS, limit_words
from simulator.drawing.panel import NARROW
from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.reports.cards import card, cards_of, kpi_table
from simulator.reports.report import CellValue, Column, Figure, Kpi, Report, State, Table
from simulator.reports.tables import table_of
from simulator.studies.adoption import adoption_rows
from simulator.studies.sentences import feeder_words, sweep_sentence
from simulator.studies.sweep.chart import render_sweep_chart
from simulator.studies.sweep.data import PointOut, SweepOut
from simulator.studies.sweep.guidance import no_potential
from simulator.studies.sweep.hosting_capacity import HostingCapacity, Sweep
from simulator.studies.sweep.levels import MOST_TIMES
from simulator.studies.sweep.wording import NOT_ASKED, beyond_words, kwp_words, times_words

BY_PV_ALONE = "Counting only what PV causes or worsens"
COUNTED = "counting only what PV causes or worsens"  # within a sentence


def sweep_report(feeder: Feeder, sweep: Sweep) -> Report:
    """Return the answer to "how much PV": sentence, capacity, chart, and the points of the curve."""
    own = {"hosting_capacity": capacity_cards(sweep)}
    cards = cards_of(SweepOut, sweep, feeder, own=own, limits=sweep.limits)
    return Report(
        title=f"PV sweep of {feeder.name}",
        sentence=sweep_sentence(feeder.feeder_id, sweep),
        state=sweep_state(sweep),
        question=(
            ("Feeder", feeder_words(feeder)),
            ("Quarter-hours", times_words(sweep.hours)),
            *adoption_rows(sweep.adoption, sweep.over),
            ("Limits", f"{sweep.limits.title}: {sweep.limits.band} ({sweep.limits.source})"),
            ("PV potential", potential_words(feeder)),
        ),
        kpis=cards,
        figures=(_chart(sweep),) if sweep.asked else (),
        findings=() if sweep.asked else (no_potential(),),
        tables=(kpi_table(cards), _points_table(sweep)) if sweep.asked else (kpi_table(cards),),
    )


def potential_words(feeder: Feeder) -> str:
    """Return a feeder's PV potential, or that none is known."""
    kwp = feeder.pv_potential_kwp
    return f"{kwp:.1f} kWp" if kwp else "none is known"


def sweep_state(sweep: Sweep) -> State:
    """Return the state of a sweep: violated where the feeder is in trouble before any PV."""
    if sweep.baseline_violation:
        return "violated"
    return "ok" if sweep.asked else "plain"


def capacity_cards(sweep: Sweep) -> tuple[Kpi, ...]:
    """Return the hosting capacity, what binds, and the capacity that counts what PV causes."""
    if not sweep.asked:
        return _not_asked_cards(sweep)
    cards = [_capacity_card("hosting_capacity", CAPACITY.label, sweep.capacity, sweep_state(sweep))]
    binding = sweep.capacity.binding
    if binding is None:
        place = f"no limit is met up to {MOST_TIMES} times the potential"
        cards.append(Kpi("binding", "Binding", "nothing", "", place))
    else:
        cards.append(_binding_card("Binding", binding))
    if sweep.baseline_violation:
        cards.append(_capacity_card("caused", BY_PV_ALONE, sweep.caused, "plain"))
    return tuple(cards)


def _not_asked_cards(sweep: Sweep) -> tuple[Kpi, ...]:
    cards = (Kpi("hosting_capacity", CAPACITY.label, "not asked", "", NOT_ASKED),)
    binding = sweep.capacity.binding
    return (*cards, _binding_card("Violated before any PV", binding)) if binding else cards


def _binding_card(label: str, binding: Violation) -> Kpi:
    place = f"{binding.element} at {time_of(binding.step)}"
    return Kpi("binding", label, KIND_WORDS[binding.kind], "", place, limit_words(binding))


def _capacity_card(key: str, label: str, capacity: HostingCapacity, state: State) -> Kpi:
    state = "plain" if state == "ok" else state
    place = ", ".join(filter(None, (kwp_words(capacity.kwp), beyond_words(capacity))))
    return replace(card(key, CAPACITY, capacity.adoption, place), label=label, state=state)


def _chart(sweep: Sweep) -> Figure:
    points = (*sweep.points, *sweep.beyond)

    def column(name: str) -> list[float]:
        return [nan if getattr(p, name) is None else float(getattr(p, name)) for p in points]

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
        potential_kwp=sweep.potential_kwp,
    )
    search = "21 levels of adoption"
    if sweep.beyond:
        search += " up to all of the potential, coarser levels beyond; the dotted upright is all of it"
    caption = f"{times_words(sweep.hours).capitalize()}; {search}; the capacity is refined to 0.1 %."
    return Figure(
        "sweep", "Voltage and violations over PV adoption", caption, draw, partial(draw, width=NARROW)
    )


def _points_table(sweep: Sweep) -> Table:
    points = (*sweep.points, *sweep.beyond)
    kwp = Column("kwp", "Installed PV", "kWp", 1), [p.pv * sweep.potential_kwp for p in points]
    heading = f"Quarter-hours in violation, of {len(sweep.hours)}"
    violations = Column("violations", heading, "", 0), [p.violations for p in points]
    rows = [p.model_dump() for p in points]
    return table_of("points", "The curve", PointOut, rows, pv=(kwp, violations))


def capacity_cells(sweep: Sweep, capacity: HostingCapacity) -> tuple[CellValue, CellValue, CellValue]:
    """Return a capacity of a sweep for a table: percent, kWp and what binds; none where nothing was asked."""
    if not sweep.asked:
        return None, None, "not asked: no PV potential"
    return capacity.adoption * 100, capacity.kwp, binding_words(capacity)


def binding_words(capacity: HostingCapacity) -> str:
    """Return what binds, where and when: ``overvoltage at bus_27, 12:00``, or ``nothing``."""
    binding = capacity.binding
    if binding is None:
        return f"nothing up to {MOST_TIMES} times"
    return f"{KIND_WORDS[binding.kind]} at {binding.element}, {time_of(binding.step)}"
