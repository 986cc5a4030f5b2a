"""One power flow of a file that somebody brings, medium voltage and all, with its tap controllers."""

from typing import Any

import numpy as np

from simulator.grid.schema import USUAL_HZ
from simulator.importing.source import Cell, Row
from simulator.importing.upstream import GridState, WholeGrid
from simulator.powerflow.libraries import pandapower
from simulator.powerflow.reference import TRAFO_MODEL

BUSES_SOLVED = 30_000  # in all rounds of the controllers together: four seconds
TABLES = (
    "bus", "line", "trafo", "trafo3w", "load", "sgen", "storage", "gen", "ext_grid", "switch", "shunt",
    "ward", "xward", "impedance", "dcline", "motor", "asymmetric_load", "asymmetric_sgen",
)  # fmt: skip
# What an element has where the file says nothing: as pandapower's own functions have it.
DEFAULTS: dict[str, Cell] = {
    "in_service": True, "closed": True, "scaling": 1.0, "parallel": 1, "df": 1.0, "vm_pu": 1.0,
    "slack_weight": 1.0, "step": 1, "max_step": 1, "sn_mva": 1.0, "cos_phi": 1.0,
    "efficiency_percent": 100.0, "loading_percent": 100.0, "current_source": True,
}  # fmt: skip
NAN = ("tap_", "id_", "min_", "max_", "soc_", "sn_")  # columns that may be empty


def solve_whole_grid(grid: WholeGrid) -> GridState | None:
    """Return the voltage at each bus of a file, and where controllers leave their taps.

    None where the power flow, or the controllers, find no solution.
    Source: pandapower ``runpp``, Newton-Raphson, ``ContinuousTapControl`` and ``DiscreteTapControl``.
    """
    pp = pandapower()

    try:
        with np.errstate(all="ignore"):
            net = _network(pp, grid)
            _add_controls(pp, net, grid)
            pp.runpp(
                net, algorithm="nr", init="auto", numba=False, trafo_model=TRAFO_MODEL,
                calculate_voltage_angles=True, run_control=bool(grid.controls), max_iter=_rounds(net),
            )  # fmt: skip
    except Exception:  # noqa: BLE001 - what a strange net makes pandapower raise is of all kinds
        return None
    vm_pu: dict[Cell, float] = {
        int(bus): float(value) for bus, value in net.res_bus.vm_pu.items() if 0 < value < 10
    }
    va_degree: dict[Cell, float] = {bus: float(net.res_bus.va_degree.at[bus]) for bus in vm_pu}
    taps = {control.trafo: float(net.trafo.tap_pos.at[control.trafo]) for control in grid.controls}
    return GridState(vm_pu, va_degree, taps)


def _rounds(net: Any) -> int:
    """Return how often controllers may move: pandapower's own number, fewer where each flow takes long."""
    return int(np.clip(BUSES_SOLVED // len(net.bus), 8, 30))


def _network(pp: Any, grid: WholeGrid) -> Any:
    settings = grid.tables.get("parameters", ())
    f_hz = next((row["f_hz"] for row in settings if row.get("f_hz")), USUAL_HZ)
    net = pp.create_empty_network(sn_mva=1.0, f_hz=f_hz, add_stdtypes=False)
    for table in TABLES:
        rows = grid.tables.get(table, ())
        if rows:
            net[table] = _frame(net[table], rows)
    return net


def _frame(empty: Any, rows: tuple[Row, ...]) -> Any:
    """Return rows as a table of pandapower's, every column of its own kind and filled."""
    import pandas as pd

    columns: dict[str, Any] = {}
    for name, dtype in empty.dtypes.items():
        values = [row.get(name) for row in rows]
        if dtype == "object" or str(dtype) == "Int64":
            columns[name] = pd.Series(values, dtype=dtype)
            continue
        filling = float("nan") if str(name).startswith(NAN) and dtype == "float64" else 0
        default = DEFAULTS.get(str(name), filling) if name != "sn_mva" or "hv_bus" in empty else float("nan")
        columns[name] = pd.Series([default if value is None else value for value in values]).astype(dtype)
    return pd.DataFrame(columns).set_index(pd.Index([row["index"] for row in rows]))


def _add_controls(pp: Any, net: Any, grid: WholeGrid) -> None:
    """Make the controllers anew from the numbers that were read of them."""
    for control in grid.controls:
        common = {
            "side": control.side,
            "tol": control.tolerance,
            "level": control.level,
            "order": control.order,
        }
        if control.kind == "continuous":
            pp.control.ContinuousTapControl(
                net, control.trafo, control.upper_pu, check_tap_bounds=control.within_range, **common
            )
        else:
            pp.control.DiscreteTapControl(net, control.trafo, control.lower_pu, control.upper_pu, **common)
