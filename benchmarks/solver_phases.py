"""Power flows by phase: streets of single-phase customers, beside three other solvers that know phases."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from time import process_time

import numpy as np
from solver_cases import ADOPTION, DAYS, draw_year, street_feeder
from solver_own import lowest_and_highest
from solver_phase_peers import grid_model_entries, opendss_entries, runpp_entries
from solver_timing import Entry, Timed, in_own_process, race

from simulator.grid.schema import Feeder
from simulator.powerflow.batch import chunks, settle_kw, solve
from simulator.powerflow.compiled import CompiledFeeder, compile_feeder
from simulator.powerflow.ports import phase_ports_of
from simulator.powerflow.reduced import solve_kpis

SIZES = ((906, 55), (1000, 111), (2000, 304))  # buses, customers; the first as the IEEE European feeder has
CUSTOMERS, KPIS = "this solver by phase, customers' voltages", "this solver by phase, all KPIs"
CASES = 1000
KM = 0.006
ZERO = {"r0_ohm_per_km": 0.83, "x0_ohm_per_km": 0.32}


@dataclass(frozen=True)
class PhasesCost:
    """What a flow by phase costs on a feeder of some size."""

    buses: int
    ports: int
    timed: dict[str, Timed]


def race_phases(quick: bool) -> Iterator[PhasesCost]:
    """Yield the cost of each size of feeder, each in a process of its own."""
    for buses, ports in SIZES[:1] if quick else SIZES:
        yield in_own_process(_race, buses, ports, 2 if quick else 5)


def phase_feeder(buses: int, customers: int) -> Feeder:
    """Return a street whose customers are on a, b and c in turn; its transformer has no iron."""
    data = street_feeder(buses, customers).model_dump(mode="json", by_alias=True)
    for line in data["lines"]:
        line |= {"length_km": KM, "wires": ZERO}
        del line["r_ohm"], line["x_ohm"]
    for i, customer in enumerate(data["customers"]):
        customer |= {"households": 1, "phases": "abc"[i % 3]}
    transformers = [{**each, "pfe_kw": 0.0, "i0_percent": 0.0} for each in data["transformers"]]
    return Feeder.model_validate({**data, "transformers": transformers})


def draw_customers(feeder: Feeder) -> tuple[np.ndarray, np.ndarray]:
    """Return kW and kvar that customers feed in, (cases, customers), at quarter-hours all over the year."""
    return draw_year(feeder, DAYS[:: len(DAYS) // (1 + CASES // 96)]).injections(ADOPTION, slice(CASES))


def phase_entries(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> list[Entry]:
    """Return this solver's entries, and those of the peers that are installed."""
    compiled = compile_feeder(feeder, phase_ports_of(feeder))
    entries = _own_entries(compiled, p_kw, q_kvar)
    for prepare in (opendss_entries, grid_model_entries, runpp_entries):
        with suppress(ImportError):  # the report says so
            entries += prepare(feeder, p_kw, q_kvar)
    return entries


def all_phases(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> np.ndarray:
    """Return all phases' voltages in pu, bus by bus, (cases, 3 buses)."""
    phases = solve(compile_feeder(feeder, phase_ports_of(feeder)), p_kw, q_kvar).phases
    if phases is None:
        raise TypeError("the feeder was not solved by phase")
    return phases.vm_pu


def _race(buses: int, ports: int, rounds: int) -> PhasesCost:
    feeder = phase_feeder(buses, ports)
    p_kw, q_kvar = draw_customers(feeder)
    entries = phase_entries(feeder, p_kw, q_kvar)
    return PhasesCost(buses, ports, race(entries, all_phases(feeder, p_kw, q_kvar), rounds, process_time))


def _own_entries(compiled: CompiledFeeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> list[Entry]:
    ports, rows = phase_ports_of(compiled.feeder), np.arange(len(p_kw))
    columns = 3 * ports.bus + ports.phases[:, 0]

    def extremes() -> np.ndarray:
        kpis = solve_kpis(compiled, len(p_kw), lambda part: (p_kw[part], q_kvar[part]))
        return np.column_stack([kpis.min_vm_pu, kpis.max_vm_pu])

    return [
        Entry(CUSTOMERS, rows, partial(_solve_customers, compiled, p_kw, q_kvar), lambda vm: vm[:, columns]),
        Entry(KPIS, rows, extremes, lowest_and_highest),
    ]


def _solve_customers(compiled: CompiledFeeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> np.ndarray:
    """Return the voltages of all customers in pu, (cases, ports), and nothing else."""
    injection, vm_pu = compiled.maps.injection, np.empty(p_kw.shape)
    for rows in chunks(len(p_kw)):
        current, _ = settle_kw(compiled, p_kw[rows], q_kvar[rows])
        voltage = np.empty((2 * compiled.ports, current.shape[1]))
        injection.times(current, out=voltage)
        vm_pu[rows] = np.hypot(*np.split(voltage, 2)).T
    return vm_pu
