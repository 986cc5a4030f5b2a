"""PDF by WeasyPrint, from HTML that names no address outside itself."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path


@cache
def missing_for_pdf() -> str:
    """Return why no PDF can be made here, empty where one can: WeasyPrint needs pango from the system."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        return f"WeasyPrint's system libraries are missing ({str(error).splitlines()[0]})"
    return ""


def render_pdf(html: str, stylesheets: Sequence[Path]) -> bytes:
    """Return HTML as PDF; whatever it would fetch is refused.

    Raises: OSError where WeasyPrint's system libraries are missing.
    """
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    class NoFetch(URLFetcher):  # type: ignore[misc]
        """Opens no socket and no file."""

        def fetch(self, url: str, headers: object = None) -> object:
            raise ValueError(f"a report fetches nothing, not {url[:80]}")

    fetcher = NoFetch()
    styles = [CSS(string=path.read_text(encoding="utf-8"), url_fetcher=fetcher) for path in stylesheets]
    pdf = HTML(string=html, url_fetcher=fetcher).write_pdf(stylesheets=styles)
    return bytes(pdf)
