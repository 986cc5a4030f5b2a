"""The commands of the studies: a page's answer in a terminal."""

import time
from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from simulator.management.question import add_question, answer, read_form, read_record
from simulator.management.text import caveats_text, guidance_text, pairs_text, table_text
from simulator.reports.finite_json import write_json
from simulator.reports.report import Report, Table
from simulator.studies.task import A, Q
from simulator.web.pages.studies import STUDIES
from simulator.web.pages.study import Study
from simulator.web.work.answers import Answers
from simulator.web.work.pool import UnfinishedError

LOOK_S = 0.2  # how often the bar moves


class StudyCommand(BaseCommand):
    """Prints what a study's page shows: the sentence, the question, the tables, the guidance."""

    study: ClassVar[str]

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the feeder and the fields of the study's form."""
        add_question(parser, STUDIES[self.study].form)

    def handle(self, *args: Any, feeder_id: str, **options: Any) -> None:
        """Print the answer.

        Raises: CommandError naming the option at fault, or the published feeders.
        """
        study, record = STUDIES[self.study], read_record(feeder_id)
        feeder = answer(lambda: record.feeder)
        form = read_form(partial(study.form, feeder=feeder, dates=record.dates), options)
        question = answer(partial(study.read, record, form.asked()))
        found = answer(partial(_watch, study, question))
        if options["json"]:
            self.stdout.write(write_json(study.full_data(question, found), indent=2))
            return
        report = study.full_report(question, found)
        self.stdout.write("\n\n".join(self.parts(report)))

    def parts(self, report: Report) -> list[str]:
        """Return the paragraphs that are printed."""
        said = [report.sentence, *caveats_text(report.caveats), pairs_text(report.question)]
        guides = report.findings or STUDIES[self.study].always_guides
        guidance = [guidance_text(report.findings)] if guides else []
        return [*said, *map(table_text, self.tables(report)), *guidance]

    def tables(self, report: Report) -> Sequence[Table]:
        """Return the tables that are printed: all of them."""
        return report.tables


def _watch(study: Study[Q, A], question: Q) -> A:
    """Return the answer; a bar shows how far long work is."""
    with tqdm(total=100, unit="%", leave=False, disable=None if study.task.long else True) as bar:
        while True:
            try:
                return study.ask(Answers(), question, LOOK_S)
            except UnfinishedError as unfinished:
                bar.update(unfinished.job.percent - bar.n)
                time.sleep(LOOK_S)
