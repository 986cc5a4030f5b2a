"""`manage.py simulate`: one quarter-hour of one feeder, in a terminal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from simulator.management.question import add_question, answer, read_form, read_subject
from simulator.management.text import caveats_text, guidance_text, pairs_text, table_text
from simulator.reports.cards import kpi_table
from simulator.reports.finite_json import write_json
from simulator.studies.run.data import snapshot_data
from simulator.studies.run.question import RunQuestion
from simulator.studies.run.report import full_run_report
from simulator.web.pages.asking import ask_guidance, ask_snapshot
from simulator.web.pages.forms import ScenarioForm
from simulator.web.work.answers import Answers


class Command(BaseCommand):
    """Prints what the run page shows: the sentence, the key figures against their limits, the guidance."""

    help = "Solve one quarter-hour of a feeder and print key figures and guidance."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the feeder and the fields of a scenario."""
        add_question(parser, ScenarioForm)

    def handle(self, *args: Any, feeder_id: str, **options: Any) -> None:
        """Print the answer.

        Raises: CommandError naming the option at fault, or the published feeders.
        """
        subject, form = read_subject(feeder_id), read_form(ScenarioForm, options)
        question = RunQuestion.read(subject, form.asked())
        answers = Answers()
        snapshot = answer(lambda: ask_snapshot(answers, question))
        findings = answer(lambda: ask_guidance(answers, question, snapshot))
        if options["json"]:
            self.stdout.write(write_json(snapshot_data(subject.feeder, snapshot, findings), indent=2))
            return
        report = full_run_report(subject, snapshot, findings)
        parts = (
            report.sentence,
            *caveats_text(report.caveats),
            pairs_text(report.question),
            table_text(kpi_table(report.kpis)),
            guidance_text(findings),
        )
        self.stdout.write("\n\n".join(parts))
