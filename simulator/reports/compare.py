"""The compare page's report: feeders side by side under one scenario."""

from dataclasses import replace

from simulator.grid.schema import Feeder
from simulator.reports.report import CellValue, Column, Report, State, Table
from simulator.reports.run import scenario_words
from simulator.reports.sentences import comparison_sentence
from simulator.reports.sweep import capacity_cells
from simulator.reports.unusable import Listed, Unusable, unusable_sentence
from simulator.studies.capacity_wording import over_words, times_words
from simulator.studies.comparison import ComparedFeeder
from simulator.studies.scenario import Scenario
from simulator.studies.wording import describe

COLUMNS = (
    Column("feeder", "Feeder"),
    Column("name", "Name"),
    Column("violations", "Violations", "", 0),
    Column("worst", "Worst violation"),
    Column("transformer", "Transformer", "%", 1, bar=(100, 150)),
    Column("line", "Most loaded line", "%", 1, bar=(100, 150)),
    Column("min_voltage", "Lowest voltage", "pu", 3),
    Column("max_voltage", "Highest voltage", "pu", 3),
    Column("capacity", "Hosting capacity", "%", 1, bar=(None, 100)),
    Column("capacity_kwp", "Hosting capacity", "kWp", 0),
    Column("binding", "What binds"),
    Column("source", "Import, export below 0", "kW", 1),
    Column("loss", "Losses", "kW", 1),
)


def compare_report(
    scenario: Scenario,
    found: Listed[ComparedFeeder],
    sort: str,
    descending: bool,
) -> Report:
    """Return the comparison, sorted by a column; feeders that cannot be computed have no figures."""
    compared = [row for _, row in found.rows]
    listed = (*(_row(*row) for row in found.rows), *map(_unusable_row, found.unusable))
    table = sort_table(Table("comparison", "Comparison", COLUMNS, listed), sort, descending)
    question = scenario_words(found.rows[0][0], scenario)[1:] if found.rows else ()
    hours = compared[0].sweep.hours if compared else ()
    sentence = comparison_sentence(scenario, compared) + unusable_sentence(found.unusable)
    if hours:
        sentence += f" Hosting capacities are those {over_words(hours)}."
        question = (*question, ("Hosting capacity over", times_words(hours)))
    return Report(
        title="Comparison of feeders",
        sentence=sentence,
        state=_state(found),
        question=question,
        tables=(table,),
    )


def _state(found: Listed[ComparedFeeder]) -> State:
    if any(row.violations for _, row in found.rows):
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


def _row(feeder: Feeder, row: ComparedFeeder) -> tuple[CellValue, ...]:
    kpis = row.kpis
    return (
        feeder.feeder_id,
        feeder.name,
        len(row.violations),
        describe(row.violations[0]) if row.violations else None,
        None if kpis.transformer_loading is None else kpis.transformer_loading * 100,
        None if kpis.line_loading is None else kpis.line_loading * 100,
        kpis.min_voltage_pu,
        kpis.max_voltage_pu,
        *capacity_cells(row.sweep, row.sweep.capacity),
        kpis.source_kw,
        kpis.loss_kw,
    )


def _unusable_row(feeder: Unusable) -> tuple[CellValue, ...]:
    known = {"feeder": feeder.feeder_id, "name": feeder.name, "worst": feeder.words}
    return tuple(known.get(column.key) for column in COLUMNS)
