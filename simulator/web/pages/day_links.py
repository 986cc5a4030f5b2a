"""The way from day to day, and to the days that a year is asked about first."""

from datetime import date, timedelta
from typing import Any

from simulator.web.pages.page import Page

LONGEST_DAY = {"load": "Peak day of load", "pv": "Sunniest day"}


def day_links(page: Page, dates: tuple[date, date] | None) -> list[tuple[str, str]]:
    """Return (words, address) of the days around the one that is shown; nothing where there is no year."""
    if "date" not in page.form.fields or dates is None or page.record is None:
        return []
    shown, links = page.form.cleaned_data.get("date"), {}
    if shown:
        links["Previous day"] = date.fromisoformat(shown) - timedelta(days=1)
        links["Next day"] = date.fromisoformat(shown) + timedelta(days=1)
    for each in page.record.profile_sets.all():
        if each.is_year:
            day, _ = each.on(page.record.feeder, None)
            links[LONGEST_DAY[each.kind]] = day or dates[0]
    found = [
        (f"{words}, {day}", _address(page, day.isoformat()))
        for words, day in links.items()
        if _within(day, dates)
    ]
    return [*found, ("Without a date", _address(page, None))] if shown else found


def _within(day: date, dates: tuple[date, date]) -> bool:
    return dates[0] <= day <= dates[1]


def _address(page: Page, day: Any) -> str:
    return page.request.path + page.form.query(date=day)
