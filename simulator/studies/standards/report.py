"""The standards page's report: one feeder's hosting capacity under every limit set, side by side."""

from dataclasses import replace
from functools import partial

from simulator.answers.quantity import CAPACITY, CAPACITY_KWP
from simulator.assessment.wording import explain
from simulator.drawing.panel import NARROW
from simulator.grid.schema import Feeder
from simulator.reports.cards import card, cards_of, kpi_table
from simulator.reports.report import Column, Figure, Kpi, Report, State, Table
from simulator.reports.tables import Cells, by_columns, column
from simulator.studies.adoption import adoption_rows
from simulator.studies.over import figure_of, said
from simulator.studies.rules import advise
from simulator.studies.sentences import feeder_words, not_asked_sentence
from simulator.studies.standards.data import StandardsOut
from simulator.studies.standards.rules import names_of
from simulator.studies.standards.standards import Standards
from simulator.studies.sweep.capacity_chart import CapacityBar, render_capacity_bars
from simulator.studies.sweep.hosting_capacity import Sweep
from simulator.studies.sweep.report import capacity_cells, potential_row
from simulator.studies.sweep.wording import (
    COUNTED,
    amount,
    bar_amount,
    beyond_words,
    binding_clause,
    over_words,
    size_words,
    times_potential,
    times_words,
    unasked,
)

SPREAD = replace(CAPACITY_KWP, label="Between them", card_digits=0)


def standards_report(feeder: Feeder, standards: Standards) -> Report:
    """Return the answer to "by which standard": sentence, bars, and the table of all limit sets."""
    cards = cards_of(StandardsOut, standards, feeder, own={"standards": _cards(standards)})
    return Report(
        title=f"Hosting capacity of {feeder.name} by standard",
        sentence=standards_sentence(feeder.feeder_id, standards),
        state=standards_state(standards),
        question=(
            ("Feeder", feeder_words(feeder)),
            ("Quarter-hours", times_words(standards.steps)),
            *adoption_rows(standards.adoption, standards.over),
            ("Limits", f"the {len(standards.sweeps) - bool(standards.own)} named sets"),
            *((("Own limits", standards.own.band),) if standards.own else ()),
            potential_row(standards.technology, standards.potential),
        ),
        kpis=cards,
        figures=(_chart(feeder, standards),) if standards.asked else (),
        findings=advise("standards", standards),
        tables=(_table(standards), kpi_table(cards)),
    )


def standards_state(standards: Standards) -> State:
    """Return the state: violated where any limit set is, before anything is adopted."""
    if any(sweep.baseline_violation for sweep in standards.sweeps):
        return "violated"
    return "ok" if standards.asked else "plain"


def standards_sentence(feeder_id: str, standards: Standards) -> str:
    """Say from how much by which limit set to how much by which other the feeder hosts."""
    when, technology = over_words(standards.steps), standards.technology
    before = f"in trouble before any {technology.plural}"
    if not standards.asked:
        violated = tuple(sweep for sweep in standards.sweeps if sweep.baseline_violation)
        trouble = f" It is {before} by {names_of(violated)}, {when}." if violated else ""
        return f"{not_asked_sentence(feeder_id, technology)}{trouble}"
    lowest, highest = standards.lowest, standards.highest
    if lowest[0].capacity.all_of_it:
        return f"{feeder_id} hosts {_beyond_by_all(lowest, highest, when)}."
    least, most = amount(lowest[0].capacity), amount(highest[0].capacity)
    trouble = f", {before}," if all(s.baseline_violation for s in lowest) else ""
    if lowest == highest:
        if trouble:
            return f"{feeder_id} hosts {least} by every limit set: it is {before}, {when}."
        return f"{feeder_id} hosts {least} by every limit set, {when}."
    most = f"{most} by {names_of(highest)}"
    return f"{feeder_id} hosts from {least} by {names_of(lowest)}{trouble} to {most}, {when}."


