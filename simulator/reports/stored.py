"""A report as plain data, to be kept and shown again as it was."""

from dataclasses import asdict
from typing import Any

from simulator.grid.caveats import Caveat
from simulator.reports.kept_pictures import parse_pictures, picture_data
from simulator.reports.report import Column, Kpi, Report, Table
from simulator.studies.guidance import Finding


def report_data(report: Report) -> dict[str, Any]:
    """Return a report as plain data."""
    return {
        "title": report.title,
        "sentence": report.sentence,
        "state": report.state,
        "question": [list(pair) for pair in report.question],
        "kpis": [{**asdict(kpi), "bar": ""} for kpi in report.kpis],
        "findings": [asdict(finding) for finding in report.findings],
        "tables": [_table_data(table) for table in report.tables],
        "caveats": [caveat.model_dump() for caveat in report.caveats],
        "pictures": picture_data(report.figures),
    }


def parse_report(data: dict[str, Any]) -> Report:
    """Return the report that `report_data` made into plain data."""
    return Report(
        title=data["title"],
        sentence=data["sentence"],
        state=data["state"],
        question=tuple((label, value) for label, value in data["question"]),
        kpis=tuple(Kpi(**kpi) for kpi in data["kpis"]),
        figures=parse_pictures(data.get("pictures", ())),  # older reports were kept without
        findings=tuple(Finding(**finding) for finding in data["findings"]),
        tables=tuple(_table(table) for table in data["tables"]),
        caveats=tuple(Caveat(**caveat) for caveat in data.get("caveats", ())),
    )


def _table_data(table: Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "title": table.title,
        "columns": [asdict(column) for column in table.columns],
        "rows": [list(row) for row in table.rows],
        "row_digits": list(table.row_digits),
        "states": list(table.states),
    }


def _table(data: dict[str, Any]) -> Table:
    columns = tuple(
        Column(**{**column, "bar": tuple(column["bar"]) if column["bar"] else None})
        for column in data["columns"]
    )
    rows = tuple(tuple(row) for row in data["rows"])
    states = tuple(data.get("states", ()))  # older rows were kept without
    return Table(data["key"], data["title"], columns, rows, tuple(data["row_digits"]), states)
