"""`manage.py simulate`: one quarter-hour of one feeder, in a terminal."""

from collections.abc import Sequence

from simulator.management.study import StudyCommand
from simulator.reports.cards import kpi_table
from simulator.reports.report import Report, Table


class Command(StudyCommand):
    """Prints the sentence, the key figures against their limits, the guidance."""

    help = "Solve one quarter-hour of a feeder and print key figures and guidance."
    study = "run"

    def tables(self, report: Report) -> Sequence[Table]:
        """Return the key figures alone: a feeder's elements are many."""
        return [kpi_table(report.kpis)]
