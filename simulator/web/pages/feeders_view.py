"""The list of feeders, with a map of all."""

from functools import partial

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from simulator.models import FeederRecord
from simulator.questions.question import Question
from simulator.questions.rare import rare_rows
from simulator.reports.caveats import heeding_many
from simulator.studies.feeders.data import day_statuses_data
from simulator.studies.feeders.day_status import DAY_STATUS
from simulator.studies.feeders.report import feeders_report
from simulator.web.pages.asking import ask_each
from simulator.web.pages.beside import compare_beside
from simulator.web.pages.cards import feeder_cards, map_of_all
from simulator.web.pages.list_forms import FeedersForm
from simulator.web.pages.page import Page
from simulator.web.site.json import Json


def feeders(request: HttpRequest, kind: str = "html") -> HttpResponse:
    """Show every feeder that the person may see, and its worst quarter-hour."""
    form = FeedersForm(request.GET)
    page = Page(request, "feeders", kind, form)
    if not form.is_valid():
        return page.refuse()
    asked, limits = form.cleaned_data, form.limit_set
    question = partial(Question.read, given=form.asked())
    records = _search(request.user, asked["q"])
    unpublished = {record.feeder_id for record in records if not record.published}
    found = ask_each(records, lambda subject: page.answers.ask(DAY_STATUS, question(subject)))
    if kind == "geojson":
        return Json(map_of_all(page, found))
    report = feeders_report(form.adoption, limits, found, asked["sort"], asked["order"] == "desc")
    report = heeding_many(report.asking(rare_rows(form.asked())), (feeder for feeder, _ in found.rows))
    cards = feeder_cards(page, limits, report, found, unpublished)
    off_map = [feeder.name for feeder, _ in found.rows if not feeder.located]
    data = partial(day_statuses_data, found)
    return page.respond(report, data, cards=cards, off_map=off_map, beside=compare_beside(page))


def _search(user: AbstractBaseUser | AnonymousUser, words: str) -> list[FeederRecord]:
    """Return the feeders that have every word; SQLite knows capitals of ASCII alone, so Python compares."""
    found = FeederRecord.objects.visible_to(user).prefetch_related("profile_sets")
    asked = words.casefold().split()
    return [record for record in found if all(word in _text(record) for word in asked)]


def _text(record: FeederRecord) -> str:
    fields = (record.feeder_id, record.name, record.archetype, record.description, record.location)
    return "\n".join(fields).casefold()
