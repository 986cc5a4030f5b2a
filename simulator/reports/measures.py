"""The measures page's report: what the feeder hosts as it is, and with each measure alone."""

from functools import partial

from simulator.grid.schema import Feeder
from simulator.reports.charts.capacity import CapacityBar, render_capacity_bars
from simulator.reports.charts.panel import NARROW
from simulator.reports.elements import kpi_table
from simulator.reports.report import CellValue, Column, Figure, Kpi, Report, Table
from simulator.reports.sentences import share_words, times_words
from simulator.reports.sweep import binding_words, capacity_cards, sweep_state
from simulator.studies.hosting_capacity import HostingCapacity, Sweep
from simulator.studies.measures import Measure, Measures
from simulator.studies.measures_guidance import gain_words, measures_findings, result_words, then_words
from simulator.studies.wording import bound, explain, percent


def measures_report(feeder: Feeder, answer: Measures) -> Report:
    """Return the answer to "what would help": sentence, best measure, bars, findings and table."""
    base = answer.base
    cards = (*capacity_cards(base), *_best_card(answer))
    return Report(
        title=f"What would help {feeder.name}",
        sentence=measures_sentence(feeder.feeder_id, answer),
        state=sweep_state(base),
        question=(
            ("Feeder", f"{feeder.name} ({feeder.feeder_id}), {feeder.archetype}"),
            ("Quarter-hours", times_words(base.hours)),
            ("Battery adoption", share_words(base.battery_adoption)),
            ("Limits", f"{base.limits.title}: {base.limits.band} ({base.limits.source})"),
            ("PV potential", f"{feeder.pv_potential_kwp:.1f} kWp"),
        ),
        kpis=cards,
        figures=(_chart(feeder, answer),),
        findings=measures_findings(answer),
        tables=(_table(answer), kpi_table(cards)),
    )


def measures_sentence(feeder_id: str, answer: Measures) -> str:
    """Say how much the feeder hosts, and which measure adds most to it."""
    base, best, binding = answer.base, answer.best, answer.base.capacity.binding
    if binding is None:
        all_of_it = f"all of its PV potential, {base.capacity.kwp:.0f} kWp, at {times_words(base.hours)}"
        return f"{feeder_id} hosts {all_of_it}: nothing binds, so nothing needs help."
    if answer.caused_only:
        start = f"{feeder_id} is in trouble before any PV, {explain(binding)}, and no measure here mends that"
        start += f"; by PV alone it hosts {_hosted(base.caused)}"
    else:
        trouble = ", in trouble before any PV" if base.baseline_violation else ""
        start = f"{feeder_id} hosts {_hosted(base.capacity)}{trouble}"
    if best is None or best.outcome is None:
        why = "" if answer.caused_only else f" while {bound(binding)}"
        return f"{start}; none of these measures helps{why}."
    return (
        f"{start}; {best.phrase} helps most: {gain_words(best)}{then_words(answer.capacity(best.outcome))}."
    )


def _hosted(capacity: HostingCapacity) -> str:
    return f"{percent(capacity.adoption, 1)} PV ({capacity.kwp:.0f} kWp)"


def _best_card(answer: Measures) -> tuple[Kpi, ...]:
    if not answer.measures:
        return ()
    best = answer.best
    if best is None:
        return (Kpi("best", "Best measure", "none", "", "none of these adds any room"),)
    value, unit = gain_words(best).split(" ")
    return (Kpi("best", "Best measure adds", value, unit, best.title),)


def _chart(feeder: Feeder, answer: Measures) -> Figure:
    base = answer.capacity(answer.base)
    words = f"{bound(base.binding)}" if base.binding else "nothing binds"
    bars = [
        CapacityBar("As it is", "", base.kwp, _amount(base), words),
        *(_bar(answer, measure) for measure in answer.measures),
    ]
    name = "Hosting capacity with each measure alone"
    draw = partial(render_capacity_bars, bars, feeder.pv_potential_kwp, name, base_kwp=base.kwp)
    counted = " Only what PV causes or worsens counts." if answer.caused_only else ""
    step_kwp = feeder.pv_potential_kwp / 1000
    caption = (
        f"At {times_words(answer.base.hours)}; the upright marks the capacity as it is, what a measure "
        f"loses is outlined.{counted} Capacities are refined to 0.1 % of the potential, {step_kwp:.1f} kWp."
    )
    return Figure("measures", name, caption, draw, partial(draw, width=NARROW))


def _bar(answer: Measures, measure: Measure) -> CapacityBar:
    if measure.outcome is None:
        return CapacityBar(measure.title, "", None, "", f"not possible: {measure.change}")
    capacity = answer.capacity(measure.outcome)
    words = result_words(answer, measure, measure.outcome)
    return CapacityBar(measure.title, measure.change, capacity.kwp, _amount(capacity), words)


def _amount(capacity: HostingCapacity) -> str:
    return f"{percent(capacity.adoption, 1)} = {capacity.kwp:.0f} kWp"


def _table(answer: Measures) -> Table:
    columns = (
        Column("measure", "Measure"),
        Column("change", "What changes"),
        Column("capacity", "Hosting capacity", "% PV", 1),
        Column("kwp", "Hosting capacity", "kWp", 0),
        Column("gain", "Gain by PV alone" if answer.caused_only else "Gain", "kWp", 1),
        Column("binding", "Binds next"),
        Column("baseline", "Before any PV"),
        Column("caused", "By PV alone", "% PV", 1),
        Column("caused_kwp", "By PV alone", "kWp", 0),
    )
    rows = [_row("As it is", "nothing", answer.base, 0.0)]
    rows += [_row(m.title, m.change, m.outcome, m.gain_kwp, worse=m.worsens) for m in answer.measures]
    return Table("measures", "Every measure", columns, tuple(rows))


def _row(
    title: str, change: str, outcome: Sweep | None, gain_kwp: float | None, *, worse: bool = False
) -> tuple[CellValue, ...]:
    if outcome is None:
        return (title, f"not possible: {change}", *[None] * 7)
    baseline = "violated" if outcome.baseline_violation else "within limits"
    return (
        title,
        change,
        outcome.capacity.adoption * 100,
        outcome.capacity.kwp,
        gain_kwp,
        binding_words(outcome.capacity),
        f"{baseline}, worse than as it is" if worse else baseline,
        outcome.caused.adoption * 100,
        outcome.caused.kwp,
    )
