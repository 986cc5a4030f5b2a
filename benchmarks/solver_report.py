"""The solver's benchmark from its first line to its verdict, as Markdown."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from statistics import median
from typing import TypeVar

from machine import describe_machine
from solver_cases import ADOPTION, DAYS, benchmark_feeder, draw_year
from solver_first import first_times
from solver_growth import STUDY, BusesCost, CasesCost, grow_buses, grow_cases
from solver_own import KPIS, KPIS_THREADS, VOLTAGES, own_entries
from solver_peers import NODES, PGM_CURRENT, peer_entries
from solver_phases import PhasesCost, race_phases
from solver_targets import judge, judge_phases
from solver_timing import Entry, Timed, race, render_table
from tqdm import tqdm

from simulator.powerflow.batch import solve
from simulator.powerflow.compiled import compile_feeder

T = TypeVar("T")
AGREE_PU = 1e-6
PEERS = ("power-grid-model", "lightsim2grid", "dss-python", "scipy")


def report(quick: bool) -> int:
    """Print each part when it is measured; return 1 if any two solvers disagree, else 0."""
    started = time.monotonic()
    print(f"{describe_machine()}\nPeers: {', '.join(_versions())}. One thread each unless said.")
    if quick:
        print("--quick: a tenth of the cases and few repeats; figures are rough.")
    timed = _race_section(quick)
    buses = list(_shown(grow_buses(quick), "Sizes"))
    print(f"\n## Growth with buses\n\n{buses_table(buses)}")
    cases = list(_shown(grow_cases(quick), "Numbers of cases"))
    print(f"\n## Growth with cases\n\n{cases_table(cases)}")
    phases = list(_shown(race_phases(quick), "Phases"))
    print(f"\n## By phase, processor time\n\n{phases_table(phases)}")
    first = first_times(quick)
    print(f"\n## A feeder not seen before\n\n{first_table(first)}")
    study = next(cost for cost in cases if cost.cases == STUDY)
    targets = [*judge(timed, buses, study, max(first["sweep"])), *judge_phases(phases)]
    print(f"\n## Targets\n\n{render_table(('target', 'wanted', 'measured', 'verdict'), targets)}")
    print(f"\nThis took {time.monotonic() - started:.0f} s.")
    sizes = [(c.buses, c.timed) for c in buses] + [(cost.buses, cost.timed) for cost in phases]
    return verdict({**timed, **{f"{name}, {n} buses": t for n, each in sizes for name, t in each.items()}})


def _race_section(quick: bool) -> dict[str, Timed]:
    feeder = benchmark_feeder()
    days = DAYS[::10] if quick else DAYS
    p_kw, q_kvar = draw_year(feeder, days).injections(ADOPTION, slice(None))
    compiled = compile_feeder(feeder)
    flow = solve(compiled, p_kw, q_kvar)
    print(
        f"\n## {len(p_kw):,} power flows of {feeder.feeder_id}, {len(feeder.buses)} nodes\n\n"
        f"Quarter-hours at {ADOPTION:.0%} PV: {(flow.source_kw < 0).mean():.0%} export, voltages from "
        f"{flow.vm_pu.min():.3f} to {flow.vm_pu.max():.3f} pu, transformer at most "
        f"{flow.transformer_loading.max():.0%}; {flow.iterations.mean():.1f} iterations on average.\n",
        flush=True,
    )
    found = [
        *own_entries(compiled, p_kw, q_kvar),
        *peer_entries(feeder, p_kw, q_kvar, sample=10 if quick else 30),
    ]
    entries = [entry for entry in found if isinstance(entry, Entry)]
    timed = race(entries, flow.vm_pu, 2 if quick else 6)
    print(race_table(timed), *(text for text in found if isinstance(text, str)), sep="\n\n", flush=True)
    return timed


def race_table(timed: Mapping[str, Timed]) -> str:
    """Return the solvers with their time, and how many times as long they take as this solver's KPIs."""
    rows = [
        (
            name,
            f"{t.cases:,}",
            f"{t.microseconds:,.2f}" if t.microseconds < 100 else f"{t.microseconds:,.0f}",
            f"{t.microseconds / timed[KPIS].microseconds:,.1f}",
            f"{t.difference_pu:.0e}",
        )
        for name, t in timed.items()
    ]
    return render_table(("solver", "cases", "µs a flow", "ratio", "largest difference, pu"), rows)


def buses_table(costs: Sequence[BusesCost]) -> str:
    """Return the sizes with the time of each solver in microseconds a flow, and the growth from the first."""
    columns = {
        KPIS: "all KPIs, µs a flow",
        KPIS_THREADS: "all threads",
        VOLTAGES: VOLTAGES,
        PGM_CURRENT + NODES: "power-grid-model, nodes alone",
    }
    head = ("buses", "customers", "compile, ms", *columns.values(), "peak, MB")
    rows = [
        (
            cost.buses,
            cost.customers,
            f"{cost.compile_ms:.0f}",
            *(_grown(cost.timed.get(name), costs[0].timed.get(name)) for name in columns),
            f"{cost.peak_mb:.0f}",
        )
        for cost in costs
    ]
    return render_table(head, rows)


def _grown(timed: Timed | None, first: Timed | None) -> str:
    if timed is None or first is None:
        return "not installed"
    return f"{timed.microseconds:,.1f} (x{timed.microseconds / first.microseconds:.1f})"


def phases_table(costs: Sequence[PhasesCost]) -> str:
    """Return the solvers that know phases with their time in microseconds a flow, a column for each size."""
    head = ("solver", *(f"{cost.ports} ports, {cost.buses:,} buses" for cost in costs), "difference, pu")
    rows = [
        (
            name,
            *(f"{cost.timed[name].microseconds:,.1f}" for cost in costs),
            f"{max(cost.timed[name].difference_pu for cost in costs):.0e}",
        )
        for name in costs[0].timed
    ]
    return render_table(head, rows)


def cases_table(costs: Sequence[CasesCost]) -> str:
    """Return the numbers of cases with time and memory."""
    rows = [
        (
            f"{cost.cases:,}",
            f"{cost.seconds:.4f}",
            f"{cost.seconds / cost.cases * 1e6:.2f}",
            f"{cost.before_mb:.0f}",
            f"{cost.peak_mb:.0f}",
        )
        for cost in costs
    ]
    return render_table(("cases, all KPIs", "s", "µs a flow", "MB before", "peak, MB"), rows)


def first_table(times_ms: Mapping[str, Sequence[float]]) -> str:
    """Return how long compiling and sweeping take, over the feeders."""
    words = {"compile": "compile", "sweep": "sweep of 63 and bisection, compiling included"}
    rows = [(words[name], f"{median(times):.0f}", f"{max(times):.0f}") for name, times in times_ms.items()]
    return render_table(("imports done", "median, ms", "slowest feeder, ms"), rows)


def _versions() -> Iterator[str]:
    for name in PEERS:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} not installed"


def _shown(items: Iterable[T], what: str) -> Iterable[T]:
    bar: Iterable[T] = tqdm(items, what, leave=False, disable=None)
    return bar


def verdict(timed: Mapping[str, Timed]) -> int:
    """Say how far the voltages lie apart; return 1 where that is too far."""
    apart = {name: t.difference_pu for name, t in timed.items()}
    wrong = {name: pu for name, pu in apart.items() if not pu <= AGREE_PU}
    if wrong:
        print(f"\nSOLVERS DISAGREE by more than {AGREE_PU} pu: {wrong}")
        return 1
    print(f"All voltages agree within {max(apart.values()):.0e} pu; {AGREE_PU} pu is allowed.")
    return 0
