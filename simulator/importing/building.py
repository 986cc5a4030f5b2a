"""A part of a file as a feeder: its elements as plain data, checked as every feeder is."""

from dataclasses import dataclass
from typing import Any

from simulator.grid.caveats import Caveat
from simulator.grid.errors import FeederFileError, ImportFileError
from simulator.grid.reading import parse_feeder
from simulator.grid.schema import USUAL_HZ, Feeder
from simulator.importing.branches import build_lines
from simulator.importing.caveats import caveats_of_customers, tell_standing_pv
from simulator.importing.coordinates import place_buses
from simulator.importing.customers import build_customers
from simulator.importing.ideal import ideal_transformer
from simulator.importing.import_log import Item
from simulator.importing.merging import Nodes
from simulator.importing.naming import LONGEST, Names, fit, slug
from simulator.importing.noise import without_noise
from simulator.importing.parts import WHOLE, Part, upper_kv
from simulator.importing.source import Source
from simulator.importing.supply import Area, Supply
from simulator.importing.tables import Tables, number
from simulator.importing.transformers import build_transformers
from simulator.importing.upstream import Upstream
from simulator.importing.upstream_words import tell_upstream

# What files call the figures that are called otherwise here, or counted in other units.
PANDAPOWER_NAMES = {
    "base_kv": "bus vn_kv",
    "source.vn_kv": "bus vn_kv",
    "source.vm_pu": "ext_grid vm_pu",
    "sn_kva": "sn_mva",
    "peak_kw": "p_mw",
    "existing_kwp": "p_mw",
    "power_factor": "q_mvar",
}
SIMBENCH_NAMES = {
    "base_kv": "Node vmR",
    "source.vn_kv": "Node vmR",
    "source.vm_pu": "Node vmSetp",
    "sn_kva": "sR",
    "vn_hv_kv": "vmHV",
    "vn_lv_kv": "vmLV",
    "vk_percent": "vmImp",
    "vkr_percent": "pCu",
    "pfe_kw": "pFe",
    "i0_percent": "iNoLoad",
    "shift_degree": "va0",
    "length_km": "length",
    "r_ohm_per_km": "r",
    "x_ohm_per_km": "x",
    "c_nf_per_km": "b",
    "max_i_ka": "iMax",
    "peak_kw": "pLoad",
    "existing_kwp": "pRES",
    "power_factor": "qLoad",
}
KINDS = {"buses": "bus", "lines": "line", "transformers": "transformer", "customers": "customer"}


@dataclass(frozen=True)
class Network:
    """What a file holds, as far as all its parts share it."""

    nodes: Nodes
    supply: Supply
    upstream: Upstream


def bus_ids(tables: Tables, nodes: Nodes, area: Area) -> dict[int, str]:
    """Return the id of each of an area's nodes."""
    names = Names()
    rows = [(node, nodes.bus[node]) for node in area.nodes]
    return {node: names.take(tables.name("bus", row), f"bus_{row['index']}") for node, row in rows}


def build_feeder(tables: Tables, network: Network, part: Part) -> Feeder:
    """Return a part as a feeder, and tell what it lost on the way.

    Raises: ImportFileError for what makes no valid feeder; it names the elements.
    """
    nodes, area = network.nodes, part.area
    ids = bus_ids(tables, nodes, area)
    lines = build_lines(tables, part.branches, ids)
    base_kv = nodes.vn_kv(area.nodes[0])
    if area.source:
        transformers = [ideal_transformer(tables, area.source, base_kv, ids[area.source.node])]
    else:
        transformers = build_transformers(tables, nodes, area, ids, network.upstream.plates_of(area))
    _refuse_other_levels(tables, nodes, area)
    roots = list(dict.fromkeys(t["lv_bus"] for t in transformers))
    places, said = place_buses(tables, nodes, ids, roots, lines)
    tables.items.append(said)
    customers = build_customers(tables, part.loads, part.roofs, ids)
    if not any(customer["pv_kwp"] or customer["existing_kwp"] for customer in customers):
        words = "the file has no PV: every customer's potential is 0 kWp, so that PV adoption changes nothing"
        tables.items.append(Item("not_modelled", "sgen", (), words, "simplified"))
    _tell_export(tables, part)
    upstream = tell_upstream(tables, network.upstream, network.supply.sources, area)
    caveats = [*upstream, *_left_out(network), *caveats_of_customers(part.loads, part.roofs)]
    tell_standing_pv(tables, caveats)
    data = {
        "schema_version": 1,
        **_titles(tables.source, part.key),
        "base_kv": base_kv,
        "transformer_kva": sum(t["sn_kva"] for t in transformers),
        "source": {"vn_kv": upper_kv(nodes, area), "vm_pu": network.upstream.voltage(area)},
        "transformers": transformers,
        "buses": [{"id": bus, **places[bus]} for bus in ids.values()],
        "lines": lines,
        "customers": customers,
        "f_hz": _frequency_hz(tables),
        "caveats": caveats,
    }
    return _parse(without_noise(tables, data), tables.source)


