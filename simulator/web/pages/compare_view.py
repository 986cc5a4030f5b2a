"""The compare page: feeders side by side."""

from functools import partial

from django.http import HttpRequest, HttpResponse

from simulator.models import FeederRecord
from simulator.questions.question import Question
from simulator.questions.rare import rare_rows
from simulator.reports.caveats import heeding_many
from simulator.studies.compare.comparison import COMPARISON
from simulator.studies.compare.data import comparisons_data
from simulator.studies.compare.question import CompareQuestion
from simulator.studies.compare.report import compare_report
from simulator.studies.feeders.day_status import DAY_STATUS
from simulator.web.pages.asking import ask_each
from simulator.web.pages.beside import feeders_beside
from simulator.web.pages.list_forms import CompareForm
from simulator.web.pages.page import Page


def compare(request: HttpRequest, kind: str = "html") -> HttpResponse:
    """Show chosen feeders under one scenario."""
    seen = FeederRecord.objects.visible_to(request.user).prefetch_related("profile_sets")
    records = {record.feeder_id: record for record in seen}
    form = CompareForm(request.GET, {feeder_id: record.name for feeder_id, record in records.items()})
    page = Page(request, "compare", kind, form)
    if not form.is_valid():
        return page.refuse()
    control, answers = form.cleaned_data, page.answers
    chosen = [records[feeder_id] for feeder_id in control["feeders"]]
    asked = form.asked()
    found = ask_each(chosen, lambda subject: answers.ask(COMPARISON, CompareQuestion.read(subject, asked)))
    statuses = ask_each(chosen, lambda subject: answers.ask(DAY_STATUS, Question.read(subject, asked)))
    days = {feeder.feeder_id: status for feeder, status in statuses.rows}
    report = compare_report(form.scenario, found, days, control["sort"], control["order"] == "desc")
    report = heeding_many(
        report.asking(rare_rows(asked)), (feeder for feeder, _ in found.rows), [form.limit_set]
    )
    beside, listed_as = feeders_beside(page), "simulator/_compared.html"
    return page.respond(report, partial(comparisons_data, found, days), beside=beside, listed_as=listed_as)
