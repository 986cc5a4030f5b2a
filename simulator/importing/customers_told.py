"""What is told of loads and generators: what becomes of each kind, and how much is left out."""

from simulator.importing.customers import UNNAMED, Power, all_loads, is_pv, powers_of, rating
from simulator.importing.import_log import Outcome, Weight
from simulator.importing.merging import Nodes, without
from simulator.importing.source import Row
from simulator.importing.tables import LOW_VOLTAGE_KV, Tables, in_service, kilo, number, text

LEFT_OUT = {
    "gen": "generators that hold a voltage; left out",
    "storage": "storage; left out (batteries here come with PV)",
    "motor": "motors; left out",
    "shunt": "shunts; left out",
    "ward": "Ward equivalents; left out",
    "xward": "extended Ward equivalents; left out",
    "impedance": "impedances between buses; left out",
    "dcline": "DC lines; left out",
}
_CONSTANT_SHARES = (
    "const_z_percent", "const_i_percent",
    "const_z_p_percent", "const_i_p_percent", "const_z_q_percent", "const_i_q_percent",
)  # fmt: skip


def tell_customers(tables: Tables, nodes: Nodes, above: tuple[str, Weight]) -> None:
    """Tell what of the loads and generators is changed or left out.

    ``above`` are the words about what stands above low voltage, and their weight.
    """
    _tell_places(tables, nodes, above)
    power = all_loads(tables, nodes)
    _tell_feeding(tables, [p for p in power if p.p_kw < 0])
    reactive = [p for p in power if not p.p_kw and p.q_kvar]
    words = f"loads with reactive power alone, {_kvar(reactive)} in all; left out"
    _tell(tables, "not_modelled", reactive, words)
    leading = [p for p in power if p.p_kw > 0 and p.q_kvar < 0]
    words = f"loads with a leading power factor: power factor 1 is taken, {_kvar(leading)} are left out"
    _tell(tables, "not_modelled", leading, words)
    shares = [p for p in power if any(number(p.row, column) for column in _CONSTANT_SHARES)]
    _tell(tables, "not_modelled", shares, "shares that follow the voltage: they draw constant power here")
    spread = [p for p in power if p.table == "asymmetric_load"]
    _tell(tables, "not_modelled", spread, "loads of single phases, spread evenly over the three")
    _tell_generators(tables, nodes)
    for table, words in LEFT_OUT.items():
        rows = [r for r in tables.rows(table) if in_service(r) and r.get("slack") is not True]
        low = [r for r in rows if _low(nodes, r)]
        column = "pn_mech_mw" if table == "motor" else "p_mw"
        kw = sum(kilo(r, column) * number(r, "scaling", 1.0) for r in low)
        tables.tell("not_modelled", table, low, f"{words}, {kw:.4g} kW in all" if kw else words)
        tables.tell("not_modelled", table, without(rows, low), *above)


def _low(nodes: Nodes, row: Row) -> bool:
    """Tell whether an element stands at low voltage with an end, or at a bus that is out of service."""
    ends = [nodes.at(row, column) for column in ("bus", "from_bus", "to_bus") if row.get(column) is not None]
    return any(node is None or nodes.vn_kv(node) <= LOW_VOLTAGE_KV for node in ends)


def _kvar(powers: list[Power]) -> str:
    return f"{sum(p.q_kvar for p in powers):.4g} kvar"


def _tell_feeding(tables: Tables, loads: list[Power]) -> None:
    kwp = sum(-load.p_kw for load in loads)
    words = f"loads of negative power are generation: taken as PV of {kwp:.6g} kWp together"
    _tell(tables, "read", loads, words, "simplified")
    reactive = [load for load in loads if load.q_kvar]
    words = f"generation written as a load: its {_kvar(reactive)} are left out, PV has power factor 1 here"
    _tell(tables, "not_modelled", reactive, words)


def _tell_generators(tables: Tables, nodes: Nodes) -> None:
    every = powers_of(tables, nodes, "sgen") + powers_of(tables, nodes, "asymmetric_sgen")
    pv = [p for p in every if is_pv(p.row)]
    others = [p for p in every if not is_pv(p.row)]
    kw = sum(p.p_kw for p in others)
    _tell(tables, "not_modelled", others, f"generators other than PV, {kw:.4g} kW in all; left out")
    still = [p for p in pv if p.p_kw <= 0]
    words = "PV that feeds nothing in now: its rated power is its kWp"
    _tell(tables, "read", [p for p in still if rating(p) > 0], words, "simplified")
    words = "PV that feeds nothing in and has no rated power; left out"
    _tell(tables, "not_modelled", [p for p in still if rating(p) <= 0], words)
    feeding = [p for p in pv if p.p_kw > 0]
    unnamed = [p for p in feeding if text(p.row, "type").lower() in UNNAMED]
    _tell(tables, "read", unnamed, "generators without a type, taken as PV", "simplified")
    reactive = [p for p in feeding if p.q_kvar]
    words = f"PV with reactive power, {_kvar(reactive)} in all, left out: PV feeds in at power factor 1 here"
    _tell(tables, "not_modelled", reactive, words)
    spread = [p for p in feeding if p.table == "asymmetric_sgen"]
    _tell(tables, "not_modelled", spread, "PV on single phases, spread evenly over the three")
    rated = [p for p in feeding if abs(kilo(p.row, "sn_mva") - p.p_kw) > 1e-6 and number(p.row, "sn_mva")]
    words = "PV that feeds in other than its rated power: what it feeds in is its kWp"
    _tell(tables, "read", rated, words, "simplified")


def _tell_places(tables: Tables, nodes: Nodes, above: tuple[str, Weight]) -> None:
    """Tell what is out of service, and what hangs on a higher voltage."""
    for table in ("load", "asymmetric_load", "sgen", "asymmetric_sgen"):
        rows = tables.rows(table)
        idle = [r for r in rows if not in_service(r) or nodes.at(r) is None]
        tables.tell("dropped", table, idle, "out of service, or at a bus that is")
        live = [(r, nodes.at(r)) for r in rows if in_service(r)]
        high = [r for r, node in live if node is not None and nodes.vn_kv(node) > LOW_VOLTAGE_KV]
        tables.tell("not_modelled", table, high, *above)


def _tell(
    tables: Tables, outcome: Outcome, powers: list[Power], words: str, weight: Weight | None = None
) -> None:
    for table in dict.fromkeys(power.table for power in powers):
        tables.tell(outcome, table, [power.row for power in powers if power.table == table], words, weight)
