"""What was promised, held against what was measured."""

from collections.abc import Mapping, Sequence

from solver_growth import BusesCost, CasesCost
from solver_own import KPIS
from solver_peers import NODES, PGM_CURRENT, PGM_NEWTON, RUNPP
from solver_phases import CUSTOMERS, PhasesCost
from solver_timing import Timed

Row = tuple[str, str, str, str]
SIZES_US = {100: 2.5, 300: 7.0, 1000: 25.0}
PORTS_US = {55: 6.0, 111: 12.0, 304: 60.0}


def judge(
    timed: Mapping[str, Timed], buses: Sequence[BusesCost], study: CasesCost, sweep_ms: float
) -> list[Row]:
    """Return each target with the wanted and the measured value, and whether it is met."""
    us = timed[KPIS].microseconds
    pgm = min(
        (timed[name].microseconds for name in (PGM_NEWTON + NODES, PGM_CURRENT + NODES) if name in timed),
        default=None,
    )
    runpp = timed[RUNPP].microseconds
    beside_pgm = pgm / us if pgm else None
    by_size = {
        cost.buses: cost.timed[KPIS].microseconds for cost in buses if cost.customers == cost.buses - 1
    }
    return [
        _at_most("all KPIs of a flow, 30 nodes, one thread", 0.75, us, "{:.2f} µs"),
        _at_least("faster than power-grid-model's faster method, nodes alone", 10, beside_pgm, "{:.1f} x"),
        _at_least("faster than `runpp`", 5000, runpp / us, "{:,.0f} x"),
        _at_most(f"a year at 21 PV levels, {study.cases:,} flows", 0.5, study.seconds, "{:.2f} s"),
        _at_most("its peak memory", 300, study.peak_mb, "{:.0f} MB"),
        _at_most("first sweep of a feeder not seen before", 150, sweep_ms, "{:.0f} ms"),
        *(
            _at_most(f"all KPIs of a flow, {size:,} buses", wanted, by_size[size], "{:.1f} µs")
            for size, wanted in SIZES_US.items()
            if size in by_size
        ),
    ]


def judge_phases(costs: Sequence[PhasesCost]) -> list[Row]:
    """Return the same for power flows by phase."""
    return [
        _at_most(
            f"customers' voltages by phase, {cost.ports} ports",
            PORTS_US[cost.ports],
            cost.timed[CUSTOMERS].microseconds,
            "{:.1f} µs",
        )
        for cost in costs
        if cost.ports in PORTS_US
    ]


def _at_most(what: str, wanted: float, measured: float, unit: str) -> Row:
    verdict = "met" if measured <= wanted else f"MISSED by {measured / wanted - 1:.0%}"
    return (what, f"at most {unit.format(wanted)}", unit.format(measured), verdict)


def _at_least(what: str, wanted: float, measured: float | None, unit: str) -> Row:
    promised = f"at least {unit.format(wanted)}"
    if measured is None:
        return (what, promised, "not installed", "not judged")
    verdict = "met" if measured >= wanted else f"MISSED by {1 - measured / wanted:.0%}"
    return (what, promised, unit.format(measured), verdict)
