"""PDF by WeasyPrint, from HTML that names no address outside itself."""

from collections.abc import Sequence
from functools import cache

PICTURE = "data:image/svg+xml;base64,"


@cache
def missing_for_pdf() -> str:
    """Return why no PDF can be made here, empty where one can: WeasyPrint needs pango from the system."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        return f"WeasyPrint's system libraries are missing ({str(error).splitlines()[0]})"
    return ""


def render_pdf(html: str, styles: Sequence[str]) -> bytes:
    """Return HTML as PDF; whatever it would fetch is refused but pictures that the HTML itself holds.

    ``styles`` are the texts of its style sheets.

    Raises: OSError where WeasyPrint's system libraries are missing.
    """
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    class NoFetch(URLFetcher):  # type: ignore[misc]
        """Opens no socket and no file."""

        def fetch(self, url: str, headers: object = None) -> object:
            if url.startswith(PICTURE):
                return super().fetch(url, headers)
            raise ValueError(f"a report fetches nothing, not {url[:80]}")

    fetcher = NoFetch()
    sheets = [CSS(string=style, url_fetcher=fetcher) for style in styles]
    pdf = HTML(string=html, url_fetcher=fetcher).write_pdf(stylesheets=sheets)
    return bytes(pdf)
