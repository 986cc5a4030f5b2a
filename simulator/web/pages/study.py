"""A study as the web offers it: one question on one feeder, as page, files, API route and command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from simulator.grid.caveats import Caveat
from simulator.grid.limits import LIMIT_SETS, Limits
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.models import FeederRecord
from simulator.reports.caveats import caveat_data, caveats_of, heeding
from simulator.reports.report import Report
from simulator.studies.progress import Progress
from simulator.studies.sizes import Size
from simulator.web.pages.study_forms import StudyForm
from simulator.web.work.answers import Answers


@dataclass(frozen=True)
class Study:
    """``name`` stands in addresses, ``label`` on the tab; ``question`` leads there from the study before.

    ``compute(feeder, profiles, **asked)`` answers; ``asked`` has the names that ``form`` and ``body``, the
    API's, both use; ``size``, which takes the same, bounds its work. A ``long`` one takes ``progress`` too,
    and is always done in a thread of its own; others are where they cost much. ``report``, ``data`` and
    ``geojson`` show the answer; ``gives`` describes the data. One that ``tells_capacity``
    warns of limits that leave the whole band to the feeder.
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
    tells_capacity: bool = False

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

    def caveats(self, feeder: Feeder, asked: dict[str, Any]) -> tuple[Caveat, ...]:
        """Return what to know before the answer to a question."""
        if not self.tells_capacity:
            return caveats_of(feeder)
        under = (asked["limits"],) if "limits" in asked else (*LIMIT_SETS.values(), asked.get("own"))
        return caveats_of(feeder, [limits for limits in under if limits])

    def full_report(self, subject: Subject, found: Any, asked: dict[str, Any]) -> Report:
        """Return the answer as a page shows it: with its caveats and the profiles that it follows."""
        report = self.report(subject.feeder, found).following(subject.profiles)
        return heeding(report, self.caveats(subject.feeder, asked))

    def full_data(self, subject: Subject, found: Any, asked: dict[str, Any]) -> dict[str, Any]:
        """Return the answer as the API gives it, with its caveats."""
        caveats = caveat_data(self.caveats(subject.feeder, asked))
        return {**self.data(subject.feeder, found), "caveats": caveats}
