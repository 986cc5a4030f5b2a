"""The run page: one feeder, one scenario."""

from django.http import HttpRequest, HttpResponse

from simulator.web.feeders.records import find_feeder
from simulator.web.pages.answered import RUN, answer, open_form
from simulator.web.pages.page import Page
from simulator.web.pages.presets import preset_links


def run(request: HttpRequest, feeder_id: str, kind: str = "html") -> HttpResponse:
    """Show a feeder's quarter-hour under a scenario."""
    record = find_feeder(feeder_id, request.user)
    form = open_form(record, RUN, request.GET)
    page = Page(request, RUN, kind, form, record)
    if not form.is_valid():
        return page.refuse(presets=preset_links(page))
    answered = answer(page.answers, record, RUN, form)
    return page.respond(
        answered.report,
        answered.data,
        answered=answered,
        snapshot=answered.found,
        presets=preset_links(page),
    )
