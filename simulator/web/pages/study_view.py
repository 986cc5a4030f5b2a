"""The pages of the studies: one view for all of them."""

from django.http import HttpRequest, HttpResponse

from simulator.grid.errors import QuestionError
from simulator.web.feeders.records import find_feeder
from simulator.web.pages.answered import answer, open_form
from simulator.web.pages.day_links import day_links
from simulator.web.pages.page import Page
from simulator.web.pages.studies import STUDIES
from simulator.web.site.json import Json
from simulator.web.work.jobs import UnfinishedError

PATIENCE_S = 0.8  # longer work shows its progress


def study(request: HttpRequest, feeder_id: str, name: str, kind: str = "html") -> HttpResponse:
    """Show a study's answer on a feeder."""
    record, asked_study = find_feeder(feeder_id, request.user), STUDIES[name]
    form = open_form(record, name, request.GET)
    page = Page(request, name, kind, form, record)
    if not form.is_valid():
        return page.refuse()
    try:
        answered = answer(page.answers, record, name, form, PATIENCE_S if kind == "html" else None)
    except UnfinishedError as unfinished:
        return page.wait(unfinished.job)
    except QuestionError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return page.refuse()
    if kind == "geojson" and asked_study.geojson:
        return Json(asked_study.geojson(record.feeder, answered.found))
    days = day_links(page, record.dates)
    return page.respond(answered.report, answered.data, answered=answered, days=days)
