"""A study as the web offers it: one question on one feeder, as page, files, API route and command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Annotated, Any, ClassVar, Generic

from pydantic import BaseModel, Discriminator, Tag

from simulator.answers.declared import data_of
from simulator.grid.caveats import Caveat
from simulator.grid.schema import Feeder
from simulator.models import FeederRecord
from simulator.questions.over import OverQuestion
from simulator.questions.rare import rare_of, rare_rows, standing_rows, stands_already
from simulator.reports.caveats import caveats_of, heeding
from simulator.reports.report import Report
from simulator.studies.over import declared_over, over_technology
from simulator.studies.run.snapshot import Snapshot
from simulator.studies.task import A, Q, Task
from simulator.technologies.registry import USUAL
from simulator.web.pages.question_form import QuestionForm, form_of
from simulator.web.work.answers import Answers


@dataclass(frozen=True)
class Study(Generic[Q, A]):
    """``name`` stands in addresses, ``label`` on the tab; ``question`` leads there from the study before.

    ``task`` answers what is ``asked``, of which ``form`` and ``body``, the API's, are made. ``report`` and
    ``geojson`` show the answer, ``gives`` declares what it tells.
    One that ``tells_capacity`` warns of limits that leave the whole band to the feeder.
    """

    name: str
    label: str
    question: str
    body: type[Any] | None
    gives: type[BaseModel]
    asked: type[Q]
    task: Task[Q, A]
    report: Callable[[Feeder, A], Report]
    has_presets: ClassVar[bool] = False
    has_exports: ClassVar[bool] = False  # the network itself as files
    always_guides: ClassVar[bool] = False  # also where no rule fires
    geojson: Callable[[Feeder, A], dict[str, Any]] | None = None
    tells_capacity: bool = False

    @cached_property
    def form(self) -> type[QuestionForm]:
        """The form of its question."""
        return form_of(self.asked)

    @property
    def response(self) -> Any:
        """What its route gives: what it declares, by the technology that is asked about."""
        asked: type[Any] = self.asked
        if not issubclass(asked, OverQuestion):
            return self.gives
        keys = [each.key for each in asked.technologies()]
        answers = tuple(Annotated[declared_over(self.gives, key), Tag(key)] for key in keys)
        return Annotated[reduce(or_, answers), Discriminator(_over)] if len(answers) > 1 else self.gives

    def read(self, record: FeederRecord, given: dict[str, Any]) -> Q:
        """Return the question as it is given in flat names, of the profiles of the date if one is asked for.

        Raises: QuestionError for a date that is in none of its profiles.
        """
        day = given.get("date")
        return self.asked.read(record.subject_on(date.fromisoformat(day) if day else None), given)

    def ask(self, answers: Answers, question: Q, patience_s: float | None = None) -> A:
        """Return the answer, from the cache where it is there.

        Raises: QuestionError where the study refuses the question, or where it costs too much; BusyError
        where others wait already; UnfinishedError where long work is not done after ``patience_s``; None
        waits.
        """
        return answers.ask(self.task, question, patience_s)

    def first(self, answers: Answers, question: Q, patience_s: float | None = None) -> A:
        """Return what a page shows at once: the answer, unless a part of it takes long."""
        return self.ask(answers, question, patience_s)

    def sources(self, feeder: Feeder, found: A) -> tuple[Any, ...]:
        """Return what the declared answer is read from."""
        return found, feeder

    def awaits(self, found: A) -> bool:
        """Tell whether a part of the answer is still to be asked for."""
        return False

    def snapshot(self, found: A) -> Snapshot | None:
        """Return the quarter-hour that an answer shows, where it shows one."""
        return None

    @property
    def path(self) -> str:
        """Where its page stands below its feeder's."""
        return f"{self.name}/"

    @property
    def route(self) -> str:
        """Its name in the API's addresses."""
        return self.name

    def caveats(self, question: Q) -> tuple[Caveat, ...]:
        """Return what to know before the answer to a question."""
        limits = question.limits_asked if self.tells_capacity else ()
        return caveats_of(question.feeder, limits, question.by_phase)

    def full_report(self, question: Q, found: A) -> Report:
        """Return the answer as a page shows it: with its caveats and the profiles that it follows."""
        rows = standing_rows(question) + rare_rows(rare_of(question))
        report = self.report(question.feeder, found).asking(rows)
        report = report.following(question.profiles)
        return heeding(report, self.caveats(question))

    def full_data(self, question: Q, found: A) -> dict[str, Any]:
        """Return the answer as the API gives it, with its caveats."""
        sources, caveats = self.sources(question.feeder, found), self.caveats(question)
        data = data_of(self.gives, *sources, caveats=caveats)
        data = over_technology(self.gives, data, question)
        return {**data, **stands_already(question), **rare_of(question)}


def _over(answer: Any) -> str:
    told = answer if isinstance(answer, dict) else vars(answer)
    return str(told.get("over", USUAL))
