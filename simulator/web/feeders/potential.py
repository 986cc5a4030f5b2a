"""The PV potential of a stored feeder's customers, where no file knew it."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from simulator.grid.changes import with_pv_potential
from simulator.grid.errors import QuestionError
from simulator.models import FeederRecord
from simulator.web.feeders.import_forms import PotentialForm
from simulator.web.feeders.records import find_feeder
from simulator.web.people.rights import may_change
from simulator.web.site.errors import forbidden

UNCHANGED = (
    "PV potential: that changes no customer's. Tick the box where they have one already; less than a watt is "
    "no potential."
)


@require_http_methods(["GET", "HEAD", "POST"])
def potential(request: HttpRequest, feeder_id: str) -> HttpResponse:
    """Ask how much PV customers may build, and store it."""
    record = find_feeder(feeder_id, request.user)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not may_change(request.user, record):
        return forbidden(request, f"Only the owner of {feeder_id} may set its PV potential.")
    form = PotentialForm(request.POST) if request.method == "POST" else PotentialForm()
    if request.method == "POST" and _stores(request, record, form):
        return redirect("sweep", feeder_id)
    context = {"record": record, "feeder": record.feeder, "form": form}
    return render(request, "simulator/feeder_potential.html", context, status=422 if form.errors else 200)


def _stores(request: HttpRequest, record: FeederRecord, form: PotentialForm) -> bool:
    """Store what the form asks for; tell whether it could be read and asks for anything."""
    try:
        asked = form.read()
    except QuestionError:
        return False
    if not asked:
        form.add_error("kwp_per_kw", "PV potential: enter more than 0 kWp in one of the two fields.")
        return False
    feeder = with_pv_potential(record.feeder, asked)
    if feeder == record.feeder:
        form.add_error("replace" if feeder.pv_potential_kwp else "kwp_per_kw", UNCHANGED)
        return False
    record.change_network(feeder)
    messages.success(request, f"{record.name} has a PV potential of {feeder.pv_potential_kwp:,.1f} kWp now.")
    return True
