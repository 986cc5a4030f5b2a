"""A feeder's equations by phase: every conductor of every bus a node."""

from math import sqrt
from typing import Any

import numpy as np

from simulator.grid.schema import Feeder
from simulator.powerflow.admittances import read_admittances
from simulator.powerflow.equations import Equations, Quantity
from simulator.powerflow.network import build_network
from simulator.powerflow.ports import Ports
from simulator.powerflow.wires.blocks import (
    Blocks,
    line_blocks,
    source_block,
    transformer_blocks,
)
from simulator.powerflow.wires.nodes import BALANCED, GROUND, LEAK_OHM, NEUTRAL, Nodes
from simulator.powerflow.wires.sequences import unbalances

GIVEN = NEUTRAL  # the first nodes are the source's phases
NEAR, FAR = 0, 1


def equations_by_phase(feeder: Feeder, nodes: Nodes, ports: Ports) -> Equations:
    """Return a feeder's equations; quantities are shares of ratings, voltages pu of the phase voltage.

    ``bus`` has a row for each phase of each bus, to its neutral, in the buses' order: ``phase_rows``.
    """
    lines = line_blocks(feeder, nodes)
    transformers = transformer_blocks(feeder, nodes, read_admittances(build_network(feeder)))
    source = source_block(feeder, nodes)
    every = [lines, transformers] + ([] if source is None else [source])
    whole = sum(_admittance(each, nodes) for each in every) + _earths(feeder, nodes)
    given = BALANCED * feeder.source.vm_pu
    rows = {
        "injection": _between(nodes, *port_nodes(nodes, ports)),
        "bus": _between(nodes, *_supplies(nodes)),
        **_loadings(feeder, nodes, lines, transformers),
        "source": BALANCED.conj() @ whole[:GIVEN],
        **unbalances(nodes, lines),
    }
    return Equations(
        matrix=whole[GIVEN:, GIVEN:],
        source=-(whole[GIVEN:, :GIVEN] @ given),
        ports=rows["injection"][:, GIVEN:].T.tocsc(),
        quantities={name: _free(matrix, given) for name, matrix in rows.items()},
    )


def phase_rows(nodes: Nodes) -> np.ndarray:
    """Return which row of ``bus`` is a phase of a bus, (buses, 3); ``GROUND`` where it has none."""
    there = nodes.of_buses[:, :NEUTRAL] != GROUND
    return np.where(there, np.cumsum(there).reshape(there.shape) - 1, GROUND)


def port_nodes(nodes: Nodes, ports: Ports) -> tuple[np.ndarray, np.ndarray]:
    """Return the nodes between which each port is."""
    of_bus = nodes.of_buses[ports.bus]
    at = np.arange(len(of_bus))
    return of_bus[at, ports.phases[:, 0]], of_bus[at, ports.phases[:, 1]]


def _supplies(nodes: Nodes) -> tuple[np.ndarray, np.ndarray]:
    phases = nodes.of_buses[:, :NEUTRAL]
    neutral = np.broadcast_to(nodes.of_buses[:, NEUTRAL:], phases.shape)
    there = phases != GROUND
    return phases[there], neutral[there]


def _between(nodes: Nodes, plus: np.ndarray, minus: np.ndarray) -> Any:
    """Return the matrix (rows, nodes) of voltages between nodes."""
    from scipy.sparse import csr_matrix

    at = np.arange(len(plus))
    rows, columns = np.concatenate([at, at]), np.concatenate([plus, minus])
    signs = np.repeat([1.0, -1.0], len(at))
    real = columns != GROUND
    shape = (len(at), nodes.count)
    return csr_matrix((signs[real], (rows[real], columns[real])), shape=shape)


def _admittance(blocks: Blocks, nodes: Nodes) -> Any:
    """Return what elements add to the matrix of all nodes."""
    from scipy.sparse import csr_matrix

    at = np.concatenate([blocks.near, blocks.far], axis=1)
    size = at.shape[1]
    values = blocks.admittance.reshape(len(at), size, size)
    rows = np.broadcast_to(at[:, :, None], values.shape)
    columns = np.broadcast_to(at[:, None, :], values.shape)
    real = (rows != GROUND) & (columns != GROUND) & (values != 0)
    return csr_matrix((values[real], (rows[real], columns[real])), shape=(nodes.count, nodes.count))


def _currents(blocks: Blocks, end: int, nodes: Nodes, by: np.ndarray) -> Any:
    """Return the matrix (elements x 3, nodes) of the phases' currents at an end, parted by ``by``."""
    from scipy.sparse import csr_matrix

    at = np.concatenate([blocks.near, blocks.far], axis=1)
    values = blocks.admittance[:, end, :NEUTRAL].reshape(len(at), NEUTRAL, at.shape[1]) / by[:, None, None]
    rows = np.broadcast_to(np.arange(len(at) * NEUTRAL).reshape(-1, NEUTRAL, 1), values.shape)
    columns = np.broadcast_to(at[:, None, :], values.shape)
    real = (columns != GROUND) & (values != 0)
    return csr_matrix((values[real], (rows[real], columns[real])), shape=(len(at) * NEUTRAL, nodes.count))


def _loadings(feeder: Feeder, nodes: Nodes, lines: Blocks, transformers: Blocks) -> dict[str, Any]:
    rating_ka = np.array([line.rating_ka if line.rated else np.inf for line in feeder.lines])
    line_pu = rating_ka * feeder.base_kv / sqrt(3)
    rated = np.array([t.sn_kva / 3000 if t.rated else np.inf for t in feeder.transformers])
    hv_pu = rated * [feeder.source.vn_kv / t.vn_hv_kv for t in feeder.transformers]
    lv_pu = rated * [feeder.base_kv / t.vn_lv_kv for t in feeder.transformers]
    return {
        "line_from": _currents(lines, NEAR, nodes, line_pu),
        "line_to": _currents(lines, FAR, nodes, line_pu),
        "transformer_hv": _currents(transformers, NEAR, nodes, hv_pu),
        "transformer_lv": _currents(transformers, FAR, nodes, lv_pu),
    }


def _earths(feeder: Feeder, nodes: Nodes) -> Any:
    """Return the earths of neutrals and star points."""
    from scipy.sparse import diags

    siemens = np.zeros(nodes.count)
    neutral = nodes.of_buses[:, NEUTRAL]
    siemens[neutral[neutral != GROUND]] = 1 / LEAK_OHM
    at = {bus.id: i for i, bus in enumerate(feeder.buses)}
    ohms: list[tuple[int, object]] = [(i, bus.earth_ohm) for i, bus in enumerate(feeder.buses)]
    ohms += [(at[each.lv_bus], each.star_point_ohm) for each in feeder.transformers]
    for i, ohm in ohms:
        if neutral[i] != GROUND and isinstance(ohm, int | float):
            siemens[neutral[i]] += 1 / ohm
    return diags(siemens * feeder.base_kv**2 / 3, format="csr")


def _free(matrix: Any, given: np.ndarray) -> Quantity:
    """Return a matrix of all nodes as one of those whose voltages are sought, and a base."""
    from scipy.sparse import csr_matrix

    sparse = csr_matrix(matrix)
    return sparse[:, GIVEN:], sparse[:, :GIVEN] @ given
