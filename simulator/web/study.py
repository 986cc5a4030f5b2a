"""A study as the web offers it: one question on one feeder, as page, files, API route and command."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.grid.limits import Limits
from simulator.grid.profiles import read_profiles
from simulator.grid.schema import Feeder
from simulator.reports.report import Report
from simulator.web.answers import Answers
from simulator.web.study_forms import StudyForm


@dataclass(frozen=True)
class Study:
    """``name`` stands in addresses, ``label`` on the tab; ``question`` leads there from the study before.

    ``compute(feeder, profiles, **asked)`` answers; ``asked`` has the names that ``form`` and ``body``, the
    API's, both use. ``report``, ``data`` and ``geojson`` show the answer; ``gives`` describes the data.
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
    geojson: Callable[[Feeder, Any], dict[str, Any]] | None = None

    def ask(self, answers: Answers, feeder: Feeder, asked: dict[str, Any]) -> Any:
        """Return the answer, from the cache where it is there.

        Raises: QuestionError where the study refuses the question.
        """
        plain = {k: v.model_dump() if isinstance(v, Limits) else v for k, v in asked.items()}
        return answers.get(self.name, feeder, plain, lambda: self.compute(feeder, read_profiles(), **asked))
