"""The list of feeders as a report: what each is, and its state at the worst quarter-hour of the day."""

from simulator.grid.clock import time_of
from simulator.grid.limits import Limits
from simulator.grid.schema import Feeder
from simulator.reports.compare import sort_table
from simulator.reports.report import CellValue, Column, Report, State, Table
from simulator.reports.sentences import feeders_sentence, share_words
from simulator.reports.unusable import Listed, Unusable, unusable_sentence
from simulator.studies.day_status import DayStatus
from simulator.studies.wording import KIND_WORDS, describe

COLUMNS = (
    Column("feeder", "Feeder"),
    Column("name", "Name"),
    Column("archetype", "Archetype"),
    Column("kva", "Transformer", "kVA", 0),
    Column("households", "Households", "", 0),
    Column("pv_kwp", "PV potential", "kWp", 0),
    Column("state", "State over the day"),
    Column("worst_time", "Worst at"),
    Column("worst", "Worst"),
    Column("violated", "Quarter-hours in violation", "", 0),
)


def feeders_report(
    pv_adoption: float,
    battery_adoption: float,
    limits: Limits,
    found: Listed[DayStatus],
    sort: str,
    descending: bool,
) -> Report:
    """Return the list of feeders, sorted by a column; those that cannot be computed have no figures."""
    listed = (*(_row(*row) for row in found.rows), *map(_unusable_row, found.unusable))
    statuses = [status for _, status in found.rows]
    unknown: list[State] = ["unknown" for _ in found.unusable]
    states = (*map(status_state, statuses), *unknown)
    table = Table("feeders", "Feeders", COLUMNS, listed, states=states)
    return Report(
        title="Feeders",
        sentence=feeders_sentence(pv_adoption, battery_adoption, statuses)
        + unusable_sentence(found.unusable),
        state=_state(statuses, bool(found.unusable)),
        question=(
            ("PV adoption", share_words(pv_adoption)),
            ("Battery adoption", share_words(battery_adoption)),
            ("Limits", f"{limits.title}: {limits.band} ({limits.source})"),
        ),
        tables=(sort_table(table, sort, descending),),
    )


def _state(statuses: list[DayStatus], unusable: bool) -> State:
    if all(status.within_limits for status in statuses):
        return "unknown" if unusable else "ok"
    return "violated"


def status_words(status: DayStatus) -> str:
    """Return ``within limits`` or the kind of the worst violation."""
    return "within limits" if status.within_limits else KIND_WORDS[status.tightest.kind]


def status_state(status: DayStatus) -> State:
    """Return how a feeder stands over its day."""
    if status.within_limits:
        return "ok"
    return "unknown" if status.tightest.kind == "no_solution" else "violated"


def _row(feeder: Feeder, status: DayStatus) -> tuple[CellValue, ...]:
    return (
        feeder.feeder_id,
        feeder.name,
        feeder.archetype,
        feeder.rated_kva,
        feeder.households,
        feeder.pv_potential_kwp,
        status_words(status),
        time_of(status.tightest.step),
        describe(status.tightest),
        status.violated_steps,
    )


def _unusable_row(feeder: Unusable) -> tuple[CellValue, ...]:
    known = {"feeder": feeder.feeder_id, "name": feeder.name, "archetype": feeder.archetype}
    return tuple({**known, "state": feeder.words}.get(column.key) for column in COLUMNS)
