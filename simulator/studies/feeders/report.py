"""The list of feeders as a report: what each is, and its state at the worst quarter-hour of the day."""

from collections.abc import Sequence

from simulator.answers.quantity import HOUSEHOLDS, POTENTIAL
from simulator.assessment.wording import KIND_WORDS, describe
from simulator.grid.clock import time_of
from simulator.grid.limits import Limits
from simulator.grid.summary import FeederSummary
from simulator.reports.report import CellValue, Column, Report, State, Table, texts
from simulator.reports.tables import column
from simulator.studies.adoption import adoption_rows
from simulator.studies.compare.report import sort_table
from simulator.studies.feeders.day_status import DayLine
from simulator.studies.sentences import feeders_sentence
from simulator.studies.unusable import Listed, Unusable, unusable_sentence
from simulator.technologies.powers import Adoption

COLUMNS = (
    *texts(feeder="Feeder", name="Name", archetype="Archetype"),
    Column("kva", "Transformer", "kVA", 0),
    column("households", HOUSEHOLDS),
    column("pv_kwp", POTENTIAL, digits=0),
    *texts(state="State over the day", worst_time="Worst at", worst="Worst"),
    Column("violated", "Quarter-hours in violation", "", 0),
)


def feeders_report(
    adoption: Adoption,
    limits: Limits,
    found: Listed[FeederSummary, DayLine],
    sort: str,
    descending: bool,
) -> Report:
    """Return the list of feeders, sorted by a column; those that cannot be computed have no figures."""
    listed = (*(_row(*row) for row in found.rows), *map(_unusable_row, found.unusable))
    asked, without = (
        [status for feeder, status in found.rows if bool(feeder.pv_potential_kwp) == known]
        for known in (True, False)
    )
    unknown: list[State] = ["unknown" for _ in found.unusable]
    states = (*(status_state(*row) for row in found.rows), *unknown)
    table = Table("feeders", "Feeders", COLUMNS, listed, states=states)
    return Report(
        title="Feeders",
        sentence=feeders_sentence(adoption, asked, without) + unusable_sentence(found.unusable),
        state=_state(states),
        question=(
            *adoption_rows(adoption),
            ("Limits", f"{limits.title}: {limits.band} ({limits.source})"),
        ),
        tables=(sort_table(table, sort, descending),),
    )


def _state(states: Sequence[State]) -> State:
    """Return the state of a list: that of its worst feeder; plain where PV was asked of none."""
    for state in ("violated", "unknown"):
        if state in states:
            return state
    return "plain" if states and "ok" not in states else "ok"


def status_words(feeder: FeederSummary, status: DayLine) -> str:
    """Return ``within limits`` or the kind of the worst violation; without a potential PV was not asked."""
    if not status.within_limits:
        return KIND_WORDS[status.tightest.kind]
    return "within limits" if feeder.pv_potential_kwp else "PV not asked, within limits without any"


def status_state(feeder: FeederSummary, status: DayLine) -> State:
    """Return how a feeder stands over its day; plain where nothing is wrong but PV was not asked."""
    if status.within_limits:
        return "ok" if feeder.pv_potential_kwp else "plain"
    return "unknown" if status.tightest.kind == "no_solution" else "violated"


def _row(feeder: FeederSummary, status: DayLine) -> tuple[CellValue, ...]:
    return (
        feeder.feeder_id,
        feeder.name,
        feeder.archetype,
        feeder.rated_kva,
        feeder.households,
        feeder.pv_potential_kwp,
        status_words(feeder, status),
        time_of(status.tightest.step),
        describe(status.tightest),
        status.violated_steps,
    )


def _unusable_row(feeder: Unusable) -> tuple[CellValue, ...]:
    known = {"feeder": feeder.feeder_id, "name": feeder.name, "archetype": feeder.archetype}
    return tuple({**known, "state": feeder.words}.get(column.key) for column in COLUMNS)
