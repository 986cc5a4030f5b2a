"""The solvers that know phases as entries of the race, on nets that the tests' oracles convert."""

from functools import partial

import numpy as np
from solver_peers import NODES, PGM_CURRENT, PGM_NEWTON, TOLERANCE
from solver_timing import Entry

from simulator.grid.schema import Feeder

ASYMMETRIC = ", asymmetric"
OPENDSS, RUNPP_3PH = "OpenDSS, yearly mode by phase", "pandapower runpp_3ph"
FEW = 3


def opendss_entries(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> list[Entry]:
    """Return OpenDSS's yearly mode: the cases as load shapes, stepped by its own clock."""
    from dss import DSS

    from simulator.tests.oracles.opendss_script import commands

    dss = DSS.NewContext()
    for command in [*commands(feeder), f"set tolerance={TOLERANCE}"]:
        dss.Text.Command = command
    circuit = dss.ActiveCircuit
    for i, customer in enumerate(feeder.customers):
        dss.Text.Command = f"new loadshape.shape{i} npts={len(p_kw)} minterval=15 useactual=yes"
        circuit.LoadShapes.Name = f"shape{i}"
        circuit.LoadShapes.Pmult, circuit.LoadShapes.Qmult = -p_kw[:, i], -q_kvar[:, i]
        dss.Text.Command = f"edit load.load{i}_{customer.phases} yearly=shape{i}"
    names = circuit.AllNodeNames
    columns = [names.index(f"b{bus}.{phase}") for bus in range(len(feeder.buses)) for phase in (1, 2, 3)]
    pu_per_volt = np.sqrt(3) / 1000 / feeder.base_kv

    def run() -> np.ndarray:
        dss.Text.Command = "set mode=yearly number=1 stepsize=15m hour=0 sec=0"
        volts = np.empty((len(p_kw), len(names)))
        for row in volts:
            circuit.Solution.Solve()
            row[:] = circuit.AllBusVmag
        voltages: np.ndarray = volts[:, columns] * pu_per_volt
        return voltages

    return [Entry(OPENDSS, np.arange(len(p_kw)), run)]


def grid_model_entries(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> list[Entry]:
    """Return power-grid-model's two methods with nodes alone."""
    import power_grid_model as pgm

    from simulator.tests.oracles.grid_model_phases import asymmetric_loads, asymmetric_model

    model, loads = asymmetric_model(feeder), asymmetric_loads(feeder, p_kw, q_kvar)

    def run(method: pgm.CalculationMethod) -> np.ndarray:
        result = model.calculate_power_flow(
            symmetric=False,
            update_data={pgm.ComponentType.asym_load: loads},
            calculation_method=method,
            error_tolerance=TOLERANCE,
            output_component_types=[pgm.ComponentType.node],
        )
        voltages: np.ndarray = result[pgm.ComponentType.node]["u_pu"][:, 1:].reshape(len(p_kw), -1)
        return voltages

    methods = pgm.CalculationMethod.newton_raphson, pgm.CalculationMethod.iterative_current
    return [
        Entry(f"{name}{ASYMMETRIC}{NODES}", np.arange(len(p_kw)), partial(run, method))
        for name, method in zip((PGM_NEWTON, PGM_CURRENT), methods, strict=True)
    ]


def runpp_entries(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> list[Entry]:
    """Return pandapower's ``runpp_3ph`` on a few of the cases, without numba."""
    from simulator.tests.oracles.runpp_3ph import solve_runpp_3ph, three_phase_net

    net, rows = three_phase_net(feeder), np.linspace(0, len(p_kw) - 1, FEW).astype(int)

    def run() -> np.ndarray:
        return solve_runpp_3ph(net, feeder, p_kw[rows], q_kvar[rows], TOLERANCE).reshape(FEW, -1)

    return [Entry(RUNPP_3PH, rows, run)]
