"""The run page's report: one quarter-hour of one feeder."""

from functools import partial

from simulator.drawing.diagram import render_diagram
from simulator.drawing.panel import NARROW
from simulator.drawing.profile import render_voltage_profile
from simulator.grid.schema import Feeder
from simulator.reports.cards import kpi_table
from simulator.reports.report import Figure, Report, State
from simulator.studies.adoption import adoption_rows
from simulator.studies.run.answer import Run
from simulator.studies.run.cards import snapshot_cards
from simulator.studies.run.snapshot import Snapshot
from simulator.studies.run.tables import element_tables, violation_table
from simulator.studies.scenario import Scenario
from simulator.studies.sentences import feeder_words, snapshot_sentence


def run_report(feeder: Feeder, found: Run) -> Report:
    """Return the answer for one scenario: sentence, key figures, pictures, guidance, tables."""
    snapshot = found.snapshot
    cards = snapshot_cards(snapshot)
    return Report(
        title=f"{feeder.name} at {snapshot.scenario.time}",
        sentence=snapshot_sentence(feeder, snapshot),
        state=snapshot_state(snapshot),
        question=scenario_words(feeder, snapshot.scenario),
        kpis=cards,
        figures=(diagram_figure(feeder, snapshot), _profile_figure(feeder, snapshot)),
        findings=found.findings or (),
        tables=(kpi_table(cards), violation_table(snapshot.violations), *element_tables(feeder, snapshot)),
    )


def snapshot_state(snapshot: Snapshot) -> State:
    """Return the state of a whole snapshot."""
    if not snapshot.kpis.converged:
        return "unknown"
    return "violated" if snapshot.violations else "ok"


def scenario_words(feeder: Feeder, scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """Return a scenario as (label, value) pairs."""
    limits = scenario.limits
    return (
        ("Feeder", feeder_words(feeder)),
        ("Time of day", scenario.time),
        *adoption_rows(scenario.adoption),
        ("Limits", f"{limits.title}: {limits.band} ({limits.source})"),
    )


def diagram_figure(feeder: Feeder, snapshot: Snapshot) -> Figure:
    """Return the single-line diagram of a snapshot."""
    flow, kpis = snapshot.flow, snapshot.kpis
    draw = partial(
        render_diagram,
        feeder,
        snapshot.worst_pu,
        flow.line_loading[0],
        flow.transformer_loading[0],
        snapshot.scenario.limits,
        highlight={v.element for v in snapshot.violations if v.kind == "rise"},
        direction=None if kpis.source_kw is None else ("export" if kpis.reverse_power_kw else "import"),
    )
    caption = "Buses by voltage, lines by loading; distance from the transformer to scale."
    return Figure("diagram", "Single-line diagram", caption, draw)


def _profile_figure(feeder: Feeder, snapshot: Snapshot) -> Figure:
    phases = snapshot.flow.phases.each[0] if snapshot.flow.phases else None
    draw = partial(render_voltage_profile, feeder, snapshot.worst_pu, snapshot.scenario.limits, phases=phases)
    caption = "Voltage of every bus over its distance from the transformer; the limit band is shaded."
    if phases is not None:
        caption += " Phase a is solid, b dashed, c dotted; each bus stands where its worst phase is."
    return Figure("profile", "Voltage profile", caption, draw, partial(draw, width=NARROW))
