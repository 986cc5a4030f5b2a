"""The compare page's report: feeders side by side under one scenario."""

from collections.abc import Mapping
from dataclasses import replace

from simulator.answers.quantity import (
    CAPACITY,
    CAPACITY_KWP,
    HIGHEST_VOLTAGE,
    LINE_LOADING,
    LOSSES,
    LOWEST_VOLTAGE,
    TRANSFORMER,
    VIOLATIONS,
)
from simulator.assessment.wording import describe
from simulator.grid.schema import Feeder
from simulator.reports.report import CellValue, Column, Report, State, Table, texts
from simulator.reports.tables import column
from simulator.studies.compare.comparison import ComparedFeeder
from simulator.studies.feeders.day_status import DayLine
from simulator.studies.run.report import scenario_words
from simulator.studies.scenario import Scenario
from simulator.studies.sentences import comparison_sentence
from simulator.studies.sweep.report import capacity_cells
from simulator.studies.sweep.wording import times_words
from simulator.studies.unusable import Listed, Unusable, unusable_sentence

COLUMNS = (
    *texts(feeder="Feeder", name="Name"),
    column("violations", VIOLATIONS),
    Column("day", "Quarter-hours in violation over the day", "", 0),
    column("capacity", CAPACITY, unit="%", bar=(None, 100)),
    column("capacity_kwp", CAPACITY_KWP, digits=0),
    *texts(binding="What binds", worst="Worst violation"),
    column("transformer", TRANSFORMER),
    column("line", LINE_LOADING),
    column("min_voltage", LOWEST_VOLTAGE, digits=3),
    column("max_voltage", HIGHEST_VOLTAGE, digits=3),
    Column("source", "Import, export below 0", "kW", 1),
    column("loss", LOSSES, digits=1),
)
TIMED = ("violations", "worst")  # columns whose headings tell the time of day


def compare_report(
    scenario: Scenario,
    found: Listed[Feeder, ComparedFeeder],
    days: Mapping[str, DayLine],
    sort: str,
    descending: bool,
) -> Report:
    """Return the comparison, sorted by a column; feeders that cannot be computed have no figures.

    ``days`` holds each feeder's whole day beside the moment of the scenario.
    """
    compared = [row for _, row in found.rows]
    listed = (*(_row(*row, days) for row in found.rows), *map(_unusable_row, found.unusable))
    columns = tuple(_column(each, scenario) for each in COLUMNS)
    table = sort_table(Table("comparison", "Comparison", columns, listed), sort, descending)
    question = scenario_words(found.rows[0][0], scenario)[1:] if found.rows else ()
    steps = compared[0].sweep.steps if compared else ()
    sentence = comparison_sentence(scenario, compared, days) + unusable_sentence(found.unusable)
    if steps:
        question = (*question, ("Hosting capacity over", times_words(steps)))
    return Report(
        title="Comparison of feeders",
        sentence=sentence,
        state=_state(found, days),
        question=question,
        tables=(table,),
    )


def _column(column: Column, scenario: Scenario) -> Column:
    """Return a column with the time that it tells of, its bars up to the loading that the limits allow."""
    if column.key in TIMED:
        return replace(column, label=f"{column.label} at {scenario.time}")
    if column.key in ("transformer", "line"):
        most = 100 * scenario.limits.loading_max
        return replace(column, bar=(most, 1.5 * most))
    return column


def _state(found: Listed[Feeder, ComparedFeeder], days: Mapping[str, DayLine]) -> State:
    if any(row.violations for _, row in found.rows) or not all(d.within_limits for d in days.values()):
        return "violated"
    return "unknown" if found.unusable else "ok"


def sort_table(table: Table, sort: str, descending: bool) -> Table:
    """Return the table sorted by a column; rows without a value come last."""
    column = [c.key for c in table.columns].index(sort)
    values = [row[column] for row in table.rows]
    with_value = [i for i, value in enumerate(values) if value is not None]
    without = [i for i, value in enumerate(values) if value is None]
    with_value.sort(key=values.__getitem__, reverse=descending)  # type: ignore[arg-type]
    order = [*with_value, *without]
    states = tuple(table.states[i] for i in order) if table.states else ()
    return replace(table, rows=tuple(table.rows[i] for i in order), states=states)


def _row(feeder: Feeder, row: ComparedFeeder, days: Mapping[str, DayLine]) -> tuple[CellValue, ...]:
    kpis = row.kpis
    return (
        feeder.feeder_id,
        feeder.name,
        len(row.violations),
        days[feeder.feeder_id].violated_steps if feeder.feeder_id in days else None,
        *capacity_cells(row.sweep, row.sweep.capacity),
        describe(row.violations[0]) if row.violations else None,
        TRANSFORMER.shown(kpis.transformer_loading),
        LINE_LOADING.shown(kpis.line_loading),
        kpis.min_voltage_pu,
        kpis.max_voltage_pu,
        kpis.source_kw,
        kpis.loss_kw,
    )


def _unusable_row(feeder: Unusable) -> tuple[CellValue, ...]:
    known = {"feeder": feeder.feeder_id, "name": feeder.name, "worst": feeder.words}
    return tuple(known.get(column.key) for column in COLUMNS)
