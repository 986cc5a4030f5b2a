"""PDF: text that can be searched, one page at least, and nothing fetched from anywhere."""

import builtins
from collections.abc import Iterator, Mapping, Sequence

import pytest

from simulator.reports.pdf import missing_for_pdf, render_pdf
from simulator.tests.paper import read_sheets

needs_pango = pytest.mark.skipif(bool(missing_for_pdf()), reason="WeasyPrint's system libraries are missing")


@needs_pango
def test_html_becomes_pages_whose_text_can_be_searched() -> None:
    html, style = "<h1>Feeder 05 – 60 %</h1><p>1.071 pu</p>", "h1 { break-after: page }"
    assert read_sheets(render_pdf(html, [style])) == ["Feeder 05 – 60 %", "1.071 pu"]


@needs_pango
@pytest.mark.parametrize(
    "markup",
    [
        '<img src="http://192.0.2.1/x.png">',
        '<img src="file:///etc/hostname">',
        '<link rel="stylesheet" href="https://192.0.2.1/x.css">',
        '<link rel="attachment" href="file:///etc/hostname">',
        "<style>@import url(http://192.0.2.1/x.css);</style>",
        '<svg><image href="file:///etc/hostname"/></svg>',
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_nothing_is_fetched(markup: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    right = builtins.open

    def noted(file: object, *arguments: object, **options: object) -> object:
        opened.append(str(file))
        return right(file, *arguments, **options)  # type: ignore[call-overload]

    def refused(*arguments: object, **options: object) -> None:
        raise AssertionError(f"a socket was opened: {arguments}")

    monkeypatch.setattr("socket.socket.connect", refused)
    monkeypatch.setattr("socket.getaddrinfo", refused)
    monkeypatch.setattr(builtins, "open", noted)
    pdf = render_pdf(f"{markup}<p>text</p>", [])
    assert "text" in read_sheets(pdf)[0]
    assert "/etc/hostname" not in opened
    assert b"/EmbeddedFile" not in pdf


@pytest.fixture
def no_weasyprint(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make WeasyPrint fail as it does where pango is missing."""
    right = builtins.__import__

    def without(
        name: str,
        in_globals: Mapping[str, object] | None = None,
        in_locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> object:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'\nand more")
        return right(name, in_globals, in_locals, fromlist, level)

    missing_for_pdf.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    yield
    missing_for_pdf.cache_clear()


def test_missing_libraries_are_named_in_one_line(no_weasyprint: None) -> None:
    assert missing_for_pdf() == (
        "WeasyPrint's system libraries are missing (cannot load library 'libpango-1.0-0')"
    )
