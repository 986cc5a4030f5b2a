"""The other solvers as entries of the race, on nets that the tests' oracles convert independently.

Each gets its input in its own form before the clock starts, and a tolerance of 1e-8. Libraries are imported
where they are used, because any may be missing.
"""

import warnings
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np
from solver_timing import Entry

from simulator.grid.schema import Feeder
from simulator.tests.feeders import customer_buses

TOLERANCE = 1e-8
PGM_NEWTON, PGM_CURRENT = "power-grid-model, Newton", "power-grid-model, iterative current"
NODES, THREADS = ", nodes alone", ", all threads"
RUNPP = "pandapower runpp"


def peer_entries(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray, sample: int) -> Iterator[Entry | str]:
    """Yield the peers' entries, or in words why one has none; pandapower solves ``sample`` of the cases."""
    sampled = partial(runpp_entries, sample=sample)
    for prepare in (grid_model_entries, lightsim_entries, opendss_entries, sampled):
        try:
            yield from prepare(feeder, p_kw, q_kvar)
        except ImportError as error:
            yield f"{str(error.name).partition('.')[0]} is not installed: its rows are left out"


def grid_model_entries(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> list[Entry]:
    """Return power-grid-model's two methods with all its output, with nodes alone, and on all threads."""
    import power_grid_model as pgm

    from simulator.tests.oracles.grid_model import LOADS, tables

    loads = pgm.initialize_array(pgm.DatasetType.update, pgm.ComponentType.sym_load, p_kw.shape)
    loads["id"] = LOADS + np.arange(p_kw.shape[1])
    loads["p_specified"], loads["q_specified"] = -1000 * p_kw, -1000 * q_kvar
    model = pgm.PowerGridModel(tables(feeder), system_frequency=50.0)

    def run(method: pgm.CalculationMethod, nodes: bool, threads: int) -> np.ndarray:
        result = model.calculate_power_flow(
            update_data={pgm.ComponentType.sym_load: loads},
            calculation_method=method,
            error_tolerance=TOLERANCE,
            threading=threads,
            output_component_types=[pgm.ComponentType.node] if nodes else None,
        )
        voltages: np.ndarray = result[pgm.ComponentType.node]["u_pu"][:, 1:]
        return voltages

    rows = np.arange(len(p_kw))
    newton, current = pgm.CalculationMethod.newton_raphson, pgm.CalculationMethod.iterative_current
    return [
        Entry(f"{name}{NODES * nodes}{THREADS * (threads == 0)}", rows, partial(run, method, nodes, threads))
        for name, method in ((PGM_NEWTON, newton), (PGM_CURRENT, current))
        for nodes, threads in ((False, -1), (True, -1), (True, 0))
    ]


def lightsim_entries(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> list[Entry]:
    """Return lightsim2grid's time series and its single power flows, Newton with KLU.

    Its converter knows pandapower's T model of a transformer alone, 3e-7 pu beside the pi model. It starts
    from voltages turned by the transformer's vector group, since it diverges from unturned ones.
    """
    network, series = import_module("lightsim2grid.network"), import_module("lightsim2grid.timeSerie")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns that it takes the ext_grid for the slack, as is meant
        grid = network.init_from_pandapower(loaded_net(feeder))
    start = np.full(grid.total_bus(), np.exp(-1j * np.deg2rad(feeder.transformers[0].shift_degree)))
    start[0] = feeder.source.vm_pu
    start = grid.ac_pf(start, 20, TOLERANCE)
    computer = series.Computers(grid)
    load_mw, load_mvar = np.ascontiguousarray(-p_kw / 1000), np.ascontiguousarray(-q_kvar / 1000)

    def run() -> np.ndarray:
        computer.modify_load_p(load_mw)
        computer.modify_load_q(load_mvar)
        computer.compute(start, 20, TOLERANCE)
        voltages: np.ndarray = np.abs(computer.get_voltages()[:, 1:])
        return voltages

    def single(rows: np.ndarray) -> np.ndarray:
        voltages = []
        for mw, mvar in zip(load_mw[rows], load_mvar[rows], strict=True):
            for load, (p, q) in enumerate(zip(mw, mvar, strict=True)):
                grid.change_p_load(load, p)
                grid.change_q_load(load, q)
            voltages.append(grid.ac_pf(start, 20, TOLERANCE))
        return np.abs(voltages)[:, 1:]

    few = np.arange(0, len(p_kw), 35)
    return [
        Entry("lightsim2grid, time series", np.arange(len(p_kw)), run),
        Entry("lightsim2grid, one by one", few, partial(single, few)),
    ]


def opendss_entries(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> list[Entry]:
    """Return OpenDSS's yearly mode: the cases as load shapes, stepped by its own clock."""
    from dss import DSS

    from simulator.tests.oracles.opendss import _commands

    dss = DSS.NewContext()
    for command in [*_commands(feeder), f"set tolerance={TOLERANCE}"]:
        dss.Text.Command = command
    circuit = dss.ActiveCircuit
    for load in range(p_kw.shape[1]):
        dss.Text.Command = f"new loadshape.shape{load} npts={len(p_kw)} minterval=15 useactual=yes"
        circuit.LoadShapes.Name = f"shape{load}"
        circuit.LoadShapes.Pmult, circuit.LoadShapes.Qmult = -p_kw[:, load], -q_kvar[:, load]
        dss.Text.Command = f"edit load.load{load} yearly=shape{load}"
    names = circuit.AllNodeNames
    columns = [names.index(f"b{position}.1") for position in range(len(feeder.buses))]
    pu_per_volt = np.sqrt(3) / 1000 / feeder.base_kv

    def run() -> np.ndarray:
        dss.Text.Command = "set mode=yearly number=1 stepsize=15m hour=0 sec=0"
        volts = np.empty((len(p_kw), len(names)))
        for row in volts:
            circuit.Solution.Solve()
            row[:] = circuit.AllBusVmag
        voltages: np.ndarray = volts[:, columns] * pu_per_volt
        return voltages

    return [Entry("OpenDSS, yearly mode", np.arange(len(p_kw)), run)]


def runpp_entries(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray, sample: int) -> list[Entry]:
    """Return pandapower's ``runpp`` on a seeded sample of the cases, without numba."""
    rows = np.sort(np.random.default_rng(1).choice(len(p_kw), sample, replace=False))
    options: dict[str, dict[str, Any]] = {
        RUNPP: {},
        f"{RUNPP}, bfsw": {"algorithm": "bfsw", "calculate_voltage_angles": False},
        f"{RUNPP}, recycle": {"recycle": {"bus_pq": True, "trafo": False, "gen": False}},
    }
    return [
        Entry(name, rows, partial(_run_each, loaded_net(feeder), p_kw[rows], q_kvar[rows], given))
        for name, given in options.items()
    ]


def _run_each(net: Any, p_kw: np.ndarray, q_kvar: np.ndarray, options: dict[str, Any]) -> np.ndarray:
    import pandapower as pp

    voltages = []
    for p, q in zip(p_kw, q_kvar, strict=True):
        net.load["p_mw"], net.load["q_mvar"] = -p / 1000, -q / 1000
        pp.runpp(net, numba=False, trafo_model="pi", **options)
        voltages.append(net.res_bus.vm_pu.to_numpy()[1:].copy())
    return np.array(voltages)


def loaded_net(feeder: Feeder) -> Any:
    """Return the oracle's pandapower net with a load at each injection bus, for one case at a time."""
    import pandapower as pp

    from simulator.tests.oracles.newton import convert

    net = convert(feeder)
    number = {bus.id: position for position, bus in enumerate(feeder.buses, start=1)}
    pp.create_loads(net, [number[bus] for bus in customer_buses(feeder)], p_mw=0.0, q_mvar=0.0)
    return net
