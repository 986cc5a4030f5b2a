"""The studies of one quarter-hour: the run page, which gives guidance too, and the network page."""

from dataclasses import dataclass
from typing import Any

from simulator.grid.schema import Feeder
from simulator.studies.run.answer import Run
from simulator.studies.run.question import RunQuestion
from simulator.studies.run.snapshot import SNAPSHOT, Snapshot
from simulator.web.pages.study import Study
from simulator.web.work.answers import Answers


@dataclass(frozen=True)
class NetworkStudy(Study[RunQuestion, Snapshot]):
    """The study that shows a snapshot where everything is."""

    has_exports = True

    def sources(self, feeder: Feeder, found: Snapshot) -> tuple[Any, ...]:
        """Return the scenario beside the snapshot."""
        return found.scenario, found, feeder

    def snapshot(self, found: Snapshot) -> Snapshot | None:
        """Return what was found."""
        return found


@dataclass(frozen=True)
class RunStudy(Study[RunQuestion, Run]):
    """The study of a run, whose guidance follows on its page."""

    has_presets = True
    always_guides = True

    @property
    def path(self) -> str:
        """A feeder's own page."""
        return ""

    @property
    def route(self) -> str:
        """The name that it has had in the API from the start."""
        return "simulate"

    def first(self, answers: Answers, question: RunQuestion, patience_s: float | None = None) -> Run:
        """Return the snapshot alone: its guidance costs several times as much."""
        return Run(answers.ask(SNAPSHOT, question), None)

    def sources(self, feeder: Feeder, found: Run) -> tuple[Any, ...]:
        """Return the scenario and its key figures beside the snapshot and the guidance."""
        return found.snapshot.scenario, found.snapshot, found.snapshot.kpis, found, feeder

    def awaits(self, found: Run) -> bool:
        """Tell whether the guidance is still to be asked for."""
        return found.findings is None

    def snapshot(self, found: Run) -> Snapshot | None:
        """Return the snapshot."""
        return found.snapshot
