"""The pages of the studies: one view for all of them."""

from django.http import HttpRequest, HttpResponse

from simulator.grid.errors import QuestionError
from simulator.web.feeders.records import find_feeder
from simulator.web.pages.answered import answer, open_form
from simulator.web.pages.day_links import day_links
from simulator.web.pages.page import Page
from simulator.web.pages.presets import preset_links
from simulator.web.pages.studies import STUDIES
from simulator.web.site.json import Json
from simulator.web.work.pool import UnfinishedError

PATIENCE_S = 0.8  # longer work shows its progress


def study(
    request: HttpRequest, feeder_id: str, name: str, kind: str = "html", *, whole: bool = False
) -> HttpResponse:
    """Show a study's answer on a feeder; a page that is not ``whole`` leaves out what takes long."""
    record, asked_study = find_feeder(feeder_id, request.user), STUDIES[name]
    form = open_form(record, name, request.GET)
    page = Page(request, name, kind, form, record)
    presets = preset_links(page) if asked_study.has_presets else None
    if not form.is_valid():
        return page.refuse(presets=presets)
    page_like = kind == "html"
    try:
        patience_s = PATIENCE_S if page_like else None
        answered = answer(page.answers, record, name, form, patience_s, at_once=page_like and not whole)
    except UnfinishedError as unfinished:
        return page.wait(unfinished.job)
    except QuestionError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return page.refuse(presets=presets)
    found = answered.found
    if kind == "geojson" and asked_study.geojson:
        return Json(asked_study.geojson(record.feeder, found))
    shown = {
        "snapshot": asked_study.snapshot(found),
        "awaits": asked_study.awaits(found),
        "guides": asked_study.always_guides,
    }
    days = day_links(page, record.dates)
    return page.respond(
        answered.report, answered.data, answered=answered, days=days, presets=presets, **shown
    )
