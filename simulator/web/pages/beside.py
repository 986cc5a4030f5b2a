"""The two lists of feeders, of a moment and of the day: what each covers, and the way to the other."""

from dataclasses import dataclass

from django.urls import reverse

from simulator.grid.clock import time_of
from simulator.web.pages.list_forms import CompareForm, FeedersForm
from simulator.web.pages.page import Page


@dataclass(frozen=True)
class Beside:
    """What a list's figures cover, and the other list as words and address."""

    covers: str
    link: str
    address: str


def feeders_beside(page: Page) -> Beside:
    """Return what the comparison covers, and the list of the day's worst quarter-hours."""
    time = time_of(page.form.cleaned_data["time"])
    covers = (
        f"Loadings, voltages, powers and violations are those at {time}; quarter-hours in violation count "
        "the whole day."
    )
    link = "Each feeder at its worst quarter-hour of the day"
    return Beside(covers, link, reverse("feeders") + page.form.query_for(FeedersForm, "sort", "order"))


def compare_beside(page: Page) -> Beside:
    """Return what the list of feeders covers, and the comparison at one time of day."""
    covers = "Each state is that of the feeder's worst quarter-hour of the day."
    link = "Compare the feeders at one time of day"
    return Beside(covers, link, reverse("compare") + page.form.query_for(CompareForm, "sort", "order"))
