"""A question on a feeder, answered: as its page asks it, and as a save asks it again."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from pydantic import BaseModel

from simulator.grid.subject import Subject
from simulator.models import FeederRecord
from simulator.reports.report import Report
from simulator.studies.run.data import SimulateOut, snapshot_data
from simulator.studies.run.question import RunQuestion
from simulator.studies.run.report import full_run_report
from simulator.web.pages.asking import ask_guidance, ask_snapshot
from simulator.web.pages.forms import ScenarioForm
from simulator.web.pages.studies import STUDIES
from simulator.web.pages.study_forms import StudyForm
from simulator.web.work.answers import Answers

RUN = "run"
GIVES: dict[str, type[BaseModel]] = {
    RUN: SimulateOut,
    **{name: study.gives for name, study in STUDIES.items()},
}
ANSWERED = tuple(GIVES)  # the pages whose answers can be saved


@dataclass(frozen=True)
class Answered:
    """What a study found, as the page shows it and as the API gives it; ``found`` is the study's own type."""

    subject: Subject
    found: Any
    report: Report
    data: dict[str, Any]

    @property
    def seen(self) -> str:
        """A mark of what the answer depends on: a page hands it back with a save."""
        return "-".join(digest[:16] for digest in self.subject.content)


def open_form(record: FeederRecord, name: str, query: QueryDict) -> ScenarioForm:
    """Return a page's form with a question; whether it holds is for the caller to see."""
    return ScenarioForm(query) if name == RUN else STUDIES[name].form(query, record.feeder, record.dates)


def subject_of(record: FeederRecord, form: ScenarioForm) -> Subject:
    """Return what a valid question is about: the feeder and its profiles, of the date if one is asked for.

    Raises: QuestionError for a date that is in none of its profiles.
    """
    day = form.cleaned_data.get("date")
    return record.subject_on(date.fromisoformat(day) if day else None)


def answer(
    answers: Answers, record: FeederRecord, name: str, form: ScenarioForm, patience_s: float | None = None
) -> Answered:
    """Answer a page's question, which its form has found valid.

    Raises: QuestionError, UnfinishedError and BusyError as `Study.ask` does.
    """
    subject = subject_of(record, form)
    if not isinstance(form, StudyForm):
        question = RunQuestion.read(subject, form.asked())
        snapshot = ask_snapshot(answers, question)
        findings = ask_guidance(answers, question, snapshot)
        report = full_run_report(subject, snapshot, findings)
        data = snapshot_data(subject.feeder, snapshot, findings)
        return Answered(subject, snapshot, report, data)
    study = STUDIES[name]
    asked = study.read(record, form.asked())
    found = study.ask(answers, asked, patience_s)
    return Answered(subject, found, study.full_report(asked, found), study.full_data(asked, found))
