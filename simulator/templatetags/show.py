"""Template tags that show reports."""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace
from itertools import repeat
from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from simulator.drawing.bar import render_bar
from simulator.reports.pdf import PICTURE
from simulator.reports.report import CellValue, Column, State, Table

if TYPE_CHECKING:
    from simulator.web.pages.page import Page

register = template.Library()

LONG, LONG_STATE = 16, 50  # characters: shorter cells stay on one line
_TITLE = re.compile(r"<title>[^<]*</title>")


@register.filter
def svg(markup: str) -> SafeString:
    """Mark SVG made by our own renderers, which escape all text, as safe."""
    return mark_safe(markup)  # noqa: S308 - never applied to what people typed


@register.filter
def picture(markup: str) -> str:
    """Return SVG of our own renderers as an address that holds it: WeasyPrint prints it 4 times as fast.

    Titles go: paper has no pointer that would show them.
    """
    standing = _TITLE.sub("", markup)
    return PICTURE + b64encode(standing.encode()).decode()


@register.simple_tag
def table_rows(table: Table, feeder_query: str | None = None) -> SafeString:
    """Return a table's rows: the template language would take most of a page's time for them.

    Feeders link to their run pages where a query, even an empty one, says what to ask there.
    """
    states: Iterable[State] = table.states or repeat("plain")
    lines = (
        "".join(_cell(column, value, state, feeder_query) for column, value in zip(columns, row, strict=True))
        for columns, row, state in zip(_columns_by_row(table), table.rows, states, strict=False)
    )
    return mark_safe("".join(f"<tr>{line}</tr>\n" for line in lines))  # noqa: S308 - each cell escapes its text


def _columns_by_row(table: Table) -> Iterable[tuple[Column, ...]]:
    """Return each row's columns: the table's own, with the row's decimals where it has them."""
    if not table.row_digits:
        return repeat(table.columns)
    return (
        tuple(c if c.digits is None else replace(c, digits=digits) for c in table.columns)
        for digits in table.row_digits
    )


def _cell(column: Column, value: CellValue, state: State, feeder_query: str | None) -> str:
    shown = column.text(value)
    text = str(escape(shown))
    if column.key == "state":
        long = " long" if len(shown) > LONG_STATE else ""
        return f'<td class="state {state}{long}"><span class="mark" aria-hidden="true"></span> {text}</td>'
    long = ' class="long"' if column.digits is None and len(shown) > LONG else ""
    text = text.replace("_", "_<wbr>") if long else text  # ids break between their words
    if column.key == "feeder" and feeder_query is not None:
        address = escape(reverse("run", args=[value]) + feeder_query)
        return f'<th scope="row"{long}><a href="{address}">{text}</a></th>'
    if column.digits is None:
        return f"<td{long}>{text}</td>"
    bar = f'<span class="cell-bar">{_bar(column, value)}</span>' if column.bar else ""
    return f'<td class="number">{bar}{text}</td>'


def _bar(column: Column, value: CellValue) -> str:
    if column.bar is None or isinstance(value, str):
        return ""
    limit, maximum = column.bar
    return render_bar(value, maximum if limit is None else limit, maximum)


@register.simple_tag(takes_context=True)
def sort_address(context: template.Context, key: str) -> str:
    """Return the page's address sorted by a column; the other way round where it is sorted so already."""
    page: Page = context["page"]
    asked = page.form.cleaned_data
    turn = asked["sort"] == key and asked["order"] == "asc"
    return str(page.request.path) + page.form.query(sort=key, order="desc" if turn else "asc")
