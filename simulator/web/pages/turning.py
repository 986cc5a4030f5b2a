"""Long lists, a page at a time: Django's pages, and the ways from one to the next."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator

from simulator.web.pages.page import Page


def turned_to(page: Page, listed: Sequence[Any], size: int) -> ListPage[Any] | None:
    """Return the part of a list that is asked for; None where there is none, as its form then says."""
    pages = Paginator(listed, size)
    asked = page.form.cleaned_data["page"]
    if asked > pages.num_pages:
        page.form.add_error("page", f"Page: the list has {pages.num_pages}; enter a number up to that.")
        return None
    return pages.page(asked)


def turns(page: Page, shown: ListPage[Any]) -> list[tuple[str, str, str]]:
    """Return the ways to the pages before and after as (words, address, relation)."""
    at, of = shown.number, shown.paginator.num_pages
    ways = [("Page before", at - 1, "prev")] if shown.has_previous() else []
    ways += [("Page after", at + 1, "next")] if shown.has_next() else []
    return [
        (f"{words} ({n} of {of})", page.request.path + page.form.query(page=n), rel) for words, n, rel in ways
    ]
