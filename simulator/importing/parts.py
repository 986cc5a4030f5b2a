"""What of a file becomes one feeder: all of it, or each low-voltage network on its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose

from simulator.importing.customers import Power, read_loads, read_roofs
from simulator.importing.merging import Nodes
from simulator.importing.naming import Names
from simulator.importing.supply import Area, Branch, Supply, low_branches
from simulator.importing.tables import Tables

WHOLE = "whole"


@dataclass(frozen=True)
class Part:
    """What becomes one feeder: an area by its key, with its branches, loads and roofs."""

    key: str
    area: Area
    branches: list[Branch]
    loads: list[Power]
    roofs: list[Power]

    def name(self, tables: Tables) -> str:
        """Return what the file calls its first transformer, or the source that stands in it."""
        return area_name(tables, self.area)


def find_parts(tables: Tables, nodes: Nodes, supply: Supply) -> list[Part]:
    """Return what to choose from; the areas together first, if they share both voltages."""
    areas = supply.areas
    together = _together(areas)
    live = set(together.nodes)
    branches = [each for each in low_branches(nodes) if each[1] in live]
    loads = [each for each in read_loads(tables, nodes) if each.node in live]
    roofs = [each for each in read_roofs(tables, nodes) if each.node in live]
    whole = Part(WHOLE, together, branches, loads, roofs)
    if len(areas) == 1:
        return [whole]
    names = Names()
    names.take(WHOLE, WHOLE)
    keys = [names.take(area_name(tables, area), "trafo") for area in areas]
    parts = [Part(key, area, [], [], []) for key, area in zip(keys, areas, strict=True)]
    part_of = {node: part for part in parts for node in part.area.nodes}
    for branch in branches:
        part_of[branch[1]].branches.append(branch)
    for load in loads:
        part_of[load.node].loads.append(load)
    for roof in roofs:
        part_of[roof.node].roofs.append(roof)
    alike = not any(area.source for area in areas) and _share_levels(nodes, areas)
    return [whole, *parts] if alike else parts


def area_name(tables: Tables, area: Area) -> str:
    """Return what the file calls an area's first transformer, or the source that stands in it."""
    if area.source:
        return tables.name(area.source.table, area.source.row)
    return tables.name("trafo", area.transformers[0])


def _share_levels(nodes: Nodes, areas: Sequence[Area]) -> bool:
    levels = [(nodes.vn_kv(area.nodes[0]), upper_kv(nodes, area)) for area in areas]
    return all(isclose(a, b, rel_tol=1e-6) for level in levels for a, b in zip(level, levels[0], strict=True))


def _together(areas: Sequence[Area]) -> Area:
    return Area(
        tuple(node for area in areas for node in area.nodes),
        tuple(row for area in areas for row in area.transformers),
        areas[0].source,
    )


def upper_kv(nodes: Nodes, area: Area) -> float:
    """Return the voltage that an area is fed from in kV."""
    if area.source:
        return nodes.vn_kv(area.source.node)
    node = nodes.at(area.transformers[0], "hv_bus")
    return nodes.vn_kv(node if node is not None else -1)
