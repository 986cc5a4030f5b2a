"""Admittances of lines, transformers and source, conductor by conductor.

Units: pu on 1 MVA a phase, on the phase voltage of each side; a third of the admittances in pu on 1 MVA of
all phases together, as the balanced engine has them.
"""

from dataclasses import dataclass

import numpy as np

from simulator.grid.elements import Line, Transformer
from simulator.grid.phases import PHASES, Conductors
from simulator.grid.schema import Feeder
from simulator.powerflow.admittances import Admittances
from simulator.powerflow.network import SOURCE_BUS
from simulator.powerflow.wires.nodes import LEAK_OHM, NEUTRAL, Nodes, by_phase, own_neutral
from simulator.powerflow.wires.zero_sequence import line_zero, transformer_zero


@dataclass(frozen=True, eq=False)
class Blocks:
    """Elements between two buses: their nodes at either end, and the currents into them.

    Shape: ``near`` and ``far`` (elements, 4); ``admittance`` (elements, 2, 4, 2, 4): end and conductor of the
    current, end and conductor of the voltage.
    """

    near: np.ndarray
    far: np.ndarray
    admittance: np.ndarray


def line_blocks(feeder: Feeder, nodes: Nodes) -> Blocks:
    """Return all lines: pi circuits, the neutral's return folded in or a conductor of its own."""
    at = {bus.id: i for i, bus in enumerate(feeder.buses)}
    ends = np.array([[at[each.from_bus], at[each.to_bus]] for each in feeder.lines], dtype=int).reshape(-1, 2)
    series = np.zeros((len(ends), 4, 4), dtype=complex)
    shunt = np.zeros_like(series)
    omega = 2e-9 * np.pi * feeder.f_hz
    for i, line in enumerate(feeder.lines):
        ohm, siemens = _per_km(line, omega)
        has = np.array([PHASES.index(phase) for phase in line.phases])
        if own_neutral(line.wires):
            has = np.append(has, NEUTRAL)
        within = np.ix_(has, has)
        series[i][within] = np.linalg.inv(ohm[within]) / line.length_km * line.parallel
        shunt[i][within] = siemens[within] * line.length_km * line.parallel / 2
    near, far = nodes.of_buses[ends[:, 0]], nodes.of_buses[ends[:, 1]]
    return Blocks(near, far, _pi(series, shunt) * feeder.base_kv**2 / 3)


def _per_km(line: Line, omega: float) -> tuple[np.ndarray, np.ndarray]:
    """Return a line's impedance and shunt admittance per km, (4, 4)."""
    ohm, siemens = np.zeros((2, 4, 4), dtype=complex)
    if isinstance(line.wires, Conductors):
        own = slice(len(line.wires.r_ohm_per_km))
        ohm[own, own] = np.array(line.wires.r_ohm_per_km) + 1j * np.array(line.wires.x_ohm_per_km)
        if line.wires.c_nf_per_km is not None:
            siemens[own, own] = 1j * omega * np.array(line.wires.c_nf_per_km)
        return ohm, siemens
    z1, (z0, c0) = complex(line.r_ohm_per_km, line.x_ohm_per_km), line_zero(line)
    phases = slice(NEUTRAL)
    ohm[phases, phases] = by_phase(*np.array([z0, z1, z1]))
    siemens[phases, phases] = 1j * omega * by_phase(*np.array([c0, line.c_nf_per_km, line.c_nf_per_km]))
    return ohm, siemens


