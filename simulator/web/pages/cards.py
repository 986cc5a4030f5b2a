"""The feeders' list as cards and as points on a map."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from simulator.assessment.wording import describe
from simulator.drawing.diagram import render_thumbnail
from simulator.drawing.geojson import feeders_geojson
from simulator.grid.clock import time_of
from simulator.grid.limits import Limits
from simulator.grid.summary import FeederSummary
from simulator.models import FeederRecord
from simulator.reports.caveats import caveats_of, leaves_doubt
from simulator.reports.report import State
from simulator.studies.feeders.day_status import DayLine
from simulator.studies.feeders.report import status_state, status_words
from simulator.studies.unusable import Unusable
from simulator.web.pages.day_lines import DayLines, Found
from simulator.web.pages.page import Page
from simulator.web.pages.question_form import ScenarioForm


def feeder_cards(
    page: Page,
    days: DayLines,
    limits: Limits,
    rows: Sequence[Any],
    found: Found,
    records: Sequence[FeederRecord],
) -> list[dict[str, Any]]:
    """Return what each card shows, in the rows' order; feeders that not everyone sees are marked."""
    listed = {row[0] for row in rows}
    lost = {each.feeder_id for each in found.unusable}
    shown = [each for each in records if each.feeder_id in listed - lost]
    thumbnails = {
        record.feeder_id: render_thumbnail(record.feeder, vm_pu, line_loading, limits)
        for record, vm_pu, line_loading in days.states(shown)
    }
    cards: dict[str, dict[str, Any]] = {
        each.feeder_id: {"feeder": each, "state": "unknown", "words": each.words} for each in found.unusable
    }
    cards |= {
        feeder.feeder_id: _card(page, feeder, day) for feeder, day in found.rows if feeder.feeder_id in listed
    }
    unpublished = {record.feeder_id for record in records if not record.published}
    return [
        {**cards[key], "thumbnail": thumbnails.get(key, ""), "unpublished": key in unpublished}
        for key in (str(row[0]) for row in rows)
    ]


def map_of_all(page: Page, found: Found) -> dict[str, Any]:
    """Return the feeders whose place is known as GeoJSON points with state and link.

    Those that cannot be computed follow without a place, and say why.
    """
    points = feeders_geojson(_point(page, *row) for row in found.rows if row[0].located)
    points["features"] += [_without_place(feeder) for feeder in found.unusable]
    return points


def _card(page: Page, feeder: FeederSummary, day: DayLine) -> dict[str, Any]:
    return {
        "feeder": feeder,
        "status": day,
        "state": _state(feeder, day),
        "words": status_words(feeder, day),
        "worst": f"{describe(day.tightest)} at {time_of(day.tightest.step)}",
        "url": _url(page, feeder, day),
    }


def _state(feeder: FeederSummary, day: DayLine) -> State:
    """Return how a feeder stands; plain where nothing is found but not all that it is was checked."""
    state = status_state(feeder, day)
    return "plain" if state == "ok" and leaves_doubt(caveats_of(feeder)) else state


def _point(page: Page, feeder: FeederSummary, day: DayLine) -> dict[str, Any]:
    said = status_words(feeder, day)
    return {
        "id": feeder.feeder_id,
        "name": feeder.name,
        "lat": feeder.lat,
        "lon": feeder.lon,
        "class": {"ok": "within"}.get(state := _state(feeder, day), state),
        "label": f"{feeder.name} ({feeder.feeder_id}): {said}, {describe(day.tightest)}",
        "url": _url(page, feeder, day),
    }


def _without_place(feeder: Unusable) -> dict[str, Any]:
    said = f"{feeder.name} ({feeder.feeder_id}): {feeder.words}"
    properties = {"id": feeder.feeder_id, "name": feeder.name, "class": "violated", "label": said}
    return {"type": "Feature", "geometry": None, "properties": properties}


def _url(page: Page, feeder: FeederSummary, day: DayLine) -> str:
    """Return the feeder's run page at the quarter-hour that the card speaks of."""
    asked = page.form.query_for(ScenarioForm)
    return f"{reverse('run', args=[feeder.feeder_id])}{asked}&time={time_of(day.tightest.step)}"
