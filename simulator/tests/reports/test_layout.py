"""The single-line tree: to scale, straight along the longest path, and without crossings."""

from dataclasses import replace
from itertools import combinations, pairwise

import networkx as nx  # type: ignore[import-untyped]
import pytest
from hypothesis import given

from simulator.drawing.layout import Layout, lay_out
from simulator.grid.schema import Feeder
from simulator.tests.feeders import all_feeders, meshed, with_three_transformers
from simulator.tests.reports.trees import SHAPES, network, networks

FEEDERS = SHAPES | {
    feeder.feeder_id: feeder
    for stored in all_feeders().values()
    for feeder in (stored, meshed(stored), with_three_transformers(stored))
}
NEAR = 1e-6


def crossings(feeder: Feeder, layout: Layout) -> list[str]:
    """Return what touches though it should not, by comparing every stroke with every other.

    Level strokes are lines; uprights are buses, and only the lines that end at a bus may touch its upright.
    """
    ends = {line.id: {line.from_bus, line.to_bus} for line in feeder.lines}
    found = [
        f"{one} over {other}"
        for (one, near, far, y), (other, start, end, level) in combinations(layout.edges, 2)
        if abs(y - level) < NEAR and near < end - NEAR and start < far - NEAR
    ]
    found += [
        f"{line} at {joint.bus}"
        for line, near, far, y in layout.edges
        for joint in layout.joints
        if joint.bus not in ends[line]
        and near - NEAR < joint.x < far + NEAR
        and joint.top - NEAR < y < joint.bottom + NEAR
    ]
    return found + [
        f"{one.bus} over {other.bus}"
        for one, other in combinations(layout.joints, 2)
        if abs(one.x - other.x) < NEAR and one.top - NEAR < other.bottom and other.top - NEAR < one.bottom
    ]


def as_graph(feeder: Feeder) -> "nx.Graph[str]":
    """Return the lines as another library's graph, the shortest of parallel ones."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(bus.id for bus in feeder.buses)
    for line in sorted(feeder.lines, key=lambda line: -line.length_km):
        graph.add_edge(line.from_bus, line.to_bus, weight=line.length_km)
    return graph


def check_that_x_is_the_distance_to_scale(feeder: Feeder, layout: Layout) -> None:
    """Distances are another library's."""
    roots = {t.lv_bus for t in feeder.transformers}
    distance = nx.multi_source_dijkstra_path_length(as_graph(feeder), roots)
    longest = max(distance.values())
    assert layout.longest_km == pytest.approx(longest)
    assert layout.x == pytest.approx(
        {bus: layout.width * km / (longest or 1) for bus, km in distance.items()}
    )


def check_that_the_longest_path_is_straight(feeder: Feeder, layout: Layout) -> None:
    """Every bus on some longest path from the transformer stands at the transformer's height."""
    root = feeder.transformers[0].lv_bus
    paths = nx.single_source_dijkstra_path(as_graph(feeder), root)
    longest = max(layout.x.values())
    ends = [bus for bus, x in layout.x.items() if x > longest - NEAR]
    heights = [{layout.y[bus] for bus in paths[end]} for end in ends]
    assert {layout.transformers[feeder.transformers[0].id]} in heights


def check_that_every_line_is_laid_once(feeder: Feeder, layout: Layout) -> None:
    """Each line is an edge or closes a loop, and each bus has its place."""
    assert sorted([edge[0] for edge in layout.edges] + list(layout.loops)) == sorted(
        line.id for line in feeder.lines
    )
    assert layout.x.keys() == layout.y.keys() == {bus.id for bus in feeder.buses}
    assert len(layout.edges) + len({t.lv_bus for t in feeder.transformers}) == len(feeder.buses)


def check_that_lines_run_from_the_upright_of_one_bus_to_the_other(feeder: Feeder, layout: Layout) -> None:
    """Each line begins at its near bus or that bus's upright, and ends at its far bus."""
    uprights = {joint.bus: joint for joint in layout.joints}
    lines = {line.id: line for line in feeder.lines}
    for line, near, far, y in layout.edges:
        first, last = sorted((lines[line].from_bus, lines[line].to_bus), key=layout.x.__getitem__)
        assert (far, y) == (layout.x[last], layout.y[last])
        assert near == layout.x[first]
        if y != layout.y[first]:
            assert uprights[first].top <= y <= uprights[first].bottom


def check_that_all_stands_within_the_picture(layout: Layout) -> None:
    """No bus stands outside of the width and the height that are told."""
    assert 0 <= min(layout.x.values()) <= max(layout.x.values()) <= layout.width
    assert 0 <= min(layout.y.values()) <= max(layout.y.values()) <= layout.height


@pytest.mark.parametrize("feeder", list(FEEDERS.values()), ids=list(FEEDERS))
def test_a_feeder_is_laid_out(feeder: Feeder) -> None:
    """Whole, to scale, within the picture, straight along the longest path, and without crossings."""
    layout = lay_out(feeder)
    check_that_every_line_is_laid_once(feeder, layout)
    check_that_x_is_the_distance_to_scale(feeder, layout)
    check_that_lines_run_from_the_upright_of_one_bus_to_the_other(feeder, layout)
    check_that_all_stands_within_the_picture(layout)
    if len(feeder.transformers) == 1:
        check_that_the_longest_path_is_straight(feeder, layout)
    if len(feeder.buses) <= 100:
        assert crossings(feeder, layout) == []


@given(feeder=networks())
def test_nothing_crosses_in_any_network(feeder: Feeder) -> None:
    assert crossings(feeder, lay_out(feeder)) == []


def test_the_check_sees_a_crossing() -> None:
    """Two lines in one lane over the same stretch are found, so that no finding means something."""
    feeder = network([(0, 1, 0.1), (0, 2, 0.1)])
    layout = lay_out(feeder)
    level = {y for *_, y in layout.edges}
    assert len(level) == 2
    flat = replace(layout, edges=tuple((*edge[:3], 0.0) for edge in layout.edges))
    assert crossings(feeder, flat) == ["line_1 over line_2"]


def test_transformers_on_one_busbar_stand_apart() -> None:
    levels = sorted(lay_out(SHAPES["two transformers on one bus"]).transformers.values())
    assert all(lower - upper >= 80 for upper, lower in pairwise(levels))


def test_lanes_are_used_again() -> None:
    """Laterals that leave one after the other share a lane instead of making the picture high."""
    comb = network([*((i, i + 1, 0.1) for i in range(9)), *((i, 9 + i, 0.02) for i in range(1, 9))])
    assert len(set(lay_out(comb).y.values())) <= 3


def test_equal_feeders_share_one_layout() -> None:
    assert lay_out(network([(0, 1, 0.1)])) is lay_out(network([(0, 1, 0.1)]))
    assert lay_out(network([(0, 1, 0.1), (0, 2, 0.2)])) is not lay_out(network([(0, 1, 0.1), (0, 2, 0.3)]))
