"""Saving the answer that a study's page shows."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from simulator.grid.errors import QuestionError
from simulator.models.scenarios import TooLargeError, TooManyScenariosError
from simulator.web.feeders.records import find_feeder
from simulator.web.pages.answered import ANSWERED, answer, open_form
from simulator.web.scenarios.saving import NameForm, save_scenario
from simulator.web.work.answers import Answers
from simulator.web.work.askers import asker_of

CHANGED = (
    "The feeder or its profiles have changed since the page was made: the answer is now the one above. "
    "Save again to keep that one."
)


@login_required
def save(request: HttpRequest, feeder_id: str, name: str) -> HttpResponse:
    """Save a study's answer under a name; without a name yet, ask for it."""
    if name not in ANSWERED:
        raise Http404(f"There is no study named {name[:40]}.")
    record = find_feeder(feeder_id, request.user)
    form = open_form(record, name, request.GET)
    try:
        answered = answer(Answers(asker_of(request)), record, name, form) if form.is_valid() else None
    except QuestionError:
        answered = None
    if answered is None:  # the study's page says what is wrong with the question
        return redirect(f"{reverse(name, args=[feeder_id])}?{request.GET.urlencode()}")
    named = NameForm(request.POST or None, initial={"name": answered.report.title[:120]})
    if named.is_valid():
        names = {key: named.cleaned_data[key] for key in ("name", "note")}
        given = named.cleaned_data["seen"]
        if given and given != answered.seen:
            named.add_error(None, CHANGED)
        else:
            try:
                scenario = save_scenario(request.user, record, name, form, answered, **names)
                return redirect("scenario", pk=scenario.pk)
            except TooLargeError as error:
                named.add_error(None, f"It cannot be saved: {error}.")
            except TooManyScenariosError as error:
                named.add_error(None, str(error))
    context = {
        "named": named,
        "seen": answered.seen,
        "heading": "Save this answer",
        "sentence": answered.report.sentence,
        "button": "Save",
        "back": reverse(name, args=[feeder_id]) + form.query(),
    }
    return render(request, "simulator/scenario_form.html", context, status=422 if named.errors else 200)
