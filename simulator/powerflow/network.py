"""A feeder as a pandapower network: the one place that translates between the two."""

from copy import deepcopy
from functools import cache
from typing import Any

from simulator.grid.schema import Feeder
from simulator.powerflow.libraries import pandapower
from simulator.powerflow.ports import ports_of

SOURCE_BUS = 0


def build_network(feeder: Feeder) -> Any:
    """Return a pandapower net: bus 0 is the source, bus i + 1 the feeder's i-th bus.

    A source with an impedance feeds the transformers through one more bus, the last.

    Lines and transformers keep the feeder's order; each injection bus has one load, of zero yet. Built with
    plural ``create_*`` calls: element by element costs ten times as long.
    """
    pp = pandapower()

    net = deepcopy(_empty_network())
    net.f_hz = feeder.f_hz  # the lines' charging goes with it
    pp.create_bus(net, vn_kv=feeder.source.vn_kv, name="source")
    pp.create_buses(net, len(feeder.buses), vn_kv=feeder.base_kv, name=[bus.id for bus in feeder.buses])
    pp.create_ext_grid(net, SOURCE_BUS, vm_pu=feeder.source.vm_pu)
    index = {bus.id: i + 1 for i, bus in enumerate(feeder.buses)}
    if feeder.lines:
        _add_lines(pp, net, feeder, index)
    head = _add_impedance(pp, net, feeder, index)
    if feeder.transformers:
        _add_transformers(pp, net, feeder, index, head)
    loads = ports_of(feeder).bus + 1
    if len(loads):
        pp.create_loads(net, loads, p_mw=0.0, q_mvar=0.0)
    return net


@cache
def _empty_network() -> Any:
    """Return pandapower's empty tables; copying them takes a ninth of the time of making them."""
    pp = pandapower()

    return pp.create_empty_network(sn_mva=1.0)


def _add_lines(pp: Any, net: Any, feeder: Feeder, index: dict[str, int]) -> None:
    lines = feeder.lines
    pp.create_lines_from_parameters(
        net,
        [index[line.from_bus] for line in lines],
        [index[line.to_bus] for line in lines],
        **{
            key: [getattr(line, key) for line in lines]
            for key in ("length_km", "r_ohm_per_km", "x_ohm_per_km", "c_nf_per_km", "max_i_ka", "parallel")
        },
        name=[line.id for line in lines],
    )


def _add_impedance(pp: Any, net: Any, feeder: Feeder, index: dict[str, int]) -> int:
    """Put the source's impedance after it, if it has one; return the bus that feeds the transformers."""
    source = feeder.source
    if source.impedance is None:
        return SOURCE_BUS
    head = index[source.bus] if source.bus else pp.create_bus(net, vn_kv=source.vn_kv, name="medium voltage")
    z_pu = source.impedance.positive
    pp.create_impedance(net, SOURCE_BUS, head, rft_pu=z_pu.real, xft_pu=z_pu.imag, sn_mva=1.0)
    return int(head)


def _add_transformers(pp: Any, net: Any, feeder: Feeder, index: dict[str, int], hv_bus: int) -> None:
    transformers = feeder.transformers
    nameplate = ("vn_hv_kv", "vn_lv_kv", "vk_percent", "vkr_percent", "pfe_kw", "i0_percent", "shift_degree")
    taps = [t.tap for t in transformers]
    pp.create_transformers_from_parameters(
        net,
        [hv_bus] * len(transformers),
        [index[t.lv_bus] for t in transformers],
        sn_mva=[t.sn_kva / 1000 for t in transformers],
        **{key: [getattr(t, key) for t in transformers] for key in nameplate},
        tap_side=[tap.side if tap else "hv" for tap in taps],
        tap_pos=[tap.pos if tap else 0 for tap in taps],
        tap_neutral=[tap.neutral if tap else 0 for tap in taps],
        tap_min=[tap.min if tap else 0 for tap in taps],
        tap_max=[tap.max if tap else 0 for tap in taps],
        tap_step_percent=[tap.step_percent if tap else 0.0 for tap in taps],
        tap_changer_type="Ratio",  # without it pandapower ignores tap_pos
        name=[t.id for t in transformers],
    )
