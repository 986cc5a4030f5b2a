"""A person's own feeders: listed, renamed, deleted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from simulator.models import FeederRecord, Upload
from simulator.models.feeder_queries import MAX_OWN
from simulator.web.feeders.import_forms import WordsForm
from simulator.web.feeders.records import find_feeder
from simulator.web.site.errors import forbidden


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """List a person's feeders, and the files that wait for a choice."""
    own = FeederRecord.objects.filter(owner_id=request.user.pk)
    context = {
        "section": "mine",
        "records": own.defer("network").prefetch_related("profile_sets"),
        "waiting": Upload.objects.filter(owner_id=request.user.pk).defer("content"),
        "most": MAX_OWN,
    }
    return render(request, "simulator/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_feeder(request: HttpRequest, feeder_id: str) -> HttpResponse:
    """Change a feeder's name and description."""
    record = find_feeder(feeder_id, request.user)
    if refusal := _refuse(request, record):
        return refusal
    posted = request.method == "POST"
    form = WordsForm(request.POST if posted else {"name": record.name, "description": record.description})
    if posted and form.is_valid():
        form.change(record)
        messages.success(request, f"{feeder_id} is now called {record.name}.")
        return redirect("mine")
    context = {"section": "mine", "record": record, "form": form}
    return render(request, "simulator/feeder_edit.html", context, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_feeder(request: HttpRequest, feeder_id: str) -> HttpResponse:
    """Ask whether to delete a feeder, and delete it."""
    record = find_feeder(feeder_id, request.user)
    if refusal := _refuse(request, record):
        return refusal
    if request.method == "POST":
        record.delete()
        messages.success(request, f"{record.name} ({feeder_id}) is deleted.")
        return redirect("mine")
    context = {
        "section": "mine",
        "record": record,
        "profiles": record.profile_sets.all(),
        "scenarios": record.scenarios.count(),
    }
    return render(request, "simulator/feeder_delete.html", context)


def _refuse(request: HttpRequest, record: FeederRecord) -> HttpResponse | None:
    """Send people to the login, and others than the owner away."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if record.owner_id != request.user.pk:
        return forbidden(request, f"Only the owner of {record.feeder_id} may do this.")
    return None
