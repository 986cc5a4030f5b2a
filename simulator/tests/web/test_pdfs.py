"""PDFs of the site: equal ones once, others one by one, and in words what cannot be made."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice

import pytest
from django.test import Client, RequestFactory

from simulator.reports.pdf import missing_for_pdf
from simulator.reports.press import PRESS, PdfError
from simulator.reports.report import Report
from simulator.tests.web.addresses import FILES
from simulator.web.work.askers import Asker
from simulator.web.work.pdfs import MAX_WAITING, make_pdf
from simulator.web.work.pool import BusyError

pytestmark = pytest.mark.skipif(bool(missing_for_pdf()), reason="WeasyPrint's system libraries are missing")

REPORT = Report("Elm Road", "All is well.", "ok", ())


class SlowPress:
    """Stands for the press: counts what it prints, and prints when the test lets it."""

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.most = self.now = 0
        self.open = threading.Event()

    def render(self, html: str, styles: object) -> bytes:
        self.printed.append(html)
        self.now += 1
        self.most = max(self.most, self.now)
        assert self.open.wait(20)
        self.now -= 1
        return b"%PDF-" + str(len(self.printed)).encode()


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch, empty_cache: None) -> Iterator[SlowPress]:
    press = SlowPress()
    monkeypatch.setattr(PRESS, "render", press.render)
    yield press
    press.open.set()


def _pdf(asker: str, link: str = "same") -> bytes:
    return make_pdf(RequestFactory().get("/"), Asker(asker), REPORT, {"link": link})


def test_equal_pdfs_are_made_once_and_kept_and_others_one_by_one(press: SlowPress) -> None:
    with ThreadPoolExecutor(4) as pool:
        asked = [("a", "one"), ("b", "one"), ("c", "two"), ("d", "one")]
        made = [pool.submit(_pdf, *each) for each in asked]
        threading.Timer(0.3, press.open.set).start()
        pdfs = [each.result(10) for each in made]
    assert pdfs[0] == pdfs[1] == pdfs[3] != pdfs[2]
    assert (len(press.printed), press.most) == (2, 1)
    assert _pdf("e", "one") == pdfs[0]
    assert len(press.printed) == 2
    assert all(
        " UTC with " in html and "\N{OBJECT REPLACEMENT CHARACTER}" not in html for html in press.printed
    )


def test_so_many_wait_for_their_pdf_and_the_next_come_again(press: SlowPress) -> None:
    with ThreadPoolExecutor(MAX_WAITING + 2) as pool:
        asked = [pool.submit(_pdf, f"asker {number}") for number in range(MAX_WAITING + 2)]
        refused = [each.exception(10) for each in islice(as_completed(asked, 10), 2)]
        press.open.set()
        made = [each.result(10) for each in asked if not isinstance(each.exception(10), BusyError)]
    assert [type(each) for each in refused] == [BusyError] * 2
    assert made == [b"%PDF-1"] * MAX_WAITING


def test_what_cannot_be_made_is_said_in_words(
    client: Client, monkeypatch: pytest.MonkeyPatch, empty_cache: None
) -> None:
    def fail(*_: object) -> bytes:
        raise PdfError("it takes more than 5 s to make")

    monkeypatch.setattr(PRESS, "render", fail)
    answer = client.get(FILES["run"] + ".pdf")
    assert answer.status_code == 503
    assert "The PDF cannot be made: it takes more than 5 s to make." in answer.content.decode()
