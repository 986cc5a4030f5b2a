"""The help as a report: what each key figure means, which limits there are, what the model leaves out."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from simulator.grid.limits import LIMIT_SETS
from simulator.reports.glossary import LEFT_OUT, key_figures
from simulator.reports.report import Column, Report, Table, texts
from simulator.studies.adoption import share_words


def help_report(models: Iterable[type[BaseModel]]) -> Report:
    """Return the glossary of what ``models`` declare, the limits and the model's bounds as tables."""
    limits = tuple(
        (s.title, s.vm_min_pu, s.vm_max_pu, share_words(s.rise_max) if s.rise_max else None, s.source)
        for s in LIMIT_SETS.values()
    )
    return Report(
        title="Help",
        sentence="How to use LV Mini Twin, what its figures mean, and what its model leaves out.",
        state="plain",
        question=(),
        tables=(
            Table(
                "key_figures",
                "Key figures",
                texts(figure="Figure", unit="Unit", meaning="Meaning"),
                key_figures(models),
            ),
            Table(
                "limits",
                "Limits",
                (
                    Column("name", "Limits"),
                    Column("low", "Lowest", "pu", 2),
                    Column("high", "Highest", "pu", 2),
                    *texts(rise="Rise by generation", source="Source"),
                ),
                limits,
            ),
            Table("left_out", "What the model leaves out", texts(what="What", why="Why"), LEFT_OUT),
        ),
    )


def help_data(report: Report) -> dict[str, Any]:
    """Return the help's tables, row by row."""
    return {
        table.key: [dict(zip([c.key for c in table.columns], row, strict=True)) for row in table.rows]
        for table in report.tables
    }
