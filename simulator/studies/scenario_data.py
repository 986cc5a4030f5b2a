"""The answers of the pages that show a scenario, as plain data."""

from collections.abc import Mapping
from math import isnan
from typing import Any

import numpy as np

from simulator.answers.declared import data_of
from simulator.assessment.kpis import Kpis
from simulator.grid.schema import Feeder
from simulator.reports.caveats import caveat_data, caveats_of
from simulator.reports.report import Report
from simulator.studies.compare.comparison import ComparedFeeder
from simulator.studies.data import scenario_data, violation_data
from simulator.studies.feeders.day_status import DayStatus
from simulator.studies.run.snapshot import Snapshot
from simulator.studies.sweep.data import SweptOut
from simulator.studies.unusable import Listed


def comparison_data(feeder: Feeder, row: ComparedFeeder) -> dict[str, Any]:
    """Return one compared feeder."""
    return {
        **scenario_data(row.scenario),
        **data_of(Kpis, row.kpis),
        "violations": [violation_data(v) for v in row.violations],
        "sweep": data_of(SweptOut, row.sweep, feeder),
        "caveats": caveat_data(caveats_of(feeder, [row.scenario.limits])),
    }


def day_status_data(feeder: Feeder, status: DayStatus) -> dict[str, Any]:
    """Return a feeder's day in one line."""
    return {
        "feeder_id": feeder.feeder_id,
        "within_limits": status.within_limits,
        "violated_hours": status.violated_steps,
        "tightest": violation_data(status.tightest),
        "caveats": caveat_data(caveats_of(feeder)),
    }


def day_statuses_data(found: Listed[DayStatus]) -> list[dict[str, Any]]:
    """Return each feeder's day; null, with the error, for those that cannot be computed."""
    unknown = {"within_limits": None, "violated_hours": None, "tightest": None}
    known = [day_status_data(*row) for row in found.rows]
    return known + [{**feeder.data, **unknown} for feeder in found.unusable]


def comparisons_data(found: Listed[ComparedFeeder], days: Mapping[str, DayStatus]) -> list[dict[str, Any]]:
    """Return each compared feeder with its day; the error alone for those that cannot be computed."""
    rows = []
    for feeder, row in found.rows:
        day = days.get(feeder.feeder_id)
        data = comparison_data(feeder, row)
        rows.append({**data, "day": day and day_status_data(feeder, day)})
    return rows + [feeder.data for feeder in found.unusable]


def network_data(feeder: Feeder, snapshot: Snapshot) -> dict[str, Any]:
    """Return the feeder with its elements' state; lists in the feeder's order, null without a solution."""
    solved, flow = snapshot.kpis.converged, snapshot.flow
    state = {
        "vm_pu": flow.vm_pu,
        "line_loading": flow.line_loading,
        "transformer_loading": flow.transformer_loading,
    }
    return {
        **scenario_data(snapshot.scenario),
        "converged": solved,
        **{key: _listed(values[0]) if solved else None for key, values in state.items()},
        "caveats": caveat_data(caveats_of(feeder)),
        "network": feeder.model_dump(mode="json", by_alias=True),
    }


def _listed(values: np.ndarray) -> list[float | None]:
    """Return numbers; null for NaN, which a transformer without a rating has."""
    return [None if isnan(value) else value for value in values.tolist()]


def help_data(report: Report) -> dict[str, Any]:
    """Return the help's tables, row by row."""
    return {
        table.key: [dict(zip([c.key for c in table.columns], row, strict=True)) for row in table.rows]
        for table in report.tables
    }
