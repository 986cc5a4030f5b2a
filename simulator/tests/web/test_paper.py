"""PDFs: nothing beyond the paper's margins, a row a line, and red only where the page is red."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from django.test import Client

from simulator.grid.schema import Feeder
from simulator.reports.pdf import missing_for_pdf
from simulator.tests.feeders import small_feeder_data
from simulator.tests.web.addresses import FILES, PAGES
from simulator.tests.web.conftest import Fetch, store
from simulator.tests.web.html import words
from simulator.tests.web.keeping import put, signed_in

pytestmark = pytest.mark.skipif(bool(missing_for_pdf()), reason="WeasyPrint's system libraries are missing")
MARGIN = 15 * 72 / 25.4 - 1.5  # points: 15 mm on every side, less what a letter may stand out
RED = (0xA0, 0x19, 0x19)  # of states in static/css/report.css
LONG = "a_very_long_identifier_of_sixty_four_characters_as_imports_have_"


@dataclass(frozen=True)
class Line:
    """A piece of text on paper: its page, left, bottom, right and top in points, and its colour."""

    page: int
    box: tuple[float, float, float, float]
    text: str
    colour: tuple[int, ...]

    @property
    def red(self) -> bool:
        """Whether it has the colour of a broken limit."""
        return self.colour == RED

    @property
    def faint(self) -> bool:
        """Whether it can hardly be read on white paper."""
        return min(self.colour) > 0xB8


def read_paper(content: bytes, margin: float = MARGIN) -> list[Line]:
    """Return every piece of text of a PDF, each of which must be within the margins."""
    document = pdfium.PdfDocument(content)
    try:
        return [line for number in range(len(document)) for line in _lines(document[number], number, margin)]
    finally:
        document.close()


def _lines(page: pdfium.PdfPage, number: int, margin: float) -> Iterator[Line]:
    width, height = page.get_size()
    text = page.get_textpage()
    for i in range(text.count_rects()):
        box = text.get_rect(i)
        left, bottom, right, top = box
        line = Line(number, box, text.get_text_bounded(*box).strip(), _colour(text, box))
        assert left >= margin, line
        assert right <= width - margin, line
        assert bottom >= margin / 2, line
        assert top <= height - margin / 2, line
        yield line
    text.close()
    page.close()


def _colour(text: pdfium.PdfTextPage, box: tuple[float, float, float, float]) -> tuple[int, ...]:
    left, bottom, right, top = box
    index = text.get_index((left + right) / 2, (bottom + top) / 2, right - left, top - bottom)
    colour = [pdfium_c.c_uint() for _ in range(4)]
    pdfium_c.FPDFText_GetFillColor(text, index, *colour)
    return tuple(part.value for part in colour[:3])


def _pdf(client: Client, address: str) -> list[Line]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:300]
    return read_paper(answer.content)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("run", "?pv_adoption=0.9"),
        ("compare", "?pv_adoption=0.9"),
        ("day", "?pv_adoption=0.9&battery_adoption=0.2&limits=vde_4105"),
    ],
)
def test_nothing_stands_beyond_the_margins_and_red_is_what_the_page_shows_red(
    client: Client, read: Fetch, name: str, query: str
) -> None:
    lines, page = _pdf(client, f"{FILES[name]}.pdf{query}"), read(PAGES[name] + query)
    told = " ".join(line.text for line in lines)
    for row in (row for table in page.tree.iter("table") for row in table.iter("tr")):
        assert all(word in told for word in words(list(row)[-1]).split()[-1:])  # the last column is there
    states = [e for e in page.tree.iter("td") if "state" in e.attrib.get("class", "").split()]
    red = {words(e) for e in states if "violated" in e.attrib["class"].split()}
    shown_red = {line.text for line in lines if line.red and not line.text[:1].isdigit()} - {"yes"}
    assert {text.split()[0] for text in shown_red} == {text.split()[0] for text in red}
    if name == "day":
        _hold_a_line_a_row(lines)


def _hold_a_line_a_row(lines: list[Line]) -> None:
    """Hold the 96 quarter-hours to one line each, even where three limits are broken at once."""
    times = [line for line in lines if len(line.text) == 5 and line.text[2] == ":" and line.box[0] < 60]
    assert len(times) == 96
    steps = [a.box[1] - b.box[1] for a, b in pairwise(times) if a.page == b.page]
    assert max(steps) < 3 * max(line.box[3] - line.box[1] for line in times)


def test_long_names_break_rather_than_leave_the_paper(client: Client) -> None:
    text = json.dumps({**small_feeder_data(), "feeder_id": LONG})
    text = text.replace("bus_", LONG[:-4] + "b").replace("line_", LONG[:-6]).replace("customer_", LONG[:-8])
    store(Feeder.model_validate_json(text))
    for address in (f"/feeders/{LONG}/run.pdf", f"/feeders/{LONG}/why.pdf", f"/compare.pdf?feeders={LONG}"):
        _pdf(client, address)


def test_scenarios_with_long_names_stay_on_the_paper() -> None:
    ann = signed_in("ann")
    pks = [put("ann", name="W" * 120, note="no_space_" * 40).pk for _ in range(2)]
    assert any("W" in line.text for line in _pdf(ann, "/scenarios.pdf"))
    _pdf(ann, f"/scenarios/compare.pdf?ids={pks[0]}&ids={pks[1]}")
