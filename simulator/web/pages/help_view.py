"""The help page: how to use the site, what its figures mean, and what its model leaves out."""

from functools import partial

from django.http import HttpRequest, HttpResponse

from simulator.reports.help import help_data, help_report
from simulator.web.pages.answered import GIVES
from simulator.web.pages.forms import QueryForm
from simulator.web.pages.page import Page


def help_page(request: HttpRequest, kind: str = "html") -> HttpResponse:
    """Explain the site."""
    page = Page(request, "help", kind, QueryForm(request.GET))
    if not page.form.is_valid():
        return page.refuse()
    report = help_report(GIVES.values())
    return page.respond(report, partial(help_data, report))
