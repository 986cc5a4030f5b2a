"""Saving an answer as a scenario: what is kept, and under what name."""

from typing import Any

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from simulator.grid.limits import Limits
from simulator.models import FeederRecord, SavedScenario
from simulator.models.scenarios import NAME_MAX
from simulator.reports.stored import report_data
from simulator.web.pages.answered import Answered
from simulator.web.pages.fields import TextField
from simulator.web.pages.question_form import QuestionForm
from simulator.web.site.versions import versions

NOTE_MAX = 4000
_NAME = f"Name: enter 1 to {NAME_MAX} characters, for example Elm Road with batteries."
_NOTE = f"Note: enter at most {NOTE_MAX:,} characters, or nothing."


class NameForm(forms.Form):
    """What a person calls a scenario, and what they note about it."""

    name = TextField("Name", NAME_MAX, _NAME)
    note = TextField("Note", NOTE_MAX, _NOTE, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def messages(self) -> list[tuple[str, str]]:
        """Every error as (field, message)."""
        errors = self.errors.get_json_data()
        return [(name, error["message"]) for name, found in errors.items() for error in found]


def save_scenario(
    owner: AbstractBaseUser | AnonymousUser,
    record: FeederRecord,
    study: str,
    form: QuestionForm,
    answered: Answered,
    **named: str,
) -> SavedScenario:
    """Keep an answer under a name; all of it or nothing.

    Raises: TooLargeError where the answer is larger than what is kept.
    """
    question = _plain(form)
    feeder_hash, profiles_hash = answered.subject.content
    return SavedScenario.objects.keep(
        record,
        owner_id=owner.pk,
        study=study,
        query=form.query(),
        sentence=answered.report.sentence,
        question=question,
        answer=answered.data(),
        report=report_data(answered.report),
        feeder_hash=feeder_hash,
        profiles_hash=profiles_hash,
        seed=question.get("seed"),
        versions=versions(),
        **named,
    )


def _plain(form: QuestionForm) -> dict[str, Any]:
    """Return the question as plain data, limits spelt out."""
    return {name: _plain_value(value) for name, value in form.asked().items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Limits):
        return value.model_dump()
    if isinstance(value, tuple):
        return list(value)
    return value if value is None or isinstance(value, str | int | float | dict) else str(value)
