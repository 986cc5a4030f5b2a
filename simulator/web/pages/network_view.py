"""The network page: diagram and map of one feeder, coloured by a scenario."""

from django.http import HttpRequest, HttpResponse

from simulator.drawing.geojson import feeder_geojson
from simulator.reports.caveats import caveats_of, heeding
from simulator.studies.network.data import network_data
from simulator.studies.network.report import network_report
from simulator.studies.run.question import RunQuestion
from simulator.web.feeders.records import find_feeder
from simulator.web.pages.asking import ask_snapshot
from simulator.web.pages.forms import ScenarioForm
from simulator.web.pages.page import Page
from simulator.web.site.json import Json


def network(request: HttpRequest, feeder_id: str, kind: str = "html") -> HttpResponse:
    """Show where everything is, and its state under a scenario."""
    record = find_feeder(feeder_id, request.user)
    form = ScenarioForm(request.GET)
    page = Page(request, "network", kind, form, record)
    if not form.is_valid():
        return page.refuse()
    feeder = record.feeder
    snapshot = ask_snapshot(page.answers, RunQuestion.read(record.subject, form.asked()))
    flow = snapshot.flow
    if kind == "geojson":
        state = (flow.vm_pu[0], flow.line_loading[0], form.limit_set, flow.transformer_loading[0])
        return Json(feeder_geojson(feeder, *state))
    report = network_report(feeder, snapshot).following(record.subject.profiles)
    report = heeding(report, caveats_of(feeder))
    return page.respond(report, network_data(feeder, snapshot), snapshot=snapshot)
