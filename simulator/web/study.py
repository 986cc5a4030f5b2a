"""A study as the web offers it: one question on one feeder, as page, files, API route and command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from simulator.grid.limits import Limits
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.models import FeederRecord
from simulator.reports.report import Report
from simulator.studies.progress import Progress
from simulator.studies.sizes import Size
from simulator.web.answers import Answers
from simulator.web.study_forms import StudyForm


@dataclass(frozen=True)
class Study:
    """``name`` stands in addresses, ``label`` on the tab; ``question`` leads there from the study before.

    ``compute(feeder, profiles, **asked)`` answers; ``asked`` has the names that ``form`` and ``body``, the
    API's, both use; ``size``, which takes the same, bounds its work. A ``long`` one takes ``progress`` too,
    and is always done in a thread of its own; others are where they cost much. ``report``, ``data`` and
    ``geojson`` show the answer; ``gives`` describes the data.
    """

    name: str
    label: str
    question: str
    form: type[StudyForm]
    body: type[Any]
    gives: type[Any]
    compute: Callable[..., Any]
    report: Callable[[Feeder, Any], Report]
    data: Callable[[Feeder, Any], dict[str, Any]]
    size: Callable[..., Size]
    geojson: Callable[[Feeder, Any], dict[str, Any]] | None = None
    long: bool = False

    def subject(self, record: FeederRecord, asked: dict[str, Any]) -> Subject:
        """Return the feeder with the profiles of the date that is asked for, if one is.

        Raises: QuestionError for a date that is in none of its profiles.
        """
        day = asked.get("date")
        return record.subject_on(date.fromisoformat(day) if day else None)

    def ask(
        self, answers: Answers, subject: Subject, asked: dict[str, Any], patience_s: float | None = None
    ) -> Any:
        """Return the answer, from the cache where it is there.

        Raises: QuestionError where the study refuses the question, or where it costs too much; BusyError
        where others wait already; UnfinishedError where long work is not done after ``patience_s``; None
        waits.
        """
        plain = {k: v.model_dump() if isinstance(v, Limits) else v for k, v in asked.items()}
        given = (subject.feeder, subject.profiles)

        def work(progress: Progress) -> Any:
            watching = {"progress": progress} if self.long else {}
            return self.compute(*given, **asked, **watching)

        size = partial(self.size, *given, **asked)
        return answers.get_sized(self.name, subject, plain, work, size, patience_s=patience_s, long=self.long)
