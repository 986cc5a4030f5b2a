"""power-grid-model (Newton-Raphson): a C++ engine with its own element models, for many cases at once."""

from typing import Any

import numpy as np
from power_grid_model import (
    CalculationMethod,
    ComponentType,
    DatasetType,
    LoadGenType,
    PowerGridModel,
    WindingType,
    initialize_array,
)

from simulator.grid.schema import Feeder
from simulator.powerflow.flow import PowerFlow
from simulator.tests.feeders import customer_buses

SOURCE_NODE, LINES, TRANSFORMERS, LOADS, SOURCE = 0, 10_000, 20_000, 30_000, 40_000
STIFF_VA = 1e30  # short-circuit power of the source: ideal, for our purposes


def solve_grid_model(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> PowerFlow:
    """Solve all cases by one batch calculation.

    Shape: (cases, injection buses). Units: kW, kvar; positive feeds in.
    Raises: PowerGridBatchError, if any case has no solution.
    """
    loads = initialize_array(DatasetType.update, ComponentType.sym_load, p_kw.shape)
    loads["id"] = LOADS + np.arange(p_kw.shape[1])
    loads["p_specified"], loads["q_specified"] = -1000 * p_kw, -1000 * q_kvar
    result = PowerGridModel(tables(feeder), system_frequency=50.0).calculate_power_flow(
        update_data={ComponentType.sym_load: loads},
        calculation_method=CalculationMethod.newton_raphson,
        error_tolerance=1e-12,
        max_iterations=50,
        threading=-1,
    )
    lines, trafos, source = (
        result[kind] for kind in (ComponentType.line, ComponentType.transformer, ComponentType.source)
    )
    rated_hv, rated_lv = (
        np.array([t.sn_kva * 1000 / np.sqrt(3) / (getattr(t, side) * 1000) for t in feeder.transformers])
        for side in ("vn_hv_kv", "vn_lv_kv")
    )
    flows = [lines[f"p_{end}"].sum(axis=1) + trafos[f"p_{end}"].sum(axis=1) for end in ("from", "to")]
    return PowerFlow(
        vm_pu=result[ComponentType.node]["u_pu"][:, 1:],
        line_loading=lines["loading"],
        transformer_loading=np.maximum(trafos["i_from"] / rated_hv, trafos["i_to"] / rated_lv),
        loss_kw=sum(flows) / 1000,
        source_kw=source["p"][:, 0] / 1000,
        source_kvar=source["q"][:, 0] / 1000,
        converged=np.ones(len(p_kw), dtype=bool),
        iterations=np.zeros(len(p_kw), dtype=int),
        algorithm="power-grid-model",
    )


def tables(feeder: Feeder) -> dict[ComponentType, np.ndarray]:
    """Return a feeder as the engine's input, an unloaded load at each injection bus."""
    node = {bus.id: position for position, bus in enumerate(feeder.buses, start=1)}
    nodes = _table(ComponentType.node, 1 + len(feeder.buses))
    nodes["id"] = np.arange(len(nodes))
    nodes["u_rated"] = 1000 * feeder.base_kv
    nodes["u_rated"][SOURCE_NODE] = 1000 * feeder.source.vn_kv
    source = _table(ComponentType.source, 1)
    source["id"], source["node"], source["status"] = SOURCE, SOURCE_NODE, 1
    source["u_ref"], source["sk"] = feeder.source.vm_pu, STIFF_VA
    buses = customer_buses(feeder)
    loads = _table(ComponentType.sym_load, len(buses))
    loads["id"], loads["node"] = LOADS + np.arange(len(buses)), [node[bus] for bus in buses]
    loads["status"], loads["type"] = 1, LoadGenType.const_power
    loads["p_specified"], loads["q_specified"] = 0, 0
    return {
        ComponentType.node: nodes,
        ComponentType.source: source,
        ComponentType.sym_load: loads,
        ComponentType.line: _lines(feeder, node),
        ComponentType.transformer: _transformers(feeder, node),
    }


def _table(kind: ComponentType, size: int) -> Any:
    return initialize_array(DatasetType.input, kind, size)


def _lines(feeder: Feeder, node: dict[str, int]) -> Any:
    table = _table(ComponentType.line, len(feeder.lines))
    for row, (position, line) in zip(table, enumerate(feeder.lines), strict=True):
        row["id"], row["from_status"], row["to_status"] = LINES + position, 1, 1
        row["from_node"], row["to_node"] = node[line.from_bus], node[line.to_bus]
        row["r1"] = line.r_ohm_per_km * line.length_km / line.parallel
        row["x1"] = line.x_ohm_per_km * line.length_km / line.parallel
        row["c1"] = line.c_nf_per_km * 1e-9 * line.length_km * line.parallel
        row["tan1"], row["i_n"] = 0, line.max_i_ka * 1000 * line.parallel
    return table


def _transformers(feeder: Feeder, node: dict[str, int]) -> Any:
    table = _table(ComponentType.transformer, len(feeder.transformers))
    for row, (position, t) in zip(table, enumerate(feeder.transformers), strict=True):
        clock = round(t.shift_degree / 30) % 12
        high = WindingType.delta if clock % 2 else WindingType.wye_n
        row["id"], row["from_status"], row["to_status"] = TRANSFORMERS + position, 1, 1
        row["from_node"], row["to_node"] = SOURCE_NODE, node[t.lv_bus]
        row["u1"], row["u2"], row["sn"] = 1000 * t.vn_hv_kv, 1000 * t.vn_lv_kv, 1000 * t.sn_kva
        row["uk"], row["pk"] = t.vk_percent / 100, t.vkr_percent / 100 * 1000 * t.sn_kva
        row["i0"], row["p0"] = t.i0_percent / 100, 1000 * t.pfe_kw
        row["winding_from"], row["winding_to"], row["clock"] = high, WindingType.wye_n, clock
        row["tap_side"], row["tap_pos"], row["tap_min"], row["tap_max"] = 0, 0, 0, 0
        row["tap_nom"], row["tap_size"] = 0, 0
        if t.tap:
            rated_kv = t.vn_hv_kv if t.tap.side == "hv" else t.vn_lv_kv
            row["tap_side"], row["tap_pos"] = int(t.tap.side == "lv"), t.tap.pos
            row["tap_min"], row["tap_max"], row["tap_nom"] = t.tap.min, t.tap.max, t.tap.neutral
            row["tap_size"] = t.tap.step_percent / 100 * rated_kv * 1000
    return table