def transformer_blocks(feeder: Feeder, nodes: Nodes, admittances: Admittances) -> Blocks:
    """Return all transformers: the balanced engine's in positive sequence, turned the other way in negative.

    Zero sequence has no path to high voltage. Where low voltage has a neutral of its own, the star point is
    on it, earthed or not.
    """
    at = {bus.id: i for i, bus in enumerate(feeder.buses)}
    low = np.array([at[each.lv_bus] for each in feeder.transformers], dtype=int)
    if not len(low):
        return Blocks(nodes.of_buses[:0], nodes.of_buses[:0], np.zeros((0, 2, 4, 2, 4), dtype=complex))
    order, rows = admittances.order, np.arange(len(low))
    sides = [np.full(len(low), order[-1] if nodes.between else order[SOURCE_BUS]), order[1 + low]]
    ends = [m[admittances.transformers] for m in (admittances.branch_from, admittances.branch_to)]
    ff, ft, tf, tt = (np.asarray(end[rows, side]).ravel() for end in ends for side in sides)
    nothing = np.zeros(len(low))
    zero = np.array([_zero_pu(feeder, i) for i in range(len(low))])
    admittance = np.zeros((len(low), 2, 4, 2, 4), dtype=complex)
    phases = slice(NEUTRAL)
    admittance[:, 0, phases, 0, phases] = by_phase(nothing, ff, ff) / 3
    admittance[:, 0, phases, 1, phases] = by_phase(nothing, ft, tf) / 3
    admittance[:, 1, phases, 0, phases] = by_phase(nothing, tf, ft) / 3
    own = by_phase(zero, tt, tt) / 3
    star = np.concatenate([np.eye(NEUTRAL), -np.ones((NEUTRAL, 1))], axis=1)
    admittance[:, 1, :, 1, :] = star.T @ own @ star
    near = np.broadcast_to(nodes.head, (len(low), 4))
    return Blocks(near, nodes.of_buses[low], admittance)


def _zero_pu(feeder: Feeder, position: int) -> complex:
    """Return a transformer's zero-sequence admittance at low voltage, in pu on 1 MVA of all phases."""
    each = feeder.transformers[position]
    tap = each.tap
    turns = 1 + (tap.pos - tap.neutral) * tap.step_percent / 100 if tap and tap.side == "lv" else 1.0
    z_pu = transformer_zero(each) / (each.sn_kva / 1000) * (each.vn_lv_kv * turns / feeder.base_kv) ** 2
    earth_ohm = 0.0 if star_on_neutral(feeder, each.lv_bus) else _star_ohm(feeder, each)
    return 1 / (z_pu + 3 * earth_ohm / feeder.base_kv**2)


def _star_ohm(feeder: Feeder, transformer: Transformer) -> float:
    """Return what is between a star point and earth: its own earth, beside it that of its bus."""
    at_bus = next(bus.earth_ohm for bus in feeder.buses if bus.id == transformer.lv_bus)
    earths = (transformer.star_point_ohm or 0.0, at_bus, LEAK_OHM)
    ohms = [ohm for ohm in earths if isinstance(ohm, int | float)]
    return 1 / sum(1 / ohm for ohm in ohms) if all(ohms) else 0.0


def star_on_neutral(feeder: Feeder, bus: str) -> bool:
    """Whether lines with a neutral of their own begin at a bus."""
    return any(own_neutral(line.wires) and bus in (line.from_bus, line.to_bus) for line in feeder.lines)


def source_block(feeder: Feeder, nodes: Nodes) -> Blocks | None:
    """Return the source's impedance, between it and what it feeds; None where it has none."""
    impedance = feeder.source.impedance
    if impedance is None:
        return None
    y1, y0 = 1 / impedance.positive, 1 / impedance.zero
    series = np.zeros((1, 4, 4), dtype=complex)
    series[0, :NEUTRAL, :NEUTRAL] = by_phase(*np.array([y0, y1, y1])) / 3
    at = next((i for i, bus in enumerate(feeder.buses) if bus.id == feeder.source.bus), None)
    far = nodes.head if at is None else nodes.of_buses[at]
    return Blocks(nodes.number[:1], far[None], _pi(series, np.zeros_like(series)))


def _pi(series: np.ndarray, shunt: np.ndarray) -> np.ndarray:
    """Return pi circuits of matrices (elements, 4, 4)."""
    admittance = np.zeros((len(series), 2, 4, 2, 4), dtype=complex)
    for end in (0, 1):
        admittance[:, end, :, end, :] = series + shunt
        admittance[:, end, :, 1 - end, :] = -series
    return admittance
