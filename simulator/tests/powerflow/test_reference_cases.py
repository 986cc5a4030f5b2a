"""Both engines find what other engines found on the reference cases."""

import pytest

from simulator.powerflow.reference import solve_reference
from simulator.tests.engines import Solver, solve_batch
from simulator.tests.oracles.grid_model import solve_grid_model
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.oracles.opendss import solve_opendss
from simulator.tests.reference_cases import CASE_NAMES, ReferenceCase, read_case

# What the product promises, and what the figures' own precision (1e-9 pu, 1e-6 % and kW) allows to check.
PROMISE = {"vm_pu": 1e-5, "percent_point": 0.01, "power": 0.01}
PRECISION = {"vm_pu": 1e-8, "percent_point": 1e-6, "power": 1e-6}
SOLVERS: list[tuple[Solver, dict[str, float]]] = [
    (solve_batch, PRECISION),
    (solve_reference, PROMISE),
    (solve_newton, PRECISION),
    (solve_grid_model, PRECISION),
    (solve_opendss, PRECISION),
]


@pytest.fixture(params=CASE_NAMES)
def case(request: pytest.FixtureRequest) -> ReferenceCase:
    return read_case(request.param)


@pytest.mark.parametrize(("solver", "tolerance"), SOLVERS, ids=[solver.__name__ for solver, _ in SOLVERS])
def test_solvers_equal_the_reference_cases(
    case: ReferenceCase, solver: Solver, tolerance: dict[str, float]
) -> None:
    """Voltages, loadings by current, losses and slack power; our oracles are held to it as well."""
    flow = solver(case.feeder, case.p_kw, case.q_kvar)
    expected, kpi = case.reference, case.reference["kpi"]
    voltages = [expected["bus_vm_pu_va_degree"][bus.id.removeprefix("bus_")][0] for bus in case.feeder.buses]
    loadings = [
        expected["trafo_loading_percent"][t.id.removeprefix("trafo_")]["current"]
        for t in case.feeder.transformers
    ]
    assert flow.converged.all()
    assert flow.vm_pu[0] == pytest.approx(voltages, abs=tolerance["vm_pu"], rel=0)
    assert 100 * flow.transformer_loading[0] == pytest.approx(loadings, abs=tolerance["percent_point"], rel=0)
    assert 100 * flow.line_loading.max() == pytest.approx(
        kpi["line_loading_max_percent"], abs=tolerance["percent_point"], rel=0
    )
    for figure, expected_figure in (
        (flow.loss_kw[0], kpi["loss_kw"]),
        (flow.source_kw[0], kpi["slack_p_kw"]),
        (flow.source_kvar[0], kpi["slack_q_kvar"]),
    ):
        assert figure == pytest.approx(expected_figure, abs=tolerance["power"], rel=0)


@pytest.mark.parametrize("solver", [solve_batch, solve_reference])
def test_extremes_are_found_where_they_are(case: ReferenceCase, solver: Solver) -> None:
    """The lowest and the highest voltage and the worst line are at the buses and line of the reference.

    Lines in a row without a tap between them may carry the same current: any of these will do.
    """
    flow = solver(case.feeder, case.p_kw, case.q_kvar)
    kpi, buses = case.reference["kpi"], [bus.id for bus in case.feeder.buses]
    assert buses[flow.vm_pu[0].argmin()] == f"bus_{kpi['vm_min_lv_bus']}"
    assert buses[flow.vm_pu[0].argmax()] == f"bus_{kpi['vm_max_lv_bus']}"
    worst = [line.id for line in case.feeder.lines].index(f"line_{kpi['line_loading_max_id']}")
    assert flow.line_loading[0, worst] == pytest.approx(flow.line_loading.max(), abs=1e-6)
