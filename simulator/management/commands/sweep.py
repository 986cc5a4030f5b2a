"""`manage.py sweep`: how much PV a feeder hosts, in a terminal."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from simulator.management.question import add_question, answer, read_feeder, read_question
from simulator.management.text import pairs_text, table_text
from simulator.reports.data import sweep_data
from simulator.reports.sweep import sweep_report
from simulator.web.answers import Answers
from simulator.web.forms import SweepForm
from simulator.web.studies import ask_sweep


class Command(BaseCommand):
    """Prints what the sweep page shows: the sentence, the hosting capacity, what binds, the 21 points."""

    help = "Sweep PV adoption on a feeder and print its hosting capacity and the curve."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the feeder and the fields of a sweep."""
        add_question(parser, SweepForm)

    def handle(self, *args: Any, feeder_id: str, **options: Any) -> None:
        """Print the answer.

        Raises: CommandError naming the option at fault, or the published feeders.
        """
        feeder, form = read_feeder(feeder_id), read_question(SweepForm, options)
        times, battery = form.cleaned_data["times"], form.cleaned_data["battery_adoption"]
        swept = answer(lambda: ask_sweep(Answers(), feeder, times, battery, form.limit_set))
        if options["json"]:
            self.stdout.write(json.dumps(sweep_data(feeder_id, swept), indent=2, allow_nan=False))
            return
        report = sweep_report(feeder, swept)
        self.stdout.write(
            "\n\n".join((report.sentence, pairs_text(report.question), *map(table_text, report.tables)))
        )
