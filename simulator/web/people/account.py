"""A person's account: what they keep, and the tokens of their programs."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from simulator.models import AccessToken, FeederRecord, SavedScenario
from simulator.models.feeder_queries import MAX_OWN
from simulator.models.scenarios import MAX_OWN as MAX_OWN_SCENARIOS
from simulator.models.scenarios import MAX_OWN_BYTES
from simulator.models.tokens import MAX_TOKENS, TokenNameTakenError, TooManyTokensError
from simulator.web.people.tokens import TokenForm

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show what a person keeps, and make a token, which is shown in this answer and never again."""
    owner = cast("User", request.user)
    form = TokenForm(request.POST or None)
    secret = ""
    if form.is_valid():
        try:
            secret = AccessToken.objects.make(owner, form.cleaned_data["name"])[1]
        except (TokenNameTakenError, TooManyTokensError) as error:
            form.add_error("name", str(error))
    context = {
        "section": "account",
        "form": TokenForm() if secret else form,
        "secret": secret,
        "tokens": AccessToken.objects.filter(owner=owner),
        **_kept(owner),
        "most_tokens": MAX_TOKENS,
        "address": request.build_absolute_uri("/api/feeders"),
    }
    return render(request, "simulator/account.html", context, status=422 if form.errors else 200)


def _kept(owner: "User") -> dict[str, float]:
    """Return how much a person keeps, and the most that one may; sizes in MB."""
    scenarios = SavedScenario.objects.filter(owner=owner).aggregate(count=Count("pk"), bytes=Sum("size"))
    return {
        "feeders": FeederRecord.objects.filter(owner=owner).count(),
        "most_feeders": MAX_OWN,
        "scenarios": scenarios["count"],
        "most_scenarios": MAX_OWN_SCENARIOS,
        "kept_mb": (scenarios["bytes"] or 0) / 1e6,
        "most_mb": MAX_OWN_BYTES / 1e6,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def withdraw_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to withdraw a token, and withdraw it."""
    token = AccessToken.objects.filter(owner_id=request.user.pk, pk=pk).first()
    if token is None:
        raise Http404("You have no such token; it may have been withdrawn already.")
    if request.method == "POST":
        token.delete()
        messages.success(request, f"The token {token.name} is withdrawn: nobody gets in by it any more.")
        return redirect("account")
    return render(request, "simulator/token_withdraw.html", {"section": "account", "token": token})
