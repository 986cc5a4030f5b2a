"""The list of saved scenarios, and two of them side by side."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from simulator.models import SavedScenario, ScenarioQuerySet
from simulator.models.kept_json import as_text
from simulator.models.scenarios import HEAVY
from simulator.reports.kept_comparison import comparison_data, kept_comparison
from simulator.reports.scenarios import COLUMNS, Row, scenarios_report
from simulator.web.pages.list_forms import CompareScenariosForm, ScenariosForm
from simulator.web.pages.page import Page
from simulator.web.pages.turning import turned_to, turns
from simulator.web.scenarios.kept import find_scenario, kept, scenario_data, study_label

ROWS = 50  # on a page, and in a JSON file, where each may be large; other files hold all
SEARCHED = ("name", "study", "feeder", "sentence", "owner", "note")


@login_required
def scenarios(request: HttpRequest, kind: str = "html") -> HttpResponseBase:
    """Show the scenarios that a person may see."""
    form = ScenariosForm(request.GET)
    page = Page(request, "scenarios", kind, form)
    if not form.is_valid():
        return page.refuse()
    asked = form.cleaned_data
    visible = SavedScenario.objects.visible_to(request.user)
    light = visible.select_related("feeder", "owner").defer(*HEAVY, "feeder__network")
    rows = [row for row in map(_row, light) if _matches(row, asked["q"])]
    report = scenarios_report(rows, asked["q"], asked["sort"], asked["order"] == "desc")
    listed = [dict(zip((c.key for c in COLUMNS), row, strict=True)) for row in report.tables[0].rows]
    shown = turned_to(page, listed, ROWS)
    if shown is None:
        return page.refuse()
    if kind == "json":
        return _stream(visible, [each["number"] for each in shown], turns(page, shown))
    return page.respond(
        report,
        list,
        scenarios=[_with_address(each) for each in shown],
        turns=turns(page, shown),
        listed_as="simulator/_scenarios.html",
    )


def _row(scenario: SavedScenario) -> Row:
    there = scenario.feeder
    changed = there is not None and there.content_hash != scenario.feeder_hash
    return (
        scenario.name,
        study_label(scenario),
        scenario.feeder_id_then,
        scenario.sentence,
        f"{scenario.created:%Y-%m-%d %H:%M}",
        scenario.owner.get_username(),
        "deleted" if there is None else "changed" if changed else "as it was",
        "by link" if scenario.shared else "no",
        scenario.pk,
        scenario.note,
    )


def _matches(row: Row, search: str) -> bool:
    places = (str(value) for column, value in zip(COLUMNS, row, strict=True) if column.key in SEARCHED)
    text = " ".join(places).casefold()
    return all(word in text for word in search.casefold().split())


def _with_address(listed: dict[str, Any]) -> dict[str, Any]:
    return {**listed, "address": reverse("scenario", args=[listed["number"]])}


def _stream(
    visible: ScenarioQuerySet, numbers: list[Any], turns: list[tuple[str, str, str]]
) -> StreamingHttpResponse:
    """Return scenarios as one JSON list, a scenario at a time, with the ways to other pages as Link.

    Source: RFC 8288.
    """

    def parts() -> Iterator[str]:
        for i, number in enumerate(numbers):
            scenario = visible.select_related("owner").filter(pk=number).first()
            if scenario is not None:  # it may just have been deleted
                yield (",\n" if i else "") + as_text(scenario_data(scenario))

    def whole() -> Iterator[str]:
        yield "[\n"
        yield from parts()
        yield "\n]\n"

    links = ", ".join(f'<{address}>; rel="{relation}"' for _, address, relation in turns)
    headers = {"Link": links} if links else {}
    return StreamingHttpResponse(whole(), content_type="application/json", headers=headers)


def compare_scenarios(request: HttpRequest, kind: str = "html") -> HttpResponse:
    """Show two scenarios side by side, the earlier first."""
    form = CompareScenariosForm(request.GET)
    page = Page(request, "compare-scenarios", kind, form)
    if not form.is_valid():
        return page.refuse()
    found = [find_scenario(pk, request.user) for pk in form.cleaned_data["ids"]]
    found.sort(key=lambda scenario: (scenario.created, scenario.pk))
    first, second = map(kept, found)
    report = kept_comparison(first, second)
    return page.respond(
        report,
        partial(comparison_data, first, second),
        scenarios=found,
        listed_as="simulator/_side_by_side.html",
    )
