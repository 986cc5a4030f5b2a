"""A saved scenario as PDF: the answer and the pictures that were kept, and what has changed since."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from simulator.models import SavedScenario
from simulator.reports.pdf import missing_for_pdf
from simulator.reports.stored import parse_report
from simulator.web.scenarios.kept import asked_words, saved_words
from simulator.web.scenarios.since import since
from simulator.web.work.askers import asker_of
from simulator.web.work.pdfs import make_pdf


def scenario_pdf(request: HttpRequest, found: SavedScenario) -> HttpResponse:
    """Return a scenario as PDF; 503 with the reason where this machine makes none."""
    if why := missing_for_pdf():
        return HttpResponse(f"The PDF is off: {why}\n", status=503, content_type="text/plain; charset=utf-8")
    kept = parse_report(found.report)
    own = (
        *((("Note", found.note),) if found.note else ()),
        ("Saved", f"{saved_words(found)}, solved by {found.versions}; shown as it was then"),
        ("Since then", " ".join(since(found, request.user).words)),
    )
    report = replace(kept, title=f"{found.name}: {kept.title}", question=(*own, *asked_words(found)))
    link = request.build_absolute_uri(reverse("scenario", args=[found.pk]))
    pdf = make_pdf(request, asker_of(request), report, {"link": link})
    headers = {"Content-Disposition": f'attachment; filename="scenario-{found.pk}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
