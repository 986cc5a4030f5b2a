"""The list of feeders, with a map of all."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.core.paginator import Page as ListPage
from django.http import HttpRequest, HttpResponse

from simulator.models import FeederRecord
from simulator.questions.rare import rare_rows
from simulator.reports.caveats import few_names, heeding_many
from simulator.reports.report import Report
from simulator.studies.feeders.data import day_statuses_data
from simulator.studies.feeders.report import feeders_report
from simulator.web.pages.beside import compare_beside
from simulator.web.pages.cards import feeder_cards, map_of_all
from simulator.web.pages.day_lines import DayLines, Found
from simulator.web.pages.list_forms import FeedersForm, usual_list
from simulator.web.pages.page import Page
from simulator.web.pages.turning import turned_to, turns
from simulator.web.site.json import Json
from simulator.web.work.pool import UnfinishedError

PATIENCE_S: float | None = 0.4  # longer work shows its progress
CARDS = 40  # on a page, and in a PDF; the map and other files hold all


def feeders(request: HttpRequest, kind: str = "html") -> HttpResponse:
    """Show every feeder that the person may see, and its worst quarter-hour."""
    form = FeedersForm(request.GET)
    page = Page(request, "feeders", kind, form)
    if not form.is_valid():
        return page.refuse()
    records = FeederRecord.objects.visible_to(request.user).listed(form.cleaned_data["q"])
    days = DayLines(page.answers, form.asked(), usual_list())
    try:
        found = days.of(records, PATIENCE_S if kind == "html" else None)
    except UnfinishedError as unfinished:
        return page.wait(unfinished.job)
    if kind == "geojson":
        return Json(map_of_all(page, found))
    report = _report(form, found)
    shown = turned_to(page, report.tables[0].rows, CARDS)
    if shown is None:
        return page.refuse()
    cards = feeder_cards(page, days, form.limit_set, list(shown), found, records)
    if kind == "html":
        report = _part_of(report, shown)
    return page.respond(report, partial(day_statuses_data, found), cards=cards, **_around(page, found, shown))


def _report(form: FeedersForm, found: Found) -> Report:
    asked, limits = form.cleaned_data, form.limit_set
    report = feeders_report(form.adoption, limits, found, asked["sort"], asked["order"] == "desc")
    return heeding_many(report.asking(rare_rows(form.asked())), (feeder for feeder, _ in found.rows))


def _part_of(report: Report, shown: ListPage[Any]) -> Report:
    """Return the report with the rows of one page of its table."""
    rows = slice(shown.start_index() - 1 if shown.object_list else 0, shown.end_index())
    table = report.tables[0]
    part = replace(table, rows=table.rows[rows], states=table.states[rows])
    return replace(report, tables=(part, *report.tables[1:]))


def _around(page: Page, found: Found, shown: ListPage[Any]) -> dict[str, Any]:
    """Return what stands around the cards: which they are, the ways to others, and what is not on the map."""
    count, note = shown.paginator.count, ""
    if shown.has_other_pages():
        which = f"Feeders {shown.start_index():,} to {shown.end_index():,} of {count:,}"
        note = f"{which}; the sentence, the map and CSV have all."
    off_map = few_names([feeder.name for feeder, _ in found.rows if not feeder.located])
    return {
        "cards_note": note,
        "turns": turns(page, shown),
        "off_map": off_map,
        "beside": compare_beside(page),
    }
