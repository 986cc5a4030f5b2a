"""Template tags that show reports."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from simulator.reports.charts.bar import render_bar
from simulator.reports.report import CellValue, Column, Table

if TYPE_CHECKING:
    from simulator.web.page import Page

register = template.Library()


@register.filter
def svg(markup: str) -> SafeString:
    """Mark SVG made by our own renderers, which escape all text, as safe."""
    return mark_safe(markup)  # noqa: S308 - never applied to what people typed


@register.filter
def rows(table: Table) -> Iterator[list[tuple[Column, CellValue, str, SafeString | str]]]:
    """Yield each row as (column, raw value, text, bar)."""
    for row in table.rows:
        yield [
            (column, value, column.text(value), _bar(column, value))
            for column, value in zip(table.columns, row, strict=True)
        ]


def _bar(column: Column, value: CellValue) -> SafeString | str:
    if column.bar is None or isinstance(value, str):
        return ""
    limit, maximum = column.bar
    return svg(render_bar(value, maximum if limit is None else limit, maximum))


@register.filter
def state_of(text: Any) -> str:
    """Return the CSS state of a cell that speaks of limits."""
    if text == "within limits":
        return "ok"
    return "unknown" if text == "no solution" else "violated"


@register.simple_tag(takes_context=True)
def sort_address(context: template.Context, key: str) -> str:
    """Return the page's address sorted by a column; the other way round where it is sorted so already."""
    page: Page = context["page"]
    asked = page.form.cleaned_data
    turn = asked["sort"] == key and asked["order"] == "asc"
    return str(page.request.path) + page.form.query(sort=key, order="desc" if turn else "asc")
