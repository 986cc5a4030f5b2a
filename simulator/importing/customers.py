"""Loads and PV of a file as customers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import hypot
from typing import Any

from simulator.importing.branches import BusIds
from simulator.importing.merging import Nodes
from simulator.importing.naming import Names
from simulator.importing.source import Row
from simulator.importing.tables import LOW_VOLTAGE_KV, Tables, in_service, kilo, number, text

UNNAMED = ("", "wye", "delta", "y", "d")
PHASES = "abc"

POTENTIAL_TYPE = "PV potential"  # of a plant that our own export writes: nobody has built it yet


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
    return [load for load in all_loads(tables, nodes) if load.p_kw > 0 or not (load.p_kw or load.q_kvar)]


def read_roofs(tables: Tables, nodes: Nodes) -> list[Power]:
    """Return the PV plants with what each can feed in, and the loads that feed in.

    A plant that stands still, as at night, can feed in its rating.
    """
    every = powers_of(tables, nodes, "sgen") + powers_of(tables, nodes, "asymmetric_sgen")
    plants = [power for power in every if is_pv(power.row)]
    roofs = [replace(plant, p_kw=rating(plant), still=plant.p_kw <= 0) for plant in plants]
    feeding = [replace(load, p_kw=-load.p_kw) for load in all_loads(tables, nodes) if load.p_kw < 0]
    return [roof for roof in roofs if roof.p_kw > 0] + feeding


def is_built(roof: Power) -> bool:
    """Tell whether PV stands already: only what our own export calls a potential does not."""
    return text(roof.row, "type") != POTENTIAL_TYPE


def rating(plant: Power) -> float:
    """Return what a plant feeds in, or its rated power where it feeds nothing in; in kW."""
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
        kind = "existing_kwp" if is_built(roof) else "pv_kwp"
        host[kind] = round(host[kind] + roof.p_kw, 9)
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
        "existing_kwp": 0.0,
    }


def all_loads(tables: Tables, nodes: Nodes) -> list[Power]:
    """Return every load at low voltage, those that feed in too."""
    return powers_of(tables, nodes, "load") + powers_of(tables, nodes, "asymmetric_load")


def powers_of(tables: Tables, nodes: Nodes, table: str) -> list[Power]:
    """Return a table's rows in service at low voltage."""
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


def is_pv(row: Row) -> bool:
    """Tell whether a generator's kind is PV, or none that is named."""
    kind = text(row, "type").lower()
    return kind in UNNAMED or kind.startswith("pv") or "solar" in kind or "photovolt" in kind
