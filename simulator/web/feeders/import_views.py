"""Importing: a file is brought, told of item by item, and stored once its owner has chosen."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from simulator.drawing.diagram import render_thumbnail
from simulator.grid.errors import ImportFileError, QuestionError, TooManyFeedersError
from simulator.models import FeederRecord, Upload
from simulator.models.feeder_queries import MAX_OWN
from simulator.web.feeders.import_forms import ImportForm, PotentialForm
from simulator.web.feeders.importing import Import, item_data, log_parts, read_upload, store_upload
from simulator.web.feeders.records import find_feeder, find_upload
from simulator.web.people.rights import may_look
from simulator.web.site.errors import forbidden, refuse_page

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def import_page(request: HttpRequest) -> HttpResponse:
    """Take a file that can be read, and lead to its import log."""
    owner = cast("User", request.user)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_bound and form.is_valid():
        upload = Upload.objects.keep(owner, form.cleaned_data["file"], form.content)
        return redirect("import-review", upload.pk)
    context = {
        "section": "import",
        "form": form,
        "waiting": Upload.objects.filter(owner=owner).defer("content"),
        "own": FeederRecord.objects.filter(owner=owner).count(),
        "most": MAX_OWN,
    }
    return render(request, "simulator/import.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def import_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell what became of each item of a file, and store the feeder that is chosen, or none."""
    upload = find_upload(pk, request.user)
    try:
        found = read_upload(upload)
    except ImportFileError as error:
        return refuse_page(request, 422, f"{error}.")
    if request.method != "POST":
        return _show(request, upload, found)
    if "discard" in request.POST:
        upload.delete()
        messages.success(request, f"{upload.file_name} is gone; nothing was stored of it.")
        return redirect("mine")
    published = cast("User", request.user).is_staff and "published" in request.POST
    try:
        potential = PotentialForm(request.POST).read()
        chosen = request.POST.get("choice", "")
        record = store_upload(upload, chosen, published=published, potential=potential)
    except QuestionError as error:
        return _show(request, upload, found, [error.message])
    except TooManyFeedersError as error:
        return _show(request, upload, found, [str(error)])
    messages.success(request, f"{record.name} is stored as {record.feeder_id}.")
    return redirect("run", record.feeder_id)


@require_safe
def import_log(request: HttpRequest, feeder_id: str) -> HttpResponse:
    """Tell again what became of each item of the file that a feeder was imported from."""
    record = find_feeder(feeder_id, request.user)
    if not may_look(request.user, record):  # it names what else the file holds
        return forbidden(request, f"Only the owner of {feeder_id} may read what became of its file.")
    context = {"record": record, "log": log_parts(record.import_log)}
    return render(request, "simulator/import_log.html", context)


def _show(
    request: HttpRequest, upload: Upload, found: Import, errors: list[str] | None = None
) -> HttpResponse:
    shared = found.shared
    choices = [
        {
            "choice": choice,
            "feeder": choice.feeder,
            "thumbnail": render_thumbnail(choice.feeder),
            "log": log_parts(item_data(item for item in choice.items if item not in shared)),
        }
        for choice in found.choices
    ]
    context = {
        "section": "import",
        "upload": upload,
        "found": found,
        "choices": choices,
        "log": log_parts(item_data(shared)),
        "chosen": request.POST.get("choice", found.choices[0].key if len(choices) == 1 else ""),
        "errors": errors or [],
        "potential": PotentialForm(request.POST or None),
    }
    return render(request, "simulator/import_review.html", context, status=422 if errors else 200)
