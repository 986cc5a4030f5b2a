"""The run page: one feeder, one scenario."""

from django.http import HttpRequest, HttpResponse

from simulator.reports.data.answers import snapshot_data
from simulator.reports.run import run_report
from simulator.web.asking import ask_guidance, ask_snapshot
from simulator.web.forms import ScenarioForm
from simulator.web.page import Page
from simulator.web.presets import preset_links
from simulator.web.records import find_feeder


def run(request: HttpRequest, feeder_id: str, kind: str = "html") -> HttpResponse:
    """Show a feeder's quarter-hour under a scenario."""
    record = find_feeder(feeder_id, request.user)
    form = ScenarioForm(request.GET)
    page = Page(request, "run", kind, form, record)
    if not form.is_valid():
        return page.refuse(presets=preset_links(page))
    snapshot = ask_snapshot(page.answers, record.subject, form.scenario(feeder_id))
    findings = ask_guidance(page.answers, record.subject, snapshot)
    report = run_report(record.feeder, snapshot, findings)
    return page.respond(
        report, snapshot_data(snapshot, findings), snapshot=snapshot, presets=preset_links(page)
    )
