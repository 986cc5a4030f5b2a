"""A page and its other forms: one report as HTML, htmx fragment, CSV, PDF or JSON."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from simulator.drawing.drawable import too_large
from simulator.models import FeederRecord
from simulator.reports.caveats import with_caveats
from simulator.reports.pdf import missing_for_pdf
from simulator.reports.report import Report
from simulator.reports.tables import render_csv
from simulator.web.feeders.exports import EXPORTS
from simulator.web.pages.answered import ANSWERED
from simulator.web.pages.forms import QueryForm
from simulator.web.pages.question_form import ScenarioForm
from simulator.web.pages.studies import STUDIES
from simulator.web.pages.tabs import ALL_TABS, WITH_MAP, Tab
from simulator.web.people.rights import may_change, may_look
from simulator.web.site.errors import error_body
from simulator.web.site.json import Json
from simulator.web.work.answers import Answers
from simulator.web.work.askers import asker_of
from simulator.web.work.job import Job
from simulator.web.work.pdfs import make_pdf

# The elements that htmx replaces, by their ids, with their templates.
FRAGMENTS = {"results": "_results", "guidance": "_guidance"}


@dataclass
class Page:
    """One request for a page, in the form that its address names: html, csv, pdf, json."""

    request: HttpRequest
    name: str
    kind: str
    form: QueryForm
    record: FeederRecord | None = None
    answers: Answers = field(init=False)

    def __post_init__(self) -> None:
        self.answers = Answers(asker_of(self.request))

    def address(self, kind: str = "html", *, name: str = "") -> str:
        """Return the address of this question in another form, or of another page of the same feeder."""
        name = name or self.name
        place = {"feeder_id": self.record.feeder_id} if self.record else {}
        path = (
            reverse(name, kwargs=place)
            if kind == "html"
            else reverse(f"{name}-file", kwargs={**place, "kind": kind})
        )
        if name == self.name:
            return path + self.form.query()
        return path + self.form.query_for(ALL_TABS[name].form)

    @property
    def links(self) -> dict[str, str]:
        """The addresses of this answer as a file, by kind."""
        return {kind: self.address(kind) for kind in ("csv", "pdf", "json")}

    @property
    def exports(self) -> list[tuple[str, str]]:
        """The network's files as (label, address), on its own page."""
        if self.record is None or not STUDIES[self.name].has_exports:
            return []
        place = self.record.feeder_id
        return [(each.label, reverse("export", args=[place, kind])) for kind, each in EXPORTS.items()]

    @property
    def tabs(self) -> list[tuple[str, str, str]]:
        """The feeder's studies as (name, label, address); the question travels along."""
        tabs = [(name, tab.label, self.address(name=name)) for name, tab in ALL_TABS.items()]
        if self.record and may_look(self.request.user, self.record):
            address = reverse("profiles", args=[self.record.feeder_id])
            tabs.append(("profiles", "Profiles", address + self.form.query_for(ScenarioForm)))
        return tabs

    @property
    def label(self) -> str:
        """What the page's tab says."""
        return ALL_TABS[self.name].label

    @property
    def following(self) -> tuple[Tab, str] | None:
        """The study that comes next in the argument, with its address."""
        names = list(ALL_TABS)
        later = names[names.index(self.name) + 1 :] if self.name in names else []
        return (ALL_TABS[later[0]], self.address(name=later[0])) if later else None

    @property
    def map_address(self) -> str:
        """The address of the page's map, empty where it has none."""
        return self.address("geojson") if self.name in WITH_MAP and not self.map_left_out else ""

    @property
    def map_left_out(self) -> str:
        """Why the page's map is not drawn; empty where it is, and on pages without one."""
        return too_large(self.record.feeder) if self.record and self.name in WITH_MAP else ""

    @property
    def tells_of_file(self) -> bool:
        """Whether the person may read what became of the file that the feeder was imported from."""
        record = self.record
        return record is not None and bool(record.import_log) and may_look(self.request.user, record)

    @property
    def potential_address(self) -> str:
        """Where the PV potential of the feeder's customers is set; empty for people who may not."""
        if self.record is None or not may_change(self.request.user, self.record):
            return ""
        return reverse("feeder-potential", args=[self.record.feeder_id])

    @property
    def map_note(self) -> str:
        """What to know of the map: that it shows no place; empty where it does."""
        known = self.record is None or self.record.feeder.located
        return "" if known else "A plain drawing: where on the globe this feeder lies is not known."

    @property
    def save_address(self) -> str:
        """Where this answer can be saved; empty for people who are not signed in."""
        if self.record is None or self.name not in ANSWERED or not self.request.user.is_authenticated:
            return ""
        place = {"feeder_id": self.record.feeder_id, "name": self.name}
        return reverse("save", kwargs=place) + self.form.query()

    @property
    def guidance_address(self) -> str:
        """Where this answer stands with its guidance, which takes longer than the rest."""
        place = {"feeder_id": self.record.feeder_id} if self.record else {}
        return reverse("guidance", kwargs=place) + self.form.query()

    def respond(self, report: Report, data: Callable[[], Any], **context: Any) -> HttpResponse:
        """Return the report in the form that was asked for; ``data`` makes what JSON tells."""
        match self.kind:
            case "csv":
                return self._file(render_csv(with_caveats(report)), "text/csv; charset=utf-8", "csv")
            case "json":
                return self._timed(Json(data(), indent=1))
            case "pdf":
                return self._pdf(report, context)
        return self._html({"report": report, **context}, status=200)

    def refuse(self, **context: Any) -> HttpResponse:
        """Return the page with its errors and no result; JSON in the API's shape of errors."""
        if self.kind == "json":
            return Json(error_body(422, "The question has errors.", self.form.messages), status=422)
        return self._html(context, status=422)

    def wait(self, job: Job) -> HttpResponse:
        """Return the page with how far its answer is; it asks again by itself."""
        return self._html({"job": job}, status=202)

    def _html(self, context: dict[str, Any], status: int) -> HttpResponse:
        htmx = getattr(self.request, "htmx", None)
        fragment = FRAGMENTS.get(htmx.target or "") if htmx else None
        whole = "feeder" if self.record else self.name
        template = f"simulator/{fragment or whole}.html"
        shared = {"page": self, "form": self.form, "fragment": fragment, "tiles": settings.LVTWIN_TILE_URL}
        context = {**shared, "why_no_pdf": missing_for_pdf(), **context}
        response = render(self.request, template, context, status=status)
        patch_vary_headers(response, ("HX-Request", "HX-Target"))  # else "back" may show a bare fragment
        return self._timed(response)

    def _pdf(self, report: Report, context: dict[str, Any]) -> HttpResponse:
        if why := missing_for_pdf():
            return HttpResponse(
                f"The PDF is off: {why}\n", status=503, content_type="text/plain; charset=utf-8"
            )
        link = self.request.build_absolute_uri(self.address())
        pdf = make_pdf(self.request, self.answers.asker, report, {**context, "link": link})
        return self._file(pdf, "application/pdf", "pdf")

    def _file(self, content: str | bytes, content_type: str, suffix: str) -> HttpResponse:
        stem = f"{self.record.feeder_id}-{self.name}" if self.record else self.name
        disposition = f'attachment; filename="{stem}.{suffix}"'
        headers = {"Content-Disposition": disposition}
        return self._timed(HttpResponse(content, content_type=content_type, headers=headers))

    def _timed(self, response: HttpResponse) -> HttpResponse:
        self.answers.mark(response)
        return response