def _beyond_by_all(lowest: tuple[Sweep, ...], highest: tuple[Sweep, ...], when: str) -> str:
    """Return how far beyond the potential the sets go that all allow it."""
    low, high = lowest[0].capacity, highest[0].capacity
    whole = f"all of its {low.technology.potential} ({size_words(low.within_potential)})"
    whole += f" by every limit set, {when}"
    least = f"{times_potential(low)} that ({size_words(low)})"
    if lowest == highest:
        return f"{whole}, and up to {least}"
    most = f"{times_potential(high)} that ({size_words(high)}) by {names_of(highest)}"
    return f"{whole}, and from {least} by {names_of(lowest)} to {most}"


def _cards(standards: Standards) -> tuple[Kpi, ...]:
    if not standards.asked:
        return (Kpi("lowest", CAPACITY.label, "not asked", "", unasked(standards.technology)),)
    lowest, highest = standards.lowest, standards.highest
    spread = highest[0].capacity.installed - lowest[0].capacity.installed
    return (
        _card("lowest", "Lowest hosting capacity", lowest),
        _card("highest", "Highest hosting capacity", highest),
        card("spread", figure_of(SPREAD, standards.technology), spread, "the choice of limits alone"),
    )


def _card(key: str, label: str, sweeps: tuple[Sweep, ...]) -> Kpi:
    capacity = sweeps[0].capacity
    state: State = "violated" if any(s.baseline_violation for s in sweeps) else "plain"
    beyond = f", {beyond_words(capacity)}" if beyond_words(capacity) else ""
    place = f"{size_words(capacity)} by {names_of(sweeps)}{beyond}"
    return replace(
        card(key, figure_of(CAPACITY, capacity.technology), capacity.adoption, place),
        label=label,
        state=state,
    )


def _chart(feeder: Feeder, standards: Standards) -> Figure:
    bars = tuple(_bar(sweep) for sweep in standards.sweeps)
    name, technology = "Hosting capacity by limit set", standards.technology
    draw = partial(render_capacity_bars, bars, standards.potential, name, technology=technology)
    times = times_words(standards.steps).capitalize()
    caption = f"{times}; what binds just above each capacity stands below its bar."
    if any(sweep.baseline_violation for sweep in standards.sweeps):
        caption += f" Outlined: {said(COUNTED, technology)}."
    return Figure("standards", name, caption, draw, partial(draw, width=NARROW))


def _bar(sweep: Sweep) -> CapacityBar:
    capacity, caused = sweep.capacity, sweep.caused
    told, named = bar_amount(capacity), (sweep.limits.title, sweep.limits.band)
    if sweep.baseline_violation and capacity.binding:
        alone = f"{bar_amount(caused)}, {binding_clause(caused)}"
        plural = sweep.technology.plural
        words = f"before any {plural} {explain(capacity.binding)}; by {plural} alone {alone}"
        return CapacityBar(*named, capacity.installed, told, words, caused.installed)
    return CapacityBar(*named, capacity.installed, told, binding_clause(capacity))


def _table(standards: Standards) -> Table:
    sweeps, technology = standards.sweeps, standards.technology
    plural, alone = technology.plural, f"By {technology.plural} alone"
    capacity, size, binding = zip(*(capacity_cells(s, s.capacity) for s in sweeps), strict=True)
    caused, caused_size, caused_binding = zip(*(capacity_cells(s, s.caused) for s in sweeps), strict=True)
    baseline = ["violated" if sweep.baseline_violation else "within limits" for sweep in sweeps]
    columns: list[Cells] = [
        (Column("limits", "Limit set"), [sweep.limits.title for sweep in sweeps]),
        (Column("band", "Limits"), [sweep.limits.band for sweep in sweeps]),
        (column("capacity", figure_of(CAPACITY, technology)), capacity),
        (column("kwp", figure_of(CAPACITY_KWP, technology), digits=0), size),
        (Column("binding", "Binds"), binding),
        (Column("baseline", f"Before any {plural}"), baseline),
        (Column("caused", alone, f"% {plural}", 1), caused),
        (Column("caused_kwp", alone, technology.unit, 0), caused_size),
        (Column("caused_binding", f"Binds, by {plural} alone"), caused_binding),
    ]
    return by_columns("standards", "Every limit set", columns)
