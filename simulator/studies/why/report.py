"""The why page's report: one bus's voltage, part by part, with the customers who make it."""

from functools import partial

from simulator.drawing.diagram import render_diagram
from simulator.drawing.panel import NARROW
from simulator.grid.clock import time_of
from simulator.grid.schema import Feeder
from simulator.reports.cards import cards_of, kpi_table
from simulator.reports.report import Figure, Report, State
from simulator.studies.adoption import adoption_rows
from simulator.studies.rules import advise
from simulator.studies.sentences import feeder_words
from simulator.studies.why.cards import why_cards
from simulator.studies.why.chart import render_waterfall
from simulator.studies.why.data import WhyOut
from simulator.studies.why.rules import Explained
from simulator.studies.why.tables import runs, why_changes, why_tables
from simulator.studies.why.why import Why
from simulator.studies.why.wording import why_sentence


def why_report(feeder: Feeder, why: Why) -> Report:
    """Return the answer to "why is the voltage what it is"."""
    own = {"voltage_pu": why_cards(feeder, why)}
    cards = cards_of(WhyOut, why, feeder, own=own, limits=why.limits)
    return Report(
        title=f"Why the voltage of {feeder.name} is what it is",
        sentence=f"{why_sentence(feeder, why)}.",
        state=why_state(why),
        question=_question(feeder, why),
        kpis=cards,
        figures=(_waterfall(feeder, why), _diagram(feeder, why)),
        findings=advise("why", Explained(feeder, why)),
        tables=(kpi_table(cards), *why_tables(feeder, why)),
    )


def why_state(why: Why) -> State:
    """Return the state of the bus's voltage against its tightest limit."""
    if not why.solved:
        return "unknown"
    return "violated" if why.violated else "ok"


def _question(feeder: Feeder, why: Why) -> tuple[tuple[str, str], ...]:
    limits = why.limits
    of_day = ", the day's tightest" if why.when == "day" else ""
    return (
        ("Feeder", feeder_words(feeder)),
        ("Bus", why.bus or "the one nearest to its limit"),
        ("Quarter-hour", f"{time_of(why.step)}{of_day}"),
        *adoption_rows(why.adoption),
        ("Limits", f"{limits.title}: {limits.band} ({limits.source})"),
    )


def _waterfall(feeder: Feeder, why: Why) -> Figure:
    voltage = why.parts.voltage_pu if why.parts else None
    draw = partial(render_waterfall, why_changes(feeder, why), why.place or "the bus", voltage, why.limits)
    caption = (
        "From nominal voltage, 1 pu, at the source to the bus; each part is the difference of two voltages "
        "of the power flow, so that they sum to it."
    )
    if why.parts and (longest := max(map(len, runs(why.parts.lines)), default=1)) > 1:
        caption += f" Each bar is up to {longest} line sections; the table has every one."
    return Figure(
        "waterfall",
        "The voltage, part by part",
        caption,
        draw,
        partial(draw, width=NARROW),
    )


def _diagram(feeder: Feeder, why: Why) -> Figure:
    sections = why.parts.sections if why.parts else ()
    way = {why.bus, *(section.element for section in sections)} if sections else set()
    draw = partial(
        render_diagram,
        feeder,
        why.vm_pu,
        why.line_loading,
        why.transformer_loading,
        why.limits,
        highlight={element for element in way if element},
        direction=("export" if why.source_kw < 0 else "import") if why.solved else None,
    )
    caption = "The way from the transformer to the bus is ringed; buses by voltage, lines by loading."
    return Figure("diagram", "Where these parts are", caption, draw)
