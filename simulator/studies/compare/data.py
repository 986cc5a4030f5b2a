"""Feeders side by side, declared."""

from collections.abc import Mapping
from typing import Annotated, Any

from simulator.answers.declared import Of, data_of
from simulator.assessment.kpis import Kpis
from simulator.grid.schema import Feeder
from simulator.grid.summary import FeederSummary
from simulator.reports.caveats import caveats_of
from simulator.studies.compare.comparison import ComparedFeeder
from simulator.studies.data import AnswerOut, ScenarioOut, ViolationOut
from simulator.studies.feeders.data import DayStatusOut, day_status_data
from simulator.studies.feeders.day_status import DayLine
from simulator.studies.sweep.data import SweptOut
from simulator.studies.unusable import Listed


class ComparedOut(ScenarioOut, AnswerOut, Kpis):
    """One compared feeder; ``day`` is null where it was not asked for."""

    violations: list[ViolationOut]
    sweep: Annotated[SweptOut, Of(lambda _, row, feeder, *__: data_of(SweptOut, row.sweep, feeder))]
    day: DayStatusOut | None


def comparisons_data(
    found: Listed[Feeder, ComparedFeeder], days: Mapping[str, DayLine]
) -> list[dict[str, Any]]:
    """Return each compared feeder with its day; the error alone for those that cannot be computed."""
    rows = []
    for feeder, row in found.rows:
        status, caveats = days.get(feeder.feeder_id), caveats_of(feeder, [row.scenario.limits])
        told = {"day": status and day_status_data(FeederSummary.of(feeder), status), "caveats": caveats}
        rows.append(data_of(ComparedOut, row.scenario, row, feeder, row.kpis, **told))
    return rows + [feeder.data for feeder in found.unusable]
