"""What was promised, held against what was measured."""

from collections.abc import Mapping, Sequence

from solver_growth import PRODUCTS, BusesCost, CasesCost
from solver_own import KPIS
from solver_peers import NODES, PGM_CURRENT, PGM_NEWTON, RUNPP
from solver_timing import Timed

Row = tuple[str, str, str, str]


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
    full = [cost for cost in buses if cost.customers == cost.buses - 1]
    ours, products = (
        full[-1].timed[name].microseconds / full[0].timed[name].microseconds for name in (KPIS, PRODUCTS)
    )
    return [
        _at_most("all KPIs of a flow, 30 nodes, one thread", 3, us, "{:.2f} µs"),
        _at_least("faster than power-grid-model's faster method, nodes alone", 5, beside_pgm, "{:.1f} x"),
        _at_least("faster than `runpp`", 5000, runpp / us, "{:,.0f} x"),
        _at_most(f"a year at 21 PV levels, {study.cases:,} flows", 3, study.seconds, "{:.2f} s"),
        _at_most("its peak memory", 500, study.peak_mb, "{:.0f} MB"),
        _at_most("first sweep of a feeder not seen before", 150, sweep_ms, "{:.0f} ms"),
        _at_most(
            f"growth from {full[0].buses} to {full[-1].buses} buses, as the matrix products'",
            products,
            ours,
            "{:.0f} x",
        ),
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
