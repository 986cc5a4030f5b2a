"""The measures page's report: what the feeder hosts as it is, and with each measure alone."""

from functools import partial

from simulator.answers.quantity import CAPACITY, CAPACITY_KWP
from simulator.assessment.wording import bound, explain
from simulator.drawing.panel import NARROW
from simulator.grid.schema import Feeder
from simulator.reports.cards import cards_of, kpi_table
from simulator.reports.report import CellValue, Column, Figure, Kpi, Report, Table, texts
from simulator.reports.tables import column
from simulator.studies.adoption import adoption_rows
from simulator.studies.measures.data import MeasuresOut
from simulator.studies.measures.measures import Measure, Measures
from simulator.studies.measures.wording import gain_words, result_words, then_words
from simulator.studies.over import figure_of, said
from simulator.studies.rules import advise
from simulator.studies.sentences import feeder_words, sweep_sentence
from simulator.studies.sweep.capacity_chart import CapacityBar, render_capacity_bars
from simulator.studies.sweep.hosting_capacity import Sweep
from simulator.studies.sweep.report import (
    capacity_cards,
    capacity_cells,
    potential_row,
    sweep_state,
)
from simulator.studies.sweep.wording import (
    COUNTED,
    amount,
    bar_amount,
    binding_clause,
    over_words,
    times_words,
)


def measures_report(feeder: Feeder, answer: Measures) -> Report:
    """Return the answer to "what would help": sentence, best measure, bars, findings and table."""
    base = answer.base
    own = {"base": (*_base_cards(answer), *_best_card(answer))}
    cards = cards_of(MeasuresOut, answer, feeder, own=own, limits=base.limits)
    return Report(
        title=f"What would help {feeder.name}",
        sentence=measures_sentence(feeder.feeder_id, answer),
        state=sweep_state(base),
        question=(
            ("Feeder", feeder_words(feeder)),
            ("Quarter-hours", times_words(base.steps)),
            *adoption_rows(base.adoption, base.over),
            ("Limits", f"{base.limits.title}: {base.limits.band} ({base.limits.source})"),
            potential_row(base.technology, base.potential),
        ),
        kpis=cards,
        figures=(_chart(answer),) if base.asked else (),
        findings=advise("measures", answer),
        tables=(_table(answer), kpi_table(cards)),
    )


def measures_sentence(feeder_id: str, answer: Measures) -> str:
    """Say how much the feeder hosts, and which measure adds most to it."""
    base, best, binding = answer.base, answer.best, answer.base.capacity.binding
    when, plural = over_words(base.steps), base.technology.plural
    if not base.asked:
        return f"{sweep_sentence(feeder_id, base)}{_mending_words(answer)}"
    if base.capacity.all_of_it:
        return f"{sweep_sentence(feeder_id, base)} Nothing binds within the potential: nothing needs help."
    if answer.caused_only:
        trouble = explain(binding) if binding else ""
        start = f"{feeder_id} is in trouble before any {plural}, {trouble}, and no measure here mends that"
        start += f"; by {plural} alone it hosts {amount(base.caused)} {when}"
    else:
        trouble = f", in trouble before any {plural}" if base.baseline_violation else ""
        start = f"{feeder_id} hosts {amount(base.capacity)} {when}{trouble}"
    if best is None or best.outcome is None:
        why = f" while {bound(binding)}" if binding and not answer.caused_only else ""
        return f"{start}; none of these measures helps{why}."
    return (
        f"{start}; {best.phrase} helps most: {gain_words(best)}{then_words(answer.capacity(best.outcome))}."
    )


def _mending_words(answer: Measures) -> str:
    """Return what ends what is violated before anything is adopted, as a sentence."""
    if not answer.measures:
        return ""
    ends = [measure.phrase for measure in answer.measures if measure.mends]
    return (
        f" {' or '.join(ends).capitalize()} ends the trouble."
        if ends
        else " No measure here ends the trouble."
    )


def _base_cards(answer: Measures) -> tuple[Kpi, ...]:
    """Return the cards of the feeder as it is; what the bars and gains count comes first."""
    cards = capacity_cards(answer.base)
    return tuple(sorted(cards, key=lambda card: card.key != "caused")) if answer.caused_only else cards


def _best_card(answer: Measures) -> tuple[Kpi, ...]:
    if not answer.measures or not answer.base.asked:
        return ()
    best = answer.best
    if best is None:
        return (Kpi("best", "Best measure", "none", "", "none of these adds any room"),)
    value, unit = gain_words(best).split(" ")
    return (Kpi("best", "Best measure adds", value, unit, best.title, number=best.gain),)


def _chart(answer: Measures) -> Figure:
    base = answer.capacity(answer.base)
    counted = said(COUNTED, base.technology) if answer.caused_only else ""
    bars = [
        CapacityBar("As it is", counted, base.installed, bar_amount(base), binding_clause(base)),
        *(_bar(answer, measure) for measure in answer.measures),
    ]
    name = "Hosting capacity with each measure alone"
    if answer.caused_only:
        name = f"{name}, {counted}"
    draw = partial(
        render_capacity_bars,
        bars,
        answer.base.potential,
        name,
        base_size=base.installed,
        technology=base.technology,
    )
    caption = (
        f"{times_words(answer.base.steps).capitalize()}; the upright marks the capacity as it is, what a "
        f"measure loses is outlined. Capacities are refined to 0.1 % of the potential, "
        f"{base.technology.amount(answer.base.potential / 1000)}."
    )
    return Figure("measures", name, caption, draw, partial(draw, width=NARROW))


def _bar(answer: Measures, measure: Measure) -> CapacityBar:
    if measure.outcome is None:
        return CapacityBar(measure.title, "", None, "", f"not possible: {measure.change}")
    capacity = answer.capacity(measure.outcome)
    words = result_words(answer, measure, measure.outcome)
    return CapacityBar(measure.title, measure.change, capacity.installed, bar_amount(capacity), words)


def _table(answer: Measures) -> Table:
    technology = answer.base.technology
    plural, unit, alone = technology.plural, technology.unit, f"By {technology.plural} alone"
    columns = (
        *texts(measure="Measure", change="What changes"),
        column("capacity", figure_of(CAPACITY, technology)),
        column("kwp", figure_of(CAPACITY_KWP, technology), digits=0),
        Column("gain", f"Gain by {plural} alone" if answer.caused_only else "Gain", unit, 1),
        *texts(binding="Binds next", baseline=f"Before any {plural}"),
        Column("caused", alone, f"% {plural}", 1),
        Column("caused_kwp", alone, unit, 0),
    )
    rows = [_row("As it is", "nothing", answer.base, 0.0 if answer.base.asked else None)]
    rows += [_row(m.title, m.change, m.outcome, m.gain, worse=m.worsens) for m in answer.measures]
    return Table("measures", "Every measure", columns, tuple(rows))


def _row(
    title: str, change: str, outcome: Sweep | None, gain: float | None, *, worse: bool = False
) -> tuple[CellValue, ...]:
    if outcome is None:
        return (title, f"not possible: {change}", *[None] * 7)
    baseline = "violated" if outcome.baseline_violation else "within limits"
    capacity, size, binding = capacity_cells(outcome, outcome.capacity)
    caused, caused_size, _ = capacity_cells(outcome, outcome.caused)
    told = f"{baseline}, worse than as it is" if worse else baseline
    return title, change, capacity, size, gain, binding, told, caused, caused_size
