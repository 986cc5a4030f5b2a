"""The feeders' list as cards and as points on a map."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from simulator.assessment.wording import describe
from simulator.drawing.diagram import render_thumbnail
from simulator.drawing.geojson import feeders_geojson
from simulator.grid.clock import time_of
from simulator.grid.limits import Limits
from simulator.grid.schema import Feeder
from simulator.reports.caveats import caveats_of, leaves_doubt
from simulator.reports.report import Report, State
from simulator.studies.feeders.day_status import DayStatus
from simulator.studies.feeders.report import status_state, status_words
from simulator.studies.unusable import Listed, Unusable
from simulator.web.pages.page import Page
from simulator.web.pages.question_form import ScenarioForm


def feeder_cards(
    page: Page,
    limits: Limits,
    report: Report,
    found: Listed[DayStatus],
    unpublished: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Return what each card shows, in the report's order; feeders that not everyone sees are marked."""
    by_id = {feeder.feeder_id: (feeder, status) for feeder, status in found.rows}
    cards: dict[str, dict[str, Any]] = {
        each.feeder_id: {"feeder": each, "state": "unknown", "words": each.words} for each in found.unusable
    }
    cards |= {key: _card(page, limits, *row) for key, row in by_id.items()}
    listed = [cards[str(row[0])] for row in report.tables[0].rows]
    return [{**card, "unpublished": card["feeder"].feeder_id in unpublished} for card in listed]


def map_of_all(page: Page, found: Listed[DayStatus]) -> dict[str, Any]:
    """Return the feeders whose place is known as GeoJSON points with state and link.

    Those that cannot be computed follow without a place, and say why.
    """
    points = feeders_geojson(_point(page, *row) for row in found.rows if row[0].located)
    points["features"] += [_without_place(feeder) for feeder in found.unusable]
    return points


def _card(page: Page, limits: Limits, feeder: Feeder, status: DayStatus) -> dict[str, Any]:
    return {
        "feeder": feeder,
        "status": status,
        "state": _state(feeder, status),
        "words": status_words(feeder, status),
        "worst": f"{describe(status.tightest)} at {time_of(status.tightest.step)}",
        "url": _url(page, feeder, status),
        "thumbnail": render_thumbnail(feeder, status.vm_pu, status.line_loading, limits),
    }


def _state(feeder: Feeder, status: DayStatus) -> State:
    """Return how a feeder stands; plain where nothing is found but not all that it is was checked."""
    state = status_state(feeder, status)
    return "plain" if state == "ok" and leaves_doubt(caveats_of(feeder)) else state


def _point(page: Page, feeder: Feeder, status: DayStatus) -> dict[str, Any]:
    bus, said = feeder.buses[0], status_words(feeder, status)
    return {
        "id": feeder.feeder_id,
        "name": feeder.name,
        "lat": bus.lat,
        "lon": bus.lon,
        "class": {"ok": "within"}.get(state := _state(feeder, status), state),
        "label": f"{feeder.name} ({feeder.feeder_id}): {said}, {describe(status.tightest)}",
        "url": _url(page, feeder, status),
    }


def _without_place(feeder: Unusable) -> dict[str, Any]:
    said = f"{feeder.name} ({feeder.feeder_id}): {feeder.words}"
    properties = {"id": feeder.feeder_id, "name": feeder.name, "class": "violated", "label": said}
    return {"type": "Feature", "geometry": None, "properties": properties}


def _url(page: Page, feeder: Feeder, status: DayStatus) -> str:
    """Return the feeder's run page at the quarter-hour that the card speaks of."""
    asked = page.form.query_for(ScenarioForm)
    return f"{reverse('run', args=[feeder.feeder_id])}{asked}&time={time_of(status.tightest.step)}"
