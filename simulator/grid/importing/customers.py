"""Loads and PV as customers, and what else draws or feeds power, which is left out and named."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import hypot
from typing import Any

from simulator.grid.importing.account import Outcome, Weight
from simulator.grid.importing.branches import BusIds
from simulator.grid.importing.merging import Nodes
from simulator.grid.importing.naming import Names
from simulator.grid.importing.source import Row
from simulator.grid.importing.tables import LOW_VOLTAGE_KV, Tables, in_service, kilo, number, text

LEFT_OUT = {
    "gen": "generators that hold a voltage; left out",
    "storage": "stores; left out (batteries here come with PV)",
    "motor": "motors; left out",
    "shunt": "shunts; left out",
    "ward": "Ward equivalents; left out",
    "xward": "extended Ward equivalents; left out",
    "impedance": "impedances between buses; left out",
    "dcline": "DC lines; left out",
}
UNNAMED = ("", "wye", "delta", "y", "d")
PHASES = "abc"
_CONSTANT_SHARES = (
    "const_z_percent", "const_i_percent",
    "const_z_p_percent", "const_i_p_percent", "const_z_q_percent", "const_i_q_percent",
)  # fmt: skip


@dataclass(frozen=True)
class Power:
    """What one row draws or feeds in at a low-voltage node, scaled, in kW and kvar."""

    table: str
    row: Row
    node: int
    p_kw: float
    q_kvar: float
    still: bool = False  # its power is its rating, though it feeds nothing in now


def read_loads(tables: Tables, nodes: Nodes) -> list[Power]:
    """Return the loads that become customers."""
    return [load for load in _loads(tables, nodes) if load.p_kw > 0 or not (load.p_kw or load.q_kvar)]


def read_roofs(tables: Tables, nodes: Nodes) -> list[Power]:
    """Return the PV plants with what each can feed in, and the loads that feed in.

    A plant that stands still, as at night, can feed in its rating.
    """
    every = _powers(tables, nodes, "sgen") + _powers(tables, nodes, "asymmetric_sgen")
    plants = [power for power in every if _is_pv(power.row)]
    roofs = [replace(plant, p_kw=_rating(plant), still=plant.p_kw <= 0) for plant in plants]
    feeding = [replace(load, p_kw=-load.p_kw) for load in _loads(tables, nodes) if load.p_kw < 0]
    return [roof for roof in roofs if roof.p_kw > 0] + feeding


def _rating(plant: Power) -> float:
    return plant.p_kw if plant.p_kw > 0 else kilo(plant.row, "sn_mva")


def build_customers(
    tables: Tables, loads: Iterable[Power], roofs: Iterable[Power], bus_ids: BusIds
) -> list[dict[str, Any]]:
    """Return an area's customers as plain data: one a load, with the PV that stands at its bus.

    A roof is the customer's that it is named after ("PV " and the customer's id), else each one's in turn.
    """
    names, customers = Names(), []
    at_bus: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for load in loads:
        name = names.take(tables.name(load.table, load.row), f"load_{load.row['index']}")
        customers.append(_customer(name, bus_ids[load.node], load))
        at_bus[load.node].append(customers[-1])
    by_roof = {(c["bus"], f"PV {c['id']}"): c for c in customers}
    turn: dict[int, int] = defaultdict(int)
    for roof in roofs:
        hosts, name = at_bus[roof.node], tables.name(roof.table, roof.row)
        if not hosts:
            hosts.append(_customer(names.take(name, f"pv_{roof.row['index']}"), bus_ids[roof.node], None))
            customers.append(hosts[0])
        host = by_roof.get((bus_ids[roof.node], name)) or hosts[turn[roof.node] % len(hosts)]
        host["pv_kwp"] = round(host["pv_kwp"] + roof.p_kw, 9)
        turn[roof.node] += 1
    return customers


def _customer(name: str, bus: str, load: Power | None) -> dict[str, Any]:
    p_kw, q_kvar = (load.p_kw, max(load.q_kvar, 0.0)) if load else (0.0, 0.0)
    return {
        "id": name,
        "bus": bus,
        "households": 1 if load else 0,
        "peak_kw": p_kw,
        "power_factor": p_kw / hypot(p_kw, q_kvar) if p_kw else 1.0,
        "pv_kwp": 0.0,
    }


def _loads(tables: Tables, nodes: Nodes) -> list[Power]:
    return _powers(tables, nodes, "load") + _powers(tables, nodes, "asymmetric_load")


def _powers(tables: Tables, nodes: Nodes, table: str) -> list[Power]:
    powers = []
    for row in tables.rows(table):
        node = nodes.at(row)
        if in_service(row) and node is not None and nodes.vn_kv(node) <= LOW_VOLTAGE_KV:
            scaling = number(row, "scaling", 1.0)
            p_kw, q_kvar = (round(scaling * _total(table, row, kind), 9) for kind in ("p", "q"))
            powers.append(Power(table, row, node, p_kw, q_kvar))
    return powers


def _total(table: str, row: Row, kind: str) -> float:
    unit = "mw" if kind == "p" else "mvar"
    if table.startswith("asymmetric"):
        return sum(kilo(row, f"{kind}_{phase}_{unit}") for phase in PHASES)
    return kilo(row, f"{kind}_{unit}")


def _is_pv(row: Row) -> bool:
    kind = text(row, "type").lower()
    return kind in UNNAMED or kind.startswith("pv") or "solar" in kind or "photovolt" in kind


def tell_customers(tables: Tables, nodes: Nodes) -> None:
    """Tell what of the loads and generators is changed or left out."""
    _tell_places(tables, nodes)
    power = _loads(tables, nodes)
    _tell_feeding(tables, [p for p in power if p.p_kw < 0])
    reactive = [p for p in power if not p.p_kw and p.q_kvar]
    _tell(tables, "not_modelled", reactive, "loads with reactive power alone; left out")
    leading = [p for p in power if p.p_kw > 0 and p.q_kvar < 0]
    words = "loads with a leading power factor: power factor 1 is taken, their reactive power left out"
    _tell(tables, "not_modelled", leading, words)
    shares = [p for p in power if any(number(p.row, column) for column in _CONSTANT_SHARES)]
    _tell(tables, "not_modelled", shares, "shares that follow the voltage: they draw constant power here")
    spread = [p for p in power if p.table == "asymmetric_load"]
    _tell(tables, "not_modelled", spread, "loads of single phases, spread evenly over the three")
    _tell_generators(tables, nodes)
    for table, words in LEFT_OUT.items():
        rows = [r for r in tables.rows(table) if in_service(r) and r.get("slack") is not True]
        tables.tell("not_modelled", table, rows, words)


def _tell_feeding(tables: Tables, loads: list[Power]) -> None:
    kwp = sum(-load.p_kw for load in loads)
    words = f"loads of negative power are generation: taken as PV of {kwp:.6g} kWp together"
    _tell(tables, "read", loads, words, "simplified")
    reactive = [load for load in loads if load.q_kvar]
    kvar = sum(load.q_kvar for load in reactive)
    words = (
        f"generation written as a load: its {kvar:.4g} kvar are left out, PV feeds in at power factor 1 here"
    )
    _tell(tables, "not_modelled", reactive, words)


def _tell_generators(tables: Tables, nodes: Nodes) -> None:
    every = _powers(tables, nodes, "sgen") + _powers(tables, nodes, "asymmetric_sgen")
    pv = [p for p in every if _is_pv(p.row)]
    others = [p for p in every if not _is_pv(p.row)]
    _tell(tables, "not_modelled", others, "generators other than PV; left out")
    still = [p for p in pv if p.p_kw <= 0]
    words = "PV that feeds nothing in now: its rated power is its kWp"
    _tell(tables, "read", [p for p in still if _rating(p) > 0], words, "simplified")
    words = "PV that feeds nothing in and has no rated power; left out"
    _tell(tables, "not_modelled", [p for p in still if _rating(p) <= 0], words)
    feeding = [p for p in pv if p.p_kw > 0]
    unnamed = [p for p in feeding if text(p.row, "type").lower() in UNNAMED]
    _tell(tables, "read", unnamed, "generators of no named kind, taken as PV", "simplified")
    words = "PV with reactive power, which is left out: PV feeds in at power factor 1 here"
    _tell(tables, "not_modelled", [p for p in feeding if p.q_kvar], words)
    spread = [p for p in feeding if p.table == "asymmetric_sgen"]
    _tell(tables, "not_modelled", spread, "PV on single phases, spread evenly over the three")
    rated = [p for p in feeding if abs(kilo(p.row, "sn_mva") - p.p_kw) > 1e-6 and number(p.row, "sn_mva")]
    words = "PV that feeds in other than its rated power: what it feeds in is its kWp"
    _tell(tables, "read", rated, words, "simplified")


def _tell_places(tables: Tables, nodes: Nodes) -> None:
    """Tell what is out of service, and what hangs on a higher voltage."""
    for table in ("load", "asymmetric_load", "sgen", "asymmetric_sgen"):
        rows = tables.rows(table)
        idle = [r for r in rows if not in_service(r) or nodes.at(r) is None]
        tables.tell("dropped", table, idle, "out of service, or at a bus that is")
        live = [(r, nodes.at(r)) for r in rows if in_service(r)]
        high = [r for r, node in live if node is not None and nodes.vn_kv(node) > LOW_VOLTAGE_KV]
        tables.tell("not_modelled", table, high, "above low voltage; left out")


def _tell(
    tables: Tables, outcome: Outcome, powers: list[Power], words: str, weight: Weight | None = None
) -> None:
    for table in dict.fromkeys(power.table for power in powers):
        tables.tell(outcome, table, [power.row for power in powers if power.table == table], words, weight)
