"""The sweep page's report: violations and voltage over adoption, and the hosting capacity."""

from dataclasses import replace
from functools import partial

from simulator.answers.declared import data_of
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
from simulator.studies.over import declared_over, figure_of, in_its_names, said
from simulator.studies.rules import advise
from simulator.studies.sentences import feeder_words, sweep_sentence
from simulator.studies.sweep.chart import render_sweep_chart
from simulator.studies.sweep.data import PointOut, SweepOut
from simulator.studies.sweep.hosting_capacity import HostingCapacity, Sweep
from simulator.studies.sweep.levels import MAX_TIMES
from simulator.studies.sweep.wording import ALONE, beyond_words, size_words, times_words, unasked
from simulator.technologies.technology import Technology


def sweep_report(feeder: Feeder, sweep: Sweep) -> Report:
    """Return the answer to "how much": sentence, capacity, chart, and the points of the curve."""
    own = {"hosting_capacity": capacity_cards(sweep)}
    cards = cards_of(SweepOut, sweep, feeder, own=own, limits=sweep.limits)
    return Report(
        title=f"{sweep.technology.label} sweep of {feeder.name}",
        sentence=sweep_sentence(feeder.feeder_id, sweep),
        state=sweep_state(sweep),
        question=(
            ("Feeder", feeder_words(feeder)),
            ("Quarter-hours", times_words(sweep.steps)),
            *adoption_rows(sweep.adoption, sweep.over),
            ("Limits", f"{sweep.limits.title}: {sweep.limits.band} ({sweep.limits.source})"),
            potential_row(sweep.technology, sweep.potential),
        ),
        kpis=cards,
        figures=(_chart(sweep),) if sweep.asked else (),
        findings=advise("sweep", sweep),
        tables=(kpi_table(cards), _points_table(sweep)) if sweep.asked else (kpi_table(cards),),
    )


def potential_row(technology: Technology, size: float) -> tuple[str, str]:
    """Return what a share of 1 installs as (label, value), or that there is nothing to adopt."""
    words = f"{size:.1f} {technology.unit}" if size else f"none {technology.none}"
    return f"{technology.label} potential", words


def sweep_state(sweep: Sweep) -> State:
    """Return the state of a sweep: violated where the feeder is in trouble before any."""
    if sweep.baseline_violation:
        return "violated"
    return "ok" if sweep.asked else "plain"


def capacity_cards(sweep: Sweep) -> tuple[Kpi, ...]:
    """Return the hosting capacity, what binds, and the capacity that counts what is caused."""
    if not sweep.asked:
        return _not_asked_cards(sweep)
    cards = [_capacity_card("hosting_capacity", CAPACITY.label, sweep.capacity, sweep_state(sweep))]
    binding = sweep.capacity.binding
    if binding is None:
        place = f"no limit is met up to {MAX_TIMES} times the potential"
        cards.append(Kpi("binding", "Binding", "nothing", "", place))
    else:
        cards.append(_binding_card("Binding", binding))
    if sweep.baseline_violation:
        cards.append(_capacity_card("caused", said(ALONE, sweep.technology), sweep.caused, "plain"))
    return tuple(cards)


def _not_asked_cards(sweep: Sweep) -> tuple[Kpi, ...]:
    cards = (Kpi("hosting_capacity", CAPACITY.label, "not asked", "", unasked(sweep.technology)),)
    binding = sweep.capacity.binding
    return (
        (*cards, _binding_card(f"Violated before any {sweep.technology.plural}", binding))
        if binding
        else cards
    )


def _binding_card(label: str, binding: Violation) -> Kpi:
    place = f"{binding.place} at {time_of(binding.step)}"
    return Kpi("binding", label, KIND_WORDS[binding.kind], "", place, limit_words(binding))


def _capacity_card(key: str, label: str, capacity: HostingCapacity, state: State) -> Kpi:
    state = "plain" if state == "ok" else state
    place = ", ".join(filter(None, (size_words(capacity), beyond_words(capacity))))
    shown = card(key, figure_of(CAPACITY, capacity.technology), capacity.adoption, place)
    return replace(shown, label=label, state=state)


def _chart(sweep: Sweep) -> Figure:
    draw = partial(render_sweep_chart, sweep)
    search = "21 levels of adoption"
    if sweep.beyond:
        search += " up to all of the potential, coarser levels beyond; the dotted upright is all of it"
    caption = f"{times_words(sweep.steps).capitalize()}; {search}; the capacity is refined to 0.1 %."
    name = f"Voltage and violations over {sweep.technology.adoption}"
    return Figure("sweep", name, caption, draw, partial(draw, width=NARROW))


def _points_table(sweep: Sweep) -> Table:
    points, technology = (*sweep.points, *sweep.beyond), sweep.technology
    installed = Column("kwp", f"Installed {technology.plural}", technology.unit, 1)
    size = installed, [p.share * sweep.potential for p in points]
    heading = f"Quarter-hours in violation, of {len(sweep.steps)}"
    violations = Column("violations", heading, "", 0), [p.violations for p in points]
    rows = [in_its_names(PointOut, data_of(PointOut, p), sweep.over) for p in points]
    declared = declared_over(PointOut, sweep.over)
    return table_of("points", "The curve", declared, rows, behind=(sweep.over, (size, violations)))


def capacity_cells(sweep: Sweep, capacity: HostingCapacity) -> tuple[CellValue, CellValue, CellValue]:
    """Return a capacity of a sweep for a table: percent, size, what binds; none where nothing was asked."""
    if not sweep.asked:
        return None, None, f"not asked: no {sweep.technology.potential}"
    return capacity.adoption * 100, capacity.installed, binding_words(capacity)


def binding_words(capacity: HostingCapacity) -> str:
    """Return what binds, where and when: ``overvoltage at bus_27, 12:00``, or ``nothing``."""
    binding = capacity.binding
    if binding is None:
        return f"nothing up to {MAX_TIMES} times"
    return f"{KIND_WORDS[binding.kind]} at {binding.place}, {time_of(binding.step)}"
