"""The preset scenarios as links that say what they set."""

from dataclasses import dataclass

from simulator.grid.clock import time_of
from simulator.studies.adoption import share_words
from simulator.web.pages.page import Page

# name: (quarter-hour, PV adoption, battery adoption)
PRESETS: dict[str, tuple[int, float, float]] = {
    "Morning": (28, 0.2, 0.1),
    "Noon": (48, 0.6, 0.1),
    "Evening": (74, 0.1, 0.2),
    "High PV": (48, 0.9, 0.0),
}


@dataclass(frozen=True)
class Preset:
    """A preset as its link shows it: what it is and which adoption it sets, its time of day, its address."""

    words: str
    time: str
    address: str


def preset_links(page: Page) -> list[Preset]:
    """Return each preset on this page; limits stay as chosen."""
    path = page.request.path
    links = []
    for name, (hour, pv, battery) in PRESETS.items():
        batteries = f"{share_words(battery)} batteries" if battery else "no batteries"
        query = page.form.query(time=time_of(hour), pv_adoption=pv, battery_adoption=battery)
        links.append(Preset(f"{name}, {share_words(pv)} PV, {batteries}", time_of(hour), path + query))
    return links
