"""A question on a feeder, answered: as its page asks it, and as a save asks it again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.http import QueryDict
from pydantic import BaseModel

from simulator.grid.subject import Subject
from simulator.models import FeederRecord
from simulator.reports.report import Report
from simulator.web.pages.question_form import QuestionForm
from simulator.web.pages.studies import STUDIES
from simulator.web.work.answers import Answers

GIVES: dict[str, type[BaseModel]] = {name: study.gives for name, study in STUDIES.items() if study.body}
ANSWERED = tuple(GIVES)  # the pages whose answers can be saved


@dataclass(frozen=True)
class Answered:
    """What a study found, in its own type; as the page shows it; and what makes it as the API gives it."""

    subject: Subject
    found: Any
    report: Report
    data: Callable[[], dict[str, Any]]

    @property
    def seen(self) -> str:
        """A mark of what the answer depends on: a page hands it back with a save."""
        return "-".join(digest[:16] for digest in self.subject.content)


def open_form(record: FeederRecord, name: str, query: QueryDict) -> QuestionForm:
    """Return a page's form with a question; whether it holds is for the caller to see."""
    return STUDIES[name].form(query, record.feeder, record.dates)


def subject_of(record: FeederRecord, form: QuestionForm) -> Subject:
    """Return what a valid question is about: the feeder and its profiles, of the date if one is asked for.

    Raises: QuestionError for a date that is in none of its profiles.
    """
    day = form.cleaned_data.get("date")
    return record.subject_on(date.fromisoformat(day) if day else None)


def answer(
    answers: Answers,
    record: FeederRecord,
    name: str,
    form: QuestionForm,
    patience_s: float | None = None,
    *,
    at_once: bool = False,
) -> Answered:
    """Answer a page's question, which its form has found valid; ``at_once`` leaves out what takes long.

    Raises: QuestionError, UnfinishedError and BusyError as `Study.ask` does.
    """
    study = STUDIES[name]
    asked = study.read(record, form.asked())
    found = (study.first if at_once else study.ask)(answers, asked, patience_s)
    report, data = study.full_report(asked, found), partial(study.full_data, asked, found)
    return Answered(subject_of(record, form), found, report, data)
