"""The answer in one sentence, for the head of each page."""

from collections.abc import Mapping, Sequence

from simulator.assessment.wording import NO_SOLUTION, NOT_RATED, describe, explain, percent
from simulator.grid.schema import USUAL_HZ, Feeder
from simulator.studies.adoption import adoption_of, adoption_words
from simulator.studies.compare.comparison import ComparedFeeder
from simulator.studies.feeders.day_status import DayLine
from simulator.studies.over import said
from simulator.studies.run.snapshot import Snapshot
from simulator.studies.scenario import Scenario
from simulator.studies.sweep.hosting_capacity import Sweep
from simulator.studies.sweep.wording import ALONE, balanced_words, hosted_words, over_words
from simulator.technologies.powers import Adoption
from simulator.technologies.technology import Technology

MAX_NAMES = 20  # that a sentence names


def feeder_words(feeder: Feeder) -> str:
    """Return a feeder's name, id and archetype, and its frequency where that is not the usual one."""
    frequency = "" if feeder.f_hz == USUAL_HZ else f", {feeder.f_hz:g} Hz"
    return f"{feeder.name} ({feeder.feeder_id}), {feeder.archetype}{frequency}"


def snapshot_sentence(feeder: Feeder, snapshot: Snapshot) -> str:
    """Say whether the feeder stays within its limits, and the worst place."""
    scenario, kpis = snapshot.scenario, snapshot.kpis
    adoption = adoption_of(feeder, scenario.adoption)
    start = f"At {scenario.time} with {adoption}, {scenario.feeder_id}"
    if not kpis.converged:
        return f"{start} has {NO_SOLUTION}."
    if snapshot.violations:
        return f"{start} leaves its limits: {describe(snapshot.violations[0])}."
    voltages = f"{kpis.min_voltage_pu:.3f} to {kpis.max_voltage_pu:.3f} pu"
    loading = NOT_RATED if kpis.transformer_loading is None else f"at {percent(kpis.transformer_loading)}"
    return f"{start} stays within its limits: {voltages}, transformer {loading}."


def sweep_sentence(feeder_id: str, sweep: Sweep) -> str:
    """Say how much the feeder hosts, over which quarter-hours, and what binds, where and when."""
    when = over_words(sweep.steps)
    trouble = ""
    if sweep.baseline_violation and sweep.capacity.binding:
        why = explain(sweep.capacity.binding)
        trouble = f"{feeder_id} is in trouble before any {sweep.technology.plural}: {why}. "
    if not sweep.asked:
        return f"{trouble}{not_asked_sentence(feeder_id, sweep.technology)}"
    if trouble:
        alone = hosted_words(sweep.caused, when)
        balanced = balanced_words(sweep.caused, sweep.balanced)
        return f"{trouble}{said(ALONE, sweep.technology)}, it hosts {alone}.{balanced}"
    balanced = balanced_words(sweep.capacity, sweep.balanced)
    return f"{feeder_id} hosts {hosted_words(sweep.capacity, when)}.{balanced}"


def not_asked_sentence(feeder_id: str, technology: Technology) -> str:
    """Say that there is no potential to ask about."""
    none = f"No {technology.potential} {technology.none}"
    return f"{none} for {feeder_id}, so no hosting capacity was computed."


def comparison_sentence(
    scenario: Scenario, rows: list[ComparedFeeder], days: Mapping[str, DayLine] | None = None
) -> str:
    """Say how many feeders leave their limits at the scenario's moment.

    Where the feeders' days are told: over the day as well, and over which hours capacities are held.
    """
    adoption = adoption_words(scenario.adoption)
    out = [row.scenario.feeder_id for row in rows if row.violations]
    start = f"At {scenario.time} with {adoption}, {len(out)} of {_feeders(len(rows))} leave their limits"
    parts = [start + (f": {', '.join(out)}" if out else "")]
    if days:
        all_day = [feeder_id for feeder_id, status in days.items() if not status.within_limits]
        parts.append(f"over the whole day {_do(all_day)}")
    if days and rows:
        parts.append(f"hosting capacities are those {over_words(rows[0].sweep.steps)}")
    return "; ".join(parts) + "."


def _do(feeder_ids: list[str]) -> str:
    """Return ``2 do: feeder_06, feeder_11``."""
    if not feeder_ids:
        return "none does"
    names = ", ".join(feeder_ids[:MAX_NAMES])
    more = f" and {len(feeder_ids) - MAX_NAMES} more" if len(feeder_ids) > MAX_NAMES else ""
    return f"{len(feeder_ids)} {'does' if len(feeder_ids) == 1 else 'do'}: {names}{more}"


def feeders_sentence(adoption: Adoption, statuses: Sequence[DayLine], without: Sequence[DayLine] = ()) -> str:
    """Say how many feeders stay within limits all day; those ``without`` potential are told apart."""
    good, calm = (sum(status.within_limits for status in each) for each in (statuses, without))
    parts = []
    if statuses or not without:
        count = f"{good:,} of {_feeders(len(statuses))}"
        parts.append(f"With {adoption_words(adoption)}, {count} stay within limits all day")
    if without:
        kept = f"{calm:,} of these stay within limits by load alone"
        parts.append(f"PV was not asked about {_feeders(len(without))} without PV potential; {kept}")
    return f"{'; '.join(parts)}."


def _feeders(count: int) -> str:
    return "1 feeder" if count == 1 else f"{count:,} feeders"
