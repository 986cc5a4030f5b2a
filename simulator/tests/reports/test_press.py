"""The press: one PDF at a time in a process of its own, which is ended where a PDF takes too much."""

import subprocess
from collections.abc import Iterator

import pytest

from simulator.reports.pdf import missing_for_pdf
from simulator.reports.press import PdfError, Press
from simulator.reports.printed import MAX_PARTS, most_rows, read_printed
from simulator.reports.report import Column, Figure, Report, Table
from simulator.tests.paper import read_sheets

pytestmark = pytest.mark.skipif(bool(missing_for_pdf()), reason="WeasyPrint's system libraries are missing")

LONG = "<table>" + "<tr><td>a<td>b<td>c<td>d<td>e" * 4000 + "</table>"


@pytest.fixture
def presses() -> Iterator[list[Press]]:
    presses: list[Press] = []
    yield presses
    for press in presses:
        press.close()


def _text(pdf: bytes) -> str:
    return read_sheets(pdf)[0]


def test_a_pdf_that_takes_too_long_ends_its_process_and_the_next_has_a_new_one(presses: list[Press]) -> None:
    presses.append(press := Press(most_s=1.5))
    assert "short" in _text(press.render("<p>short", []))
    with pytest.raises(PdfError, match=r"it takes more than 1\.5 s to make"):
        press.render(LONG, [])
    assert "again" in _text(press.render("<p>again", []))


def test_a_pdf_that_takes_too_much_memory_is_refused(presses: list[Press]) -> None:
    presses.append(press := Press(most_s=60, most_bytes=90_000_000))
    with pytest.raises(PdfError, match="it needs more memory than a PDF may take"):
        press.render(LONG, [])


def test_a_process_is_kept_warm_and_replaced_before_it_grows(
    presses: list[Press], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    right = subprocess.Popen

    def start(*given: object, **more: object) -> object:
        started.append(given)
        return right(*given, **more)  # type: ignore[call-overload]

    monkeypatch.setattr("simulator.reports.press.subprocess.Popen", start)
    presses.append(press := Press(most_printed=2))
    counts = []
    for _ in range(3):
        press.render("<p>page", [])
        counts.append(len(started))
    assert counts == [1, 1, 2]


def _table(key: str, rows: int, columns: int) -> Table:
    names = tuple(Column(f"c{number}", f"C{number}") for number in range(columns))
    return Table(key, key.capitalize(), names, tuple((f"r{row}",) * columns for row in range(rows)))


def test_a_large_network_prints_so_many_rows_and_says_of_how_many() -> None:
    """906 buses of 5 columns, 905 lines of 9, 55 customers of 7: 14 cells a row and 385 are 2,345 at 140."""
    sizes = [(906, 5), (905, 9), (55, 7)]
    assert most_rows(sizes) == 140
    names = ("buses", "lines", "customers")
    tables = tuple(_table(name, *size) for name, size in zip(names, sizes, strict=True))
    printed = read_printed(Report("T", "S", "ok", (), tables=tables)).tables
    assert [len(each.table.rows) for each in printed] == [140, 140, 55]
    assert [each.note for each in printed] == [
        "These are the first 140 of 906 buses; the CSV file has all.",
        "These are the first 140 of 905 lines; the CSV file has all.",
        "",
    ]


def test_no_table_prints_more_than_200_rows_and_none_fewer_than_10() -> None:
    assert most_rows([(906, 3)]) == 200
    assert most_rows([(96, 9)]) == 200
    assert most_rows([(300, 12)] * 40) == 10


def test_pictures_with_too_many_parts_are_left_out_with_a_word() -> None:
    small = Figure("a", "A", "caption", lambda: "<svg><g></g></svg>")
    large = Figure("b", "B", "caption", lambda: "<svg>" + "<g/>" * MAX_PARTS + "</svg>")
    printed = read_printed(Report("T", "S", "ok", (), figures=(large, small))).figures
    assert [(each.svg, each.note) for each in printed] == [
        ("", "This picture has 12,001 parts, more than a PDF takes; the page shows it."),
        ("<svg><g></g></svg>", ""),
    ]
