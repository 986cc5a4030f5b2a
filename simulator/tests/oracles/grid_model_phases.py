"""power-grid-model by phase: sequence impedances, customers between phases and earth."""

from typing import Any

import numpy as np
from power_grid_model import (
    CalculationMethod,
    ComponentType,
    DatasetType,
    LoadGenType,
    PowerGridModel,
    initialize_array,
)

from simulator.grid.phases import ZeroSequence
from simulator.grid.schema import Feeder
from simulator.tests.oracles.grid_model import LOADS, tables

PHASES = ("a", "b", "c", "abc")


def solve_grid_model_by_phase(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> np.ndarray:
    """Return the voltages (cases, buses, 3) in pu of powers (cases, customers); positive feeds in.

    It has no loads between phases, no neutral, one zero sequence for a transformer: its leakage impedance.
    Raises: PowerGridBatchError, if any case has no solution.
    """
    result = asymmetric_model(feeder).calculate_power_flow(
        symmetric=False,
        update_data={ComponentType.asym_load: asymmetric_loads(feeder, p_kw, q_kvar)},
        calculation_method=CalculationMethod.newton_raphson,
        error_tolerance=1e-12,
        max_iterations=50,
    )
    voltages: np.ndarray = result[ComponentType.node]["u_pu"][:, 1:]
    return voltages


def asymmetric_loads(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> Any:
    """Return powers of customers as the engine takes them; positive feeds in."""
    loads = initialize_array(DatasetType.update, ComponentType.asym_load, p_kw.shape)
    loads["id"] = LOADS + np.arange(p_kw.shape[1])
    on = np.array([[phase in c.phases for phase in "abc"] for c in feeder.customers])
    share = on / on.sum(axis=1, keepdims=True)
    loads["p_specified"], loads["q_specified"] = (-1000 * each[:, :, None] * share for each in (p_kw, q_kvar))
    return loads


def asymmetric_model(feeder: Feeder) -> PowerGridModel:
    """Return the model, an unloaded load for each customer."""
    every: dict[ComponentType, Any] = tables(feeder)
    del every[ComponentType.sym_load]
    node = {bus.id: position for position, bus in enumerate(feeder.buses, start=1)}
    loads = initialize_array(DatasetType.input, ComponentType.asym_load, len(feeder.customers))
    loads["id"] = LOADS + np.arange(len(loads))
    loads["node"] = [node[customer.bus] for customer in feeder.customers]
    loads["status"], loads["type"] = 1, LoadGenType.const_power
    loads["p_specified"] = loads["q_specified"] = 0
    for row, line in zip(every[ComponentType.line], feeder.lines, strict=True):
        if not isinstance(line.wires, ZeroSequence):
            raise TypeError(f"{line.id}: its zero sequence is not given")
        row["r0"] = line.wires.r0_ohm_per_km * line.length_km / line.parallel
        row["x0"] = line.wires.x0_ohm_per_km * line.length_km / line.parallel
        row["c0"] = line.wires.c0_nf_per_km * 1e-9 * line.length_km * line.parallel
        row["tan0"] = 0
    for row, each in zip(every[ComponentType.transformer], feeder.transformers, strict=True):
        row["r_grounding_to"], row["x_grounding_to"] = each.star_point_ohm or 0.0, 0.0
    source, impedance = every[ComponentType.source], feeder.source.impedance
    if impedance is not None:
        source["sk"], source["rx_ratio"] = 1e6 * impedance.s_sc_mva, impedance.rx
    return PowerGridModel({**every, ComponentType.asym_load: loads}, system_frequency=feeder.f_hz)
