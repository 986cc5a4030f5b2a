"""The network page: diagram and map of one feeder, coloured by a scenario."""

from django.http import HttpRequest, HttpResponse

from simulator.reports.caveats import caveats_of, heeding
from simulator.reports.data.answers import network_data
from simulator.reports.geojson import feeder_geojson
from simulator.reports.network import network_report
from simulator.web.asking import ask_snapshot
from simulator.web.forms import ScenarioForm
from simulator.web.json import Json
from simulator.web.page import Page
from simulator.web.records import find_feeder


def network(request: HttpRequest, feeder_id: str, kind: str = "html") -> HttpResponse:
    """Show where everything is, and its state under a scenario."""
    record = find_feeder(feeder_id, request.user)
    form = ScenarioForm(request.GET)
    page = Page(request, "network", kind, form, record)
    if not form.is_valid():
        return page.refuse()
    feeder = record.feeder
    snapshot = ask_snapshot(page.answers, record.subject, form.scenario(feeder_id))
    flow = snapshot.flow
    if kind == "geojson":
        state = (flow.vm_pu[0], flow.line_loading[0], form.limit_set, flow.transformer_loading[0])
        return Json(feeder_geojson(feeder, *state))
    report = network_report(feeder, snapshot).following(record.subject.profiles)
    report = heeding(report, caveats_of(feeder))
    return page.respond(report, network_data(feeder, snapshot), snapshot=snapshot)
