"""A profile file that waits: what was recognised, what it leaves open, and whether it is stored."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from simulator.models import FeederRecord, ProfileDraft, ProfileSet
from simulator.reports.profiles import NAMES, describe_profile
from simulator.web.feeders.profile_form import Look, ReadingForm, look_at
from simulator.web.feeders.profiles import refuse_stranger
from simulator.web.feeders.records import find_feeder
from simulator.web.pages.page import Page
from simulator.web.pages.question_form import ScenarioForm

if TYPE_CHECKING:
    from simulator.importing.profiles.series import ProfileKind


@require_http_methods(["GET", "HEAD", "POST"])
def profile_look(request: HttpRequest, feeder_id: str) -> HttpResponse:
    """Show a waiting file as it would be stored; store it, read it otherwise, or let it go."""
    record = find_feeder(feeder_id, request.user)
    if refusal := refuse_stranger(request, record, change=True):
        return refusal
    draft = ProfileDraft.objects.filter(feeder=record).first()
    if draft is None:
        return redirect("profiles", feeder_id)
    if request.method != "POST":
        return _show(request, record, draft, ReadingForm(draft.asked))
    if "discard" in request.POST:
        return _discard(request, draft)
    return _change(request, record, draft, ReadingForm(request.POST))


def _discard(request: HttpRequest, draft: ProfileDraft) -> HttpResponse:
    draft.delete()
    messages.success(request, f"{draft.file_name} is gone; nothing was stored of it.")
    return redirect("profiles", draft.feeder.feeder_id)


def _change(
    request: HttpRequest, record: FeederRecord, draft: ProfileDraft, form: ReadingForm
) -> HttpResponse:
    """Store what was looked at, or keep how the file is to be read and look again."""
    if not form.is_valid():
        return _show(request, record, draft, form, status=422)
    if "store" not in request.POST:
        ProfileDraft.objects.filter(pk=draft.pk).update(asked=form.asked)
        return redirect("profile-look", record.feeder_id)
    found = _seen(record, draft, form).found
    if found is None or request.POST["store"] != str(draft.pk):  # another file has come since
        return redirect("profile-look", record.feeder_id)
    kind = cast("ProfileKind", form.asked["kind"])
    ProfileSet.objects.keep(record, kind, draft.file_name, found.series, (*found.told, *found.doubts))
    draft.delete()
    messages.success(request, f"{draft.file_name} is now the {NAMES[kind]} profile of {record.feeder_id}.")
    return redirect("profiles", record.feeder_id)


def _seen(record: FeederRecord, draft: ProfileDraft, form: ReadingForm) -> Look:
    return look_at(bytes(draft.content), draft.file_name, record.feeder, form.asked)


def _show(
    request: HttpRequest, record: FeederRecord, draft: ProfileDraft, form: ReadingForm, status: int = 200
) -> HttpResponse:
    look = _seen(record, draft, form) if form.is_valid() else Look()
    kind = cast("ProfileKind", form.data.get("kind", "load"))
    told = describe_profile(record.feeder, kind, draft.file_name, look.found.series) if look.found else None
    context = {
        "page": Page(request, "profiles", "html", ScenarioForm(request.GET), record),
        "form": form,
        "draft": draft,
        "look": look,
        "told": told,
        "replaced": record.profile_sets.filter(kind=kind).first(),
        "name": NAMES.get(kind, ""),
    }
    return render(request, "simulator/profile_look.html", context, status=status)
