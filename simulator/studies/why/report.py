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
from simulator.studies.why.cards import ledger_cards
from simulator.studies.why.chart import render_waterfall
from simulator.studies.why.data import WhyOut
from simulator.studies.why.ledger import Ledger
from simulator.studies.why.rules import Explained
from simulator.studies.why.tables import ledger_changes, ledger_tables, runs
from simulator.studies.why.wording import ledger_sentence


def ledger_report(feeder: Feeder, ledger: Ledger) -> Report:
    """Return the answer to "why is the voltage what it is"."""
    own = {"voltage_pu": ledger_cards(feeder, ledger)}
    cards = cards_of(WhyOut, ledger, feeder, own=own, limits=ledger.limits)
    return Report(
        title=f"Why the voltage of {feeder.name} is what it is",
        sentence=f"{ledger_sentence(feeder, ledger)}.",
        state=ledger_state(ledger),
        question=_question(feeder, ledger),
        kpis=cards,
        figures=(_waterfall(feeder, ledger), _diagram(feeder, ledger)),
        findings=advise("why", Explained(feeder, ledger)),
        tables=(kpi_table(cards), *ledger_tables(feeder, ledger)),
    )


def ledger_state(ledger: Ledger) -> State:
    """Return the state of the bus's voltage against its tightest limit."""
    if not ledger.solved:
        return "unknown"
    return "violated" if ledger.violated else "ok"


def _question(feeder: Feeder, ledger: Ledger) -> tuple[tuple[str, str], ...]:
    limits = ledger.limits
    of_day = ", the day's tightest" if ledger.when == "day" else ""
    return (
        ("Feeder", feeder_words(feeder)),
        ("Bus", ledger.bus or "the one nearest to its limit"),
        ("Quarter-hour", f"{time_of(ledger.step)}{of_day}"),
        *adoption_rows(ledger.adoption),
        ("Limits", f"{limits.title}: {limits.band} ({limits.source})"),
    )


def _waterfall(feeder: Feeder, ledger: Ledger) -> Figure:
    voltage = ledger.parts.voltage_pu if ledger.parts else None
    draw = partial(
        render_waterfall, ledger_changes(feeder, ledger), ledger.place or "the bus", voltage, ledger.limits
    )
    caption = (
        "From nominal voltage, 1 pu, at the source to the bus; each part is the difference of two voltages "
        "of the power flow, so that they sum to it."
    )
    if ledger.parts and (longest := max(map(len, runs(ledger.parts.lines)), default=1)) > 1:
        caption += f" Each bar is up to {longest} line sections; the table has every one."
    return Figure(
        "waterfall",
        "The voltage, part by part",
        caption,
        draw,
        partial(draw, width=NARROW),
    )


def _diagram(feeder: Feeder, ledger: Ledger) -> Figure:
    sections = ledger.parts.sections if ledger.parts else ()
    way = {ledger.bus, *(section.element for section in sections)} if sections else set()
    draw = partial(
        render_diagram,
        feeder,
        ledger.vm_pu,
        ledger.line_loading,
        ledger.transformer_loading,
        ledger.limits,
        highlight={element for element in way if element},
        direction=("export" if ledger.source_kw < 0 else "import") if ledger.solved else None,
    )
    caption = "The way from the transformer to the bus is ringed; buses by voltage, lines by loading."
    return Figure("diagram", "Where these parts are", caption, draw)
