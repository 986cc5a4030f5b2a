"""The network page's report: the diagram, and every element with its numbers."""

from typing import Any

from simulator.drawing.geojson import feeder_geojson
from simulator.grid.schema import Feeder
from simulator.reports.report import Report
from simulator.studies.run.report import diagram_figure, scenario_words, snapshot_state
from simulator.studies.run.snapshot import Snapshot
from simulator.studies.run.tables import element_tables
from simulator.studies.sentences import snapshot_sentence


def network_report(feeder: Feeder, snapshot: Snapshot) -> Report:
    """Return the network as a picture and in tables, coloured by a scenario."""
    return Report(
        title=f"Network of {feeder.name} at {snapshot.scenario.time}",
        sentence=snapshot_sentence(feeder, snapshot),
        state=snapshot_state(snapshot),
        question=scenario_words(feeder, snapshot.scenario),
        figures=(diagram_figure(feeder, snapshot),),
        tables=element_tables(feeder, snapshot),
    )


def network_geojson(feeder: Feeder, snapshot: Snapshot) -> dict[str, Any]:
    """Return every bus and line with its state."""
    flow, limits = snapshot.flow, snapshot.scenario.limits
    return feeder_geojson(feeder, flow.vm_pu[0], flow.line_loading[0], limits, flow.transformer_loading[0])
