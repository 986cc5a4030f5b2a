"""Red stands only where a limit is broken, amber only near one: every table, card and answer of every page.

What is broken is judged here, from the numbers and the limits that stand beside them.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest

from simulator.tests.web.addresses import PAGES
from simulator.tests.web.conftest import Fetch
from simulator.tests.web.html import Document, words

# Nothing to say, near a limit, far beyond, before any PV, and a limit set with a rule on the rise.
SITUATIONS = {
    "night": "pv_adoption=0&time=03:00",
    "noon": "pv_adoption=0.3",
    "near": "pv_adoption=0.5",
    "beyond": "pv_adoption=0.9&battery_adoption=0.1",
    "rise": "pv_adoption=0.9&limits=vde_4105",
}
BANDS = {"twin": (0.94, 1.06), "vde_4105": (0.90, 1.10)}
NEAR_LOADING, NEAR_EDGE = 80, 0.1  # percent of rating; share of the band at either end, as the help page says
LOOKS = {"ok", "high", "violated", "unknown", "plain"}


def _look(element: Element) -> str:
    found = LOOKS & set(element.attrib.get("class", "").split())
    return found.pop() if found else "plain"


def _tables(document: Document) -> Iterator[tuple[str, list[str], list[list[Element]]]]:
    for table in document.tree.iter("table"):
        head, *rows = [[c for c in row if c.tag in ("td", "th")] for row in table.iter("tr")]
        yield table.attrib["id"].removeprefix("table-"), [words(cell) for cell in head], rows


def _voltage(vm_pu: float, band: tuple[float, float]) -> str:
    low, high = band
    edge = NEAR_EDGE * (high - low)
    if not low <= vm_pu <= high:
        return "violated"
    return "ok" if low + edge <= vm_pu <= high - edge else "high"


def _loading(percent: float, most: float = 100) -> str:
    if percent > most:
        return "violated"
    return "high" if percent >= NEAR_LOADING / 100 * most else "ok"


def _against(value: str, unit: str, limit: str) -> str:
    """Return how a key figure stands by the limit beside it; plain where it has none."""
    bounds = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", limit)]
    if not bounds or not re.fullmatch(r"[\d.]+", value):
        return "plain"
    if unit == "pu":
        return _voltage(float(value), (bounds[0], bounds[1]))
    return _loading(float(value), bounds[0])


def _judge(key: str, row: dict[str, str], band: tuple[float, float]) -> str:
    """Return how a row stands, by its own numbers."""
    number = {name: float(text) for name, text in row.items() if re.fullmatch(r"-?\d+(\.\d+)?", text)}
    match key:
        case "kpis" if row["Key figure"] in ("Violation", "Outside limits"):
            return "ok" if row["Value"] in ("no", "0") else "violated"
        case "kpis":
            return _against(row["Value"], row["Unit"], row["Limit"])
        case "buses":
            return _voltage(number["Voltage pu"], band)
        case "lines" | "transformers":
            return _loading(number["Loading %"])
        case "quarter-hours":
            found = [_voltage(number[f"{name} voltage pu"], band) for name in ("Lowest", "Highest")]
            found.append(_loading(number["Transformer %"]))
            return max(found, key=["ok", "high", "violated"].index)
        case "feeders":
            return "ok" if number["Quarter-hours in violation"] == 0 else "violated"
    raise AssertionError(f"a table {key!r} tells states that this test cannot judge")


def _answer(document: Document) -> Element:
    return next(e for e in document.tree.iter() if e.attrib.get("role") == "status")


def _hold(document: Document, band: tuple[float, float]) -> int:
    """Hold every state cell of a page against its row; return how many there are."""
    seen = 0
    for key, head, rows in _tables(document):
        for cells in rows:
            states = {_look(cell) for cell in cells} - {"plain"}
            if "State" not in head and "State over the day" not in head:
                assert not states, (key, head)
                continue
            row = dict(zip(head, map(words, cells), strict=True))
            look = _look(cells[head.index(next(h for h in head if h.startswith("State")))])
            due = _judge(key, row, band)
            told = row.get("State", row.get("State over the day", ""))
            elsewhere = {"violated": ("line overload", "voltage rise"), "high": ("near a limit",)}
            if look != due and any(word in told for word in elsewhere.get(look, ())):
                assert key in ("quarter-hours", "buses"), row  # lines and rises stand in other tables
            elif key == "kpis" and row["Key figure"].startswith("Room for"):
                assert look == _look(_answer(document)), row  # none where a limit is broken beforehand
            elif key == "kpis" and row["Key figure"].startswith(("Outside ±10", "Largest rise")):
                assert (look == "violated") == (due == "violated"), row
            else:
                assert look == due, row
            assert not (states - {look}), row
            seen += 1
    return seen


SHOWN = [
    *((name, situation) for name in ("run", "day") for situation in SITUATIONS),
    *((name, "beyond") for name in PAGES if name not in ("run", "day", "help", "monte-carlo")),
    ("feeders", "noon"),
    ("sweep", "rise"),
]


@pytest.mark.parametrize(("name", "situation"), SHOWN)
def test_a_state_s_colour_is_that_of_the_numbers_beside_it(read: Fetch, name: str, situation: str) -> None:
    query = SITUATIONS[situation]
    if name in ("feeders", "sweep", "standards", "measures", "day"):
        query = re.sub(r"&time=[\d:]+", "", query)
    document = read(f"{PAGES[name]}?{query}")
    seen = _hold(document, BANDS["vde_4105" if situation == "rise" else "twin"])
    least = {"run": 60, "day": 96, "feeders": 16, "network": 60}
    assert seen >= least.get(name, 0)
    for card in document.tree.iter():
        if "data-kpi" in card.attrib and _look(card) == "violated":
            assert "beyond its limit" in words(card)


def test_chance_tells_its_quantiles_without_colour(read: Fetch) -> None:
    document = read(f"{PAGES['monte-carlo']}?placements=60")
    _hold(document, BANDS["twin"])
    plain = [card for card in document.tree.iter() if card.attrib.get("data-kpi", "").startswith("p")]
    assert plain
    assert all(_look(card) == "plain" for card in plain)