def _frequency_hz(tables: Tables) -> float:
    return next((number(row, "f_hz", USUAL_HZ) for row in tables.rows("parameters")), USUAL_HZ)


def _left_out(network: Network) -> tuple[Caveat, ...]:
    """Return what must be said where the file has load that no feeder of it has."""
    dead = [each for each in network.supply.dead if each.names]
    if not dead:
        return ()
    buses, kw = sum(len(each.nodes) for each in dead), sum(each.load_kw for each in dead)
    where, verb = ("1 bus", "is") if buses == 1 else (f"{buses} buses", "are")
    reasons = "; ".join(list(dict.fromkeys(each.reason[:150] for each in dead))[:3])
    words = f"{where} of the file, with loads of {_few(kw)} kW, {verb} in no feeder: {reasons}."
    return (Caveat(about="left_out", words=words),)


def _tell_export(tables: Tables, part: Part) -> None:
    """Say that a part exports in the file's own state: that is how it was designed, and no mistake."""
    drawn = sum(load.p_kw for load in part.loads)
    fed = sum(roof.p_kw for roof in part.roofs if not roof.still)
    if fed > drawn:
        words = (
            f"in the file's own state it feeds in {_few(fed)} kW and draws {_few(drawn)} kW: the network "
            "exports by design"
        )
        tables.items.append(Item("read", "load", (), words, "simplified"))


def _few(value: float) -> str:
    """Return a number in four digits, large ones in whole numbers."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"


def _refuse_other_levels(tables: Tables, nodes: Nodes, area: Area) -> None:
    ends = [(tables.name("trafo", row), nodes.at(row, "hv_bus")) for row in area.transformers]
    high = {name: nodes.vn_kv(node) for name, node in ends if node is not None}
    if len({round(kv, 6) for kv in high.values()}) > 1:
        said = ", ".join(f"{name} at {kv:g} kV" for name, kv in high.items())
        tables.refuse("trafo", f"one network is fed from several upper voltages ({said}); a feeder has one")


def _titles(source: Source, key: str) -> dict[str, str]:
    stem, ending = slug(source.file), "" if key == WHOLE else f"-{fit(key).lower().replace('.', '_')}"
    shown = "".join(c for c in source.file.rsplit(".", 1)[0] if c.isprintable()) or "Imported feeder"
    return {
        "feeder_id": (stem[: max(LONGEST - len(ending), 8)] + ending)[:LONGEST],
        "name": (shown if key == WHOLE else f"{shown[:60]}: {key}")[:120],
        "archetype": f"imported: {source.format}",
        "description": f"Imported from {source.format}, file {source.file[:200]}.",
    }


def _parse(data: dict[str, Any], source: Source) -> Feeder:
    """Return the feeder; what makes it none is named as the file names it."""
    try:
        return parse_feeder(data, source.file)
    except FeederFileError as error:
        kind, *rest = error.place.split(".")
        names = SIMBENCH_NAMES if source.format == "SimBench CSV" else PANDAPOWER_NAMES
        if rest and rest[0].isdigit() and kind in KINDS:
            element = data[kind][int(rest[0])]["id"]
            fields = [names.get(field, field) for field in rest[1:]]
            place = " ".join([KINDS[kind], element, *fields])
            raise ImportFileError(source.file, place, error.reason) from error
        place = names.get(error.place, error.place)
        raise ImportFileError(source.file, place, error.reason) from error
