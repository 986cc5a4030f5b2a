"""Which section of a feeder a larger cable relieves most: the one that binds, or the one on the way to it."""

import numpy as np

from simulator.assessment.violations import VOLTAGE_KINDS, Violation
from simulator.grid.errors import ChangeError
from simulator.grid.schema import Feeder
from simulator.grid.topology import trace
from simulator.studies.sweep.hosting_capacity import Sweep
from simulator.studies.sweep.levels import Levels


def section_to_reinforce(levels: Levels, base: Sweep) -> str:
    """Return the line to reinforce for what binds in a sweep of these levels.

    An overloaded line is that line itself. A voltage is bound by the section, on the way from the
    transformer, that adds most to it in the case that binds; to a rise, that which adds most to the rise.
    Raises: ChangeError saying why no section relieves what binds.
    """
    binding = base.capacity.binding
    if binding is None:
        raise ChangeError("nothing binds")
    if binding.kind == "line":
        return binding.element
    if binding.kind == "transformer":
        raise ChangeError(f"{binding.element} binds, which no section relieves")
    if binding.kind not in VOLTAGE_KINDS:
        raise ChangeError("no solution tells which section binds")
    way = trace(levels.question.feeder).path(binding.element)
    if len(way) < 2:
        raise ChangeError(f"{binding.element} is a transformer's busbar, to which no section leads")
    added = np.diff(_along(levels, first_bad_level(base), binding, way))
    if binding.kind == "undervoltage":
        added = -added
    return trace(levels.question.feeder).parent_line[way[int(np.argmax(added)) + 1]]


def _along(levels: Levels, level: int, binding: Violation, way: list[str]) -> np.ndarray:
    """Return what is bound, voltage or rise in pu, at the buses of a way in the case that binds."""
    row = levels.steps.index(binding.step)
    flow = levels.at(level)
    vm_pu: np.ndarray = (flow.low_pu if binding.kind == "undervoltage" else flow.high_pu)[row]
    if binding.kind == "rise":
        vm_pu = vm_pu - levels.without_generation([level]).vm_pu[row]
    return vm_pu[_positions(levels.question.feeder, way)]


def first_bad_level(base: Sweep) -> int:
    """Return the level, in thousandths of adoption, at which the capacity's constraint is first broken."""
    return 0 if base.baseline_violation else round(base.capacity.adoption * 1000) + 1


def _positions(feeder: Feeder, buses: list[str]) -> list[int]:
    position = {bus.id: i for i, bus in enumerate(feeder.buses)}
    return [position[bus] for bus in buses]
