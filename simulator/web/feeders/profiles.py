"""A feeder's uploaded profiles: shown, brought, looked at, stored, handed out and deleted."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from simulator.grid.profiles import read_profiles
from simulator.importing.profiles.series import ProfileKind, Series
from simulator.importing.profiles.writing import render_profile
from simulator.models import FeederRecord, ProfileDraft
from simulator.reports.profiles import NAMES, describe_profile
from simulator.web.feeders.profile_form import ProfileForm
from simulator.web.feeders.records import find_feeder
from simulator.web.pages.page import Page
from simulator.web.pages.question_form import ScenarioForm
from simulator.web.people.rights import may_change, may_look
from simulator.web.site.errors import forbidden


@require_http_methods(["GET", "HEAD", "POST"])
def profiles(request: HttpRequest, feeder_id: str) -> HttpResponse:
    """Show a feeder's profiles, and take another."""
    record = find_feeder(feeder_id, request.user)
    if refusal := refuse_stranger(request, record, change=request.method == "POST"):
        return refusal
    if request.method != "POST":
        return _show(request, record, ProfileForm(record.feeder))
    form = ProfileForm(record.feeder, request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, record, form, status=422)
    ProfileDraft.objects.keep(record, form.name, form.content, form.asked)
    return redirect("profile-look", feeder_id)


@require_safe
def profile_file(request: HttpRequest, feeder_id: str, kind: ProfileKind) -> HttpResponse:
    """Hand out a profile as CSV in per unit; where none was uploaded, the site's own."""
    record = find_feeder(feeder_id, request.user)
    if refusal := refuse_stranger(request, record, change=False):
        return refusal
    stored = record.profile_sets.filter(kind=kind).first()
    headers = {"Content-Disposition": f'attachment; filename="{feeder_id}-{kind}-per-unit.csv"'}
    series = stored.series if stored else _own(kind)
    return HttpResponse(render_profile(series), content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_profile(request: HttpRequest, feeder_id: str, kind: ProfileKind) -> HttpResponse:
    """Ask whether to delete a profile, and delete it."""
    record = find_feeder(feeder_id, request.user)
    if refusal := refuse_stranger(request, record, change=True):
        return refusal
    stored = record.profile_sets.filter(kind=kind).first()
    if stored is None:
        raise Http404(f"{feeder_id} has no uploaded {NAMES[kind]} profile.")
    if request.method != "POST":
        page = Page(request, "profiles", "html", ScenarioForm(request.GET), record)
        context = {"page": page, "stored": stored, "name": NAMES[kind], "own": _own_words(kind)}
        return render(request, "simulator/profile_delete.html", context)
    stored.delete()
    messages.success(request, f"{stored.file_name} is deleted.")
    return redirect("profiles", feeder_id)


def refuse_stranger(request: HttpRequest, record: FeederRecord, *, change: bool) -> HttpResponse | None:
    """Send people to the login, and others than the owner away."""
    if (may_change if change else may_look)(request.user, record):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return forbidden(request, f"Only the owner of {record.feeder_id} may do this.")


def _show(request: HttpRequest, record: FeederRecord, form: ProfileForm, status: int = 200) -> HttpResponse:
    page = Page(request, "profiles", "html", ScenarioForm(request.GET), record)
    feeder, stored = record.feeder, {each.kind: each for each in record.profile_sets.all()}
    kinds: list[dict[str, Any]] = []
    for kind, name in NAMES.items():
        each = stored.get(kind)
        told = describe_profile(feeder, kind, each.file_name, each.series) if each else None
        log = each.import_log if each else []
        kinds.append({"kind": kind, "name": name, "told": told, "log": log, "own": _own_words(kind)})
    change = may_change(request.user, record)
    context = {
        "page": page,
        "form": form,
        "kinds": kinds,
        "may_change": change,
        "first": feeder.customers[:2],
        "waiting": ProfileDraft.objects.filter(feeder=record).defer("content").first() if change else None,
    }
    return render(request, "simulator/profiles.html", context, status=status if page.form.is_valid() else 422)


def _own(kind: ProfileKind) -> Series:
    own = read_profiles()
    return Series(15, None, (), (own.load_pu if kind == "load" else own.pv_pu)[:, None])


def _own_words(kind: ProfileKind) -> str:
    own = read_profiles()
    return own.load_from if kind == "load" else own.pv_from
