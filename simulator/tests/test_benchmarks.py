"""The solver's benchmark compares like with like, and hides neither a difference nor a missed target."""

from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
JULY = [190]


@pytest.fixture(autouse=True)
def _benchmarks_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))


def test_all_solvers_find_the_same_voltages() -> None:
    from solver_cases import benchmark_feeder, draw_year
    from solver_own import own_entries
    from solver_peers import peer_entries
    from solver_timing import Entry, race

    from simulator.powerflow.compiled import compile_feeder
    from simulator.tests.oracles.grid_model import solve_grid_model

    feeder = benchmark_feeder()
    p_kw, q_kvar = draw_year(feeder, JULY).injections(0.6, slice(None))
    entries = [
        *own_entries(compile_feeder(feeder), p_kw, q_kvar),
        *(entry for entry in peer_entries(feeder, p_kw, q_kvar, sample=3) if isinstance(entry, Entry)),
    ]
    timed = race(entries, solve_grid_model(feeder, p_kw, q_kvar).vm_pu, rounds=1)
    assert {name.split(",")[0] for name in timed} >= {"this solver", "power-grid-model", "OpenDSS"}
    assert {name: t.difference_pu for name, t in timed.items() if not t.difference_pu < 1e-6} == {}


def test_all_solvers_find_the_same_voltages_by_phase() -> None:
    from solver_phases import all_phases, draw_customers, phase_entries, phase_feeder
    from solver_timing import race

    feeder = phase_feeder(buses=40, customers=12)
    p_kw, q_kvar = (each[:60] for each in draw_customers(feeder))
    timed = race(phase_entries(feeder, p_kw, q_kvar), all_phases(feeder, p_kw, q_kvar), rounds=1)
    names = {name.split(",")[0] for name in timed}
    assert names >= {"this solver by phase", "OpenDSS", "power-grid-model", "pandapower runpp_3ph"}
    assert {name: t.difference_pu for name, t in timed.items() if not t.difference_pu < 1e-6} == {}


def test_the_year_is_the_same_on_every_run_exports_and_stays_within_peaks() -> None:
    from solver_cases import benchmark_feeder, draw_year

    from simulator.tests.feeders import customer_buses

    feeder = benchmark_feeder()
    year, again = draw_year(feeder), draw_year(feeder)
    assert year.load_kw.shape == (35_040, 29)
    np.testing.assert_array_equal(year.pv_kw, again.pv_kw)
    peaks = [sum(c.peak_kw for c in feeder.customers if c.bus == bus) for bus in customer_buses(feeder)]
    assert (year.load_kw.max(axis=0) <= peaks).all()
    export = year.injections(0.6, slice(None))[0].sum(axis=1) > 0
    assert 0.1 < export.mean() < 0.5


@pytest.mark.parametrize("broken", [np.nan, np.inf, 0.98 + 2e-6])
def test_a_difference_or_a_missing_figure_fails_the_run(
    broken: float, capsys: pytest.CaptureFixture[str]
) -> None:
    from solver_report import verdict
    from solver_timing import Entry, race

    vm_pu = np.full((2, 3), 0.98)
    entries = [
        Entry("right", np.arange(2), lambda: vm_pu + 1e-9),
        Entry("wrong", np.arange(2), lambda: np.where(np.eye(2, 3) > 0, broken, vm_pu)),
    ]
    timed = race(entries, vm_pu, rounds=2)
    assert verdict({"right": timed["right"]}) == 0
    assert verdict(timed) == 1
    assert "wrong" in capsys.readouterr().out.splitlines()[-1]


def test_a_solver_is_judged_by_its_best_run_on_its_own_cases() -> None:
    from solver_timing import Entry, race

    calls: list[str] = []

    def run(name: str) -> np.ndarray:
        calls.append(name)
        return np.array([[2.0], [4.0]])

    entries = [Entry(name, np.array([1, 3]), lambda name=name: run(name)) for name in ("a", "b")]  # type: ignore[misc]
    timed = race(entries, np.array([[1.0], [2.0], [3.0], [4.0]]), rounds=3)
    assert calls == ["a", "b"] * 3  # in turn, so that noise hits all alike
    assert (timed["a"].cases, timed["a"].difference_pu) == (2, 0.0)


def test_missed_targets_are_called_missed() -> None:
    from solver_growth import STUDY, BusesCost, CasesCost
    from solver_own import KPIS
    from solver_peers import NODES, PGM_CURRENT, RUNPP
    from solver_targets import judge
    from solver_timing import Timed

    def timed(**microseconds: float) -> dict[str, Timed]:
        names = {"kpis": KPIS, "pgm": PGM_CURRENT + NODES, "runpp": RUNPP}
        return {names[key]: Timed(us, 1, 0.0) for key, us in microseconds.items()}

    def verdicts(kpis: float, seconds: float, wide: float, **peers: float) -> list[str]:
        buses = [
            BusesCost(30, 29, 30, 100, timed(kpis=3)),
            BusesCost(300, 299, 30, 100, timed(kpis=wide)),
            BusesCost(900, 55, 30, 100, timed(kpis=99)),
        ]
        study = CasesCost(STUDY, seconds, 100, 700 * seconds)
        return [row[-1].split()[0] for row in judge(timed(kpis=kpis, **peers), buses, study, 300 * seconds)]

    assert verdicts(0.7, 0.4, 6.9, pgm=10.0, runpp=10_000.0) == ["met"] * 7
    assert verdicts(2.0, 0.6, 7.1, pgm=10.0, runpp=9_000.0) == ["MISSED"] * 7
    assert verdicts(0.7, 0.4, 6.9, runpp=10_000.0)[1] == "not"
