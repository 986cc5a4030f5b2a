"""What tells how unbalanced a feeder is, as matrices of its nodes' voltages."""

from typing import Any

import numpy as np

from simulator.powerflow.wires.blocks import Blocks
from simulator.powerflow.wires.nodes import FORTESCUE, GROUND, NEUTRAL, Nodes


def unbalances(nodes: Nodes, lines: Blocks) -> dict[str, Any]:
    """Return what tells how unbalanced a feeder is: sequences, neutrals, and what flows back in lines.

    ``positive`` and ``negative`` have a row for each bus, 0 where it lacks a phase; ``neutral`` one for each
    bus, 0 where it is earthed or folded in; ``returning`` the sum of each line's phase currents.
    """
    of_buses, three = nodes.of_buses, (nodes.of_buses[:, :NEUTRAL] != GROUND).all(axis=1)
    phases = np.where(three[:, None], of_buses[:, :NEUTRAL], GROUND)
    of_sequence = FORTESCUE.conj().T / NEUTRAL
    both = np.concatenate([lines.near, lines.far], axis=1)
    currents = lines.admittance[:, 0, :NEUTRAL].sum(axis=1).reshape(both.shape)
    return {
        "positive": _weighted(nodes, phases, np.broadcast_to(of_sequence[1], phases.shape)),
        "negative": _weighted(nodes, phases, np.broadcast_to(of_sequence[2], phases.shape)),
        "neutral": _weighted(nodes, of_buses[:, NEUTRAL:], np.ones((len(of_buses), 1))),
        "returning": _weighted(nodes, both, currents),
    }


def _weighted(nodes: Nodes, at: np.ndarray, weights: np.ndarray) -> Any:
    """Return the matrix (rows, nodes) of sums of voltages at nodes (rows, some), each with its weight."""
    from scipy.sparse import csr_matrix

    rows = np.broadcast_to(np.arange(len(at))[:, None], at.shape)
    real = at != GROUND
    return csr_matrix((weights[real], (rows[real], at[real])), shape=(len(at), nodes.count))
