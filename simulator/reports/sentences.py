"""The answer in one sentence, for the head of each page."""

from simulator.grid.clock import time_of
from simulator.studies.comparison import ComparedFeeder
from simulator.studies.day_status import DayStatus
from simulator.studies.hosting_capacity import HostingCapacity, Sweep
from simulator.studies.scenario import Scenario
from simulator.studies.snapshot import Snapshot
from simulator.studies.wording import KIND_WORDS, NO_SOLUTION, bound, describe, explain, percent


def adoption_words(pv: float, battery: float) -> str:
    """Return ``60 % PV`` or ``60 % PV and 10 % batteries``."""
    words = f"{share_words(pv)} PV"
    return f"{words} and {share_words(battery)} batteries" if battery else words


def share_words(share: float) -> str:
    """Return a share as percent, with as many decimals as it has, two at most."""
    digits = next((n for n in (0, 1) if abs(round(share * 100, n) - share * 100) < 1e-9), 2)
    return percent(share, digits)


def times_words(hours: tuple[int, ...]) -> str:
    """Return quarter-hours as ``07:00, 12:00 and 18:30``; a count where there are many."""
    if len(hours) > 6:
        return f"{len(hours)} quarter-hours from {time_of(hours[0])} to {time_of(hours[-1])}"
    *first, last = map(time_of, hours)
    return f"{', '.join(first)} and {last}" if first else last


def snapshot_sentence(snapshot: Snapshot) -> str:
    """Say whether the feeder stays within its limits, and the worst place."""
    scenario, kpis = snapshot.scenario, snapshot.kpis
    adoption = adoption_words(scenario.pv_adoption, scenario.battery_adoption)
    start = f"At {scenario.time} with {adoption}, {scenario.feeder_id}"
    if not kpis.converged:
        return f"{start} has {NO_SOLUTION}."
    if snapshot.violations:
        return f"{start} leaves its limits: {describe(snapshot.violations[0])}."
    return (
        f"{start} stays within its limits: {kpis.min_voltage_pu:.3f} to {kpis.max_voltage_pu:.3f} pu, "
        f"transformer at {percent(kpis.transformer_loading or 0)}."
    )


def sweep_sentence(feeder_id: str, sweep: Sweep) -> str:
    """Say how much PV the feeder hosts, and what binds, where and when."""
    times = times_words(sweep.hours)
    if sweep.baseline_violation and sweep.capacity.binding:
        return (
            f"{feeder_id} is in trouble before any PV: {explain(sweep.capacity.binding)}. "
            f"Counting only what PV causes or worsens, it hosts {_capacity_words(sweep.caused)}."
        )
    if sweep.capacity.binding is None:
        kwp = sweep.capacity.kwp
        return f"{feeder_id} hosts all of its PV potential, {kwp:.0f} kWp, at {times}: nothing binds."
    return f"{feeder_id} hosts {_capacity_words(sweep.capacity)}."


def _capacity_words(capacity: HostingCapacity) -> str:
    amount = f"{percent(capacity.adoption, 1)} PV ({capacity.kwp:.0f} kWp)"
    if capacity.binding is None:
        return f"{amount}, all of its potential"
    return f"{amount}; above that {bound(capacity.binding)} ({KIND_WORDS[capacity.binding.kind]})"


def comparison_sentence(scenario: Scenario, rows: list[ComparedFeeder]) -> str:
    """Say how many feeders leave their limits."""
    adoption = adoption_words(scenario.pv_adoption, scenario.battery_adoption)
    out = [row for row in rows if row.violations]
    start = f"At {scenario.time} with {adoption}, {len(out)} of {_feeders(len(rows))}"
    if not out:
        return f"{start} leave their limits."
    return f"{start} leave their limits: {', '.join(row.scenario.feeder_id for row in out)}."


def feeders_sentence(pv: float, battery: float, statuses: list[DayStatus]) -> str:
    """Say how many feeders stay within limits all day."""
    good = sum(status.within_limits for status in statuses)
    return (
        f"With {adoption_words(pv, battery)}, {good} of {_feeders(len(statuses))} stay within limits all day."
    )


def _feeders(count: int) -> str:
    return "1 feeder" if count == 1 else f"{count} feeders"
