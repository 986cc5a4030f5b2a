"""The sweep page: how much PV a feeder hosts."""

from django.http import HttpRequest, HttpResponse

from simulator.reports.data import sweep_data
from simulator.reports.sweep import sweep_report
from simulator.web.forms import SweepForm
from simulator.web.page import Page
from simulator.web.records import find_feeder
from simulator.web.studies import ask_sweep


def sweep(request: HttpRequest, feeder_id: str, kind: str = "html") -> HttpResponse:
    """Show violations and voltage over PV adoption, and the hosting capacity."""
    record = find_feeder(feeder_id)
    form = SweepForm(request.GET)
    page = Page(request, "sweep", kind, form, record)
    if not form.is_valid():
        return page.refuse()
    asked = form.cleaned_data
    swept = ask_sweep(page.answers, record.feeder, asked["times"], asked["battery_adoption"], form.limit_set)
    return page.respond(sweep_report(record.feeder, swept), sweep_data(feeder_id, swept), sweep=swept)
