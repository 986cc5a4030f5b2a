"""One saved scenario: shown as it was, renamed, copied, shared, deleted."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from simulator.models import SavedScenario
from simulator.models.scenarios import TooManyScenariosError
from simulator.reports.cards import raw_tables
from simulator.reports.pdf import missing_for_pdf
from simulator.reports.stored import parse_report
from simulator.reports.tables import render_csv
from simulator.web.scenarios.kept import find_own, find_scenario, scenario_data, scenario_table, study_label
from simulator.web.scenarios.kept_pdf import scenario_pdf
from simulator.web.scenarios.saving import NameForm
from simulator.web.scenarios.since import since
from simulator.web.site.errors import refuse_page
from simulator.web.site.json import Json


def scenario(request: HttpRequest, pk: int, kind: str = "html") -> HttpResponse:
    """Show a scenario's answer as it was saved, and what has changed since."""
    found = find_scenario(pk, request.user)
    if kind == "json":
        return Json(scenario_data(found), indent=1)
    if kind == "pdf":
        return scenario_pdf(request, found)
    if kind == "csv":
        tables = [scenario_table(found), *raw_tables(parse_report(found.report))]
        disposition = f'attachment; filename="scenario-{found.pk}.csv"'
        return HttpResponse(
            render_csv(tables),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": disposition},
        )
    return render(request, "simulator/scenario.html", _context(request, found))


def shared(request: HttpRequest, token: UUID) -> HttpResponse:
    """Show a shared scenario, read-only, to whoever has its link."""
    found = SavedScenario.objects.select_related("feeder", "owner").filter(token=token, shared=True).first()
    if found is None:
        raise Http404("No scenario is shared under this link.")
    context = {**_context(request, found), "read_only": True}
    response = render(request, "simulator/scenario.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _context(request: HttpRequest, found: SavedScenario) -> dict[str, Any]:
    return {
        "scenario": found,
        "study": study_label(found),
        "report": parse_report(found.report),
        "since": since(found, request.user),
        "why_no_pdf": missing_for_pdf(),
        "mine": found.owner_id == request.user.pk,
        "link": request.build_absolute_uri(reverse("shared", args=[found.token])) if found.shared else "",
    }


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a scenario, or change its note."""
    found = find_own(pk, request.user)
    named = NameForm(request.POST or None, initial={"name": found.name, "note": found.note})
    if named.is_valid():
        found.name, found.note = named.cleaned_data["name"], named.cleaned_data["note"]
        found.save(update_fields=["name", "note", "updated"])
        return redirect("scenario", pk=pk)
    context = {
        "named": named,
        "heading": f"Rename {found.name}",
        "sentence": found.sentence,
        "button": "Keep",
        "back": reverse("scenario", args=[pk]),
    }
    return render(request, "simulator/scenario_form.html", context, status=422 if named.errors else 200)


@require_POST
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy a scenario; the copy belongs to whoever asked."""
    found = find_scenario(pk, request.user)
    try:
        return redirect("scenario", pk=found.duplicate_for(request.user).pk)
    except TooManyScenariosError as error:
        return refuse_page(request, 409, str(error))


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch the share link on or off."""
    find_own(pk, request.user).share(on=request.POST.get("shared") == "on")
    return redirect("scenario", pk=pk)


def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a scenario shall be deleted; delete it on the answer."""
    found = find_own(pk, request.user)
    if request.method == "POST":
        found.delete()
        return redirect("scenarios")
    return render(request, "simulator/scenario_delete.html", {"scenario": found})
