"""The preset scenarios as links."""

from simulator.grid.clock import time_of
from simulator.studies.scenario import PRESETS
from simulator.web.page import Page


def preset_links(page: Page) -> list[tuple[str, str]]:
    """Return (name, address) of each preset on this page; limits stay as chosen."""
    path = page.request.path
    return [
        (name, path + page.form.query(time=time_of(hour), pv_adoption=pv, battery_adoption=battery))
        for name, (hour, pv, battery) in PRESETS.items()
    ]
