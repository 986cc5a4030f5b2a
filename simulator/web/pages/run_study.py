"""The studies of one quarter-hour: the run page, which gives guidance too, and the network page."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from simulator.grid.errors import QuestionError
from simulator.grid.schema import Feeder
from simulator.studies.chance.quarter_hours import ALL_STEPS
from simulator.studies.guidance import Finding, advise
from simulator.studies.measures.measures import Measures
from simulator.studies.run.answer import Run
from simulator.studies.run.question import RunQuestion
from simulator.studies.run.rules import RULES
from simulator.studies.run.situation import read_situation
from simulator.studies.run.snapshot import Snapshot
from simulator.studies.sweep.hosting_capacity import Sweep
from simulator.studies.sweep.question import SweepQuestion
from simulator.web.pages.asking import ask_snapshot
from simulator.web.pages.study import Study
from simulator.web.work.answers import Answers
from simulator.web.work.jobs import BusyError, UnfinishedError

SOON_S = 2.0  # of processor: what a page spends on saying what would help


@dataclass(frozen=True)
class NetworkStudy(Study[RunQuestion, Snapshot]):
    """The study that shows a snapshot where everything is."""

    def ask(self, answers: Answers, question: RunQuestion, patience_s: float | None = None) -> Snapshot:
        """Return the snapshot, the same that a run has."""
        return ask_snapshot(answers, question)

    def sources(self, feeder: Feeder, found: Snapshot) -> tuple[Any, ...]:
        """Return the scenario beside the snapshot."""
        return found.scenario, found, feeder

    def snapshot(self, found: Snapshot) -> Snapshot | None:
        """Return what was found."""
        return found


@dataclass(frozen=True)
class RunStudy(Study[RunQuestion, Run]):
    """The study of a run, whose guidance needs what ``sweep`` and ``measures`` find."""

    sweep: Study[SweepQuestion, Sweep] = field(kw_only=True)
    measures: Study[SweepQuestion, Measures] = field(kw_only=True)

    def ask(self, answers: Answers, question: RunQuestion, patience_s: float | None = None) -> Run:
        """Return the snapshot with all guidance."""
        snapshot = ask_snapshot(answers, question)
        return Run(snapshot, self._guidance(answers, question, snapshot))

    def first(self, answers: Answers, question: RunQuestion, patience_s: float | None = None) -> Run:
        """Return the snapshot alone: its guidance costs several times as much."""
        return Run(ask_snapshot(answers, question), None)

    def sources(self, feeder: Feeder, found: Run) -> tuple[Any, ...]:
        """Return the scenario and its key figures beside the snapshot and the guidance."""
        return found.snapshot.scenario, found.snapshot, found.snapshot.kpis, found, feeder

    def awaits(self, found: Run) -> bool:
        """Tell whether the guidance is still to be asked for."""
        return found.findings is None

    def snapshot(self, found: Run) -> Snapshot | None:
        """Return the snapshot."""
        return found.snapshot

    def _guidance(self, answers: Answers, question: RunQuestion, snapshot: Snapshot) -> tuple[Finding, ...]:
        """Return the guidance on a snapshot.

        How much the feeder hosts, and where something is violated what would help, are those of the whole
        day, if they are known soon: on a network so large that they are not, the guidance tells neither.
        """
        measures, swept = None, None
        usual = question.asking(SweepQuestion, steps=ALL_STEPS)
        patience_s = None if answers.asker.most_s is None else SOON_S  # a command has time
        with answers.within(SOON_S), suppress(QuestionError, BusyError, UnfinishedError):
            swept = self.sweep.ask(answers, usual, patience_s)
            if snapshot.violations:
                measures = self.measures.ask(answers, usual, patience_s)

        def compute() -> tuple[Finding, ...]:
            return advise(read_situation(question, snapshot, swept, measures), RULES)

        known = {"with_sweep": swept is not None, "with_measures": measures is not None}
        return answers.get("guidance", question.subject, {**question.plain, **known}, compute)
