"""An experiment: a tree sweep in NumPy, to see from how many buses on it would beat the matrix product.

Its work grows with buses times iterations, the matrix product's with their square. The product does without
it: it knows no meshes, and no line capacitance here.
"""

from dataclasses import dataclass

import numpy as np

from simulator.grid.schema import Feeder
from simulator.grid.topology import trace
from simulator.powerflow.batch import chunks
from simulator.powerflow.compiled import BASE_KVA, compile_feeder
from simulator.powerflow.iteration import ERROR_PU, MAX_ITERATIONS, SINGLE_ITERATIONS
from simulator.powerflow.ports import ports_of


@dataclass(frozen=True, eq=False)
class Tree:
    """A radial feeder with buses in depth-first order, the busbar first.

    ``order`` gives each bus's position in the feeder; ``parent`` and ``inject`` are positions in this order.
    ``impedance`` (pu on 1 MVA) is that of the line to each bus; the busbar's is all that lies before it, and
    ``no_load`` the voltage behind that.
    """

    order: np.ndarray
    parent: np.ndarray
    impedance: np.ndarray
    inject: np.ndarray
    no_load: complex


def plant(feeder: Feeder) -> Tree:
    """Return the feeder as a tree; what lies before the busbar is taken from the compiled feeder."""
    before = trace(feeder).parent
    children: dict[str, list[str]] = {}
    for bus, parent in before.items():
        children.setdefault(parent, []).append(bus)
    order, todo = [], [feeder.transformers[0].lv_bus]
    while todo:
        bus = todo.pop()
        order.append(bus)
        todo.extend(children.get(bus, ()))
    place = {bus: i for i, bus in enumerate(order)}
    lines = {line.id: complex(line.r_ohm, line.x_ohm) for line in feeder.lines}
    by = trace(feeder).parent_line
    compiled, position = compile_feeder(feeder), {bus.id: i for i, bus in enumerate(feeder.buses)}
    root = position[order[0]]
    behind = compiled.bus.response(np.array([0]))[
        root, 0
    ]  # all currents meet the same impedance before the busbar
    return Tree(
        order=np.array([position[bus] for bus in order]),
        parent=np.array([0, *(place[before[bus]] for bus in order[1:])]),
        impedance=np.array([behind, *(lines[by[bus]] / feeder.base_kv**2 for bus in order[1:])]),
        inject=np.array([place[feeder.buses[i].id] for i in ports_of(feeder).bus]),
        no_load=complex(compiled.bus.base[root]),
    )


def sweep_voltages(tree: Tree, p_kw: np.ndarray, q_kvar: np.ndarray) -> np.ndarray:
    """Return the voltages of all buses in pu, of shape (cases, buses), in the feeder's order."""
    vm_pu = np.empty((len(p_kw), len(tree.order)))
    for rows in chunks(len(p_kw)):
        conjugate_pu = np.ascontiguousarray((p_kw[rows] - 1j * q_kvar[rows]).T) / BASE_KVA
        vm_pu[rows] = np.abs(_settle(tree, conjugate_pu))[np.argsort(tree.order)].T
    return vm_pu


def _settle(tree: Tree, conjugate_pu: np.ndarray) -> np.ndarray:
    """Sweep back and forth until voltages stand still; the first times in single precision."""
    single = conjugate_pu.astype(np.complex64)
    voltage = np.full((len(tree.order), conjugate_pu.shape[1]), tree.no_load, dtype=np.complex64)
    for _ in range(SINGLE_ITERATIONS):
        voltage = _sweep(tree, single, voltage)
    voltage = voltage.astype(complex)
    for _ in range(MAX_ITERATIONS):
        before, voltage = voltage, _sweep(tree, conjugate_pu, voltage)
        if np.abs(voltage - before).max() < ERROR_PU:
            return voltage
    raise RuntimeError("the tree sweep does not settle")


def _sweep(tree: Tree, conjugate_pu: np.ndarray, voltage: np.ndarray) -> np.ndarray:
    """Sum currents from the ends to the busbar, then voltage along the lines from the busbar to the ends."""
    current = np.zeros_like(voltage)
    current[tree.inject] = conjugate_pu / np.conj(voltage[tree.inject])
    parents = tree.parent.tolist()
    for bus in range(len(parents) - 1, 0, -1):
        current[parents[bus]] += current[bus]
    current *= tree.impedance.astype(voltage.dtype)[:, None]
    current[0] += tree.no_load
    for bus in range(1, len(parents)):
        current[bus] += current[parents[bus]]
    return current
