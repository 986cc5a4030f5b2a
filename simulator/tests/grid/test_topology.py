"""The tree of a feeder: distances, parents, ends and the lines that close meshes."""

import networkx  # type: ignore[import-untyped]
import pytest

from simulator.grid.schema import Feeder
from simulator.grid.topology import trace
from simulator.tests.feeders import all_variants, changed, plain


def test_a_row_of_buses(small_feeder: Feeder) -> None:
    topology = trace(small_feeder)
    assert topology.distance_km == pytest.approx({"bus_0": 0, "bus_1": 0.1, "bus_2": 0.2})
    assert topology.parent == {"bus_1": "bus_0", "bus_2": "bus_1"}
    assert topology.parent_line == {"bus_1": "line_1", "bus_2": "line_2"}
    assert topology.loop_lines == ()
    assert topology.path("bus_2") == ["bus_0", "bus_1", "bus_2"]
    assert topology.path("bus_0") == ["bus_0"]
    assert topology.ends == {"bus_2"}


def test_a_ring_is_cut_where_it_is_farthest(small_feeder: Feeder) -> None:
    """The way over the long line is the longer one: it closes the ring."""
    lines = plain(small_feeder)["lines"]
    values = {k: v for k, v in lines[0].items() if k not in ("r_ohm", "x_ohm")}
    long_way = {**values, "id": "line_3", "from": "bus_2", "to": "bus_0", "length_km": 0.3}
    topology = trace(changed(small_feeder, lines=[*lines, long_way]))
    assert topology.loop_lines == ("line_3",)
    short_cut = {**long_way, "length_km": 0.15}
    topology = trace(changed(small_feeder, lines=[*lines, short_cut]))
    assert topology.loop_lines == ("line_2",)
    assert topology.parent_line["bus_2"] == "line_3"
    assert topology.ends == {"bus_1", "bus_2"}


def test_the_shorter_of_two_lines_in_parallel_carries_the_tree(small_feeder: Feeder) -> None:
    lines = plain(small_feeder)["lines"]
    values = {k: v for k, v in lines[1].items() if k not in ("r_ohm", "x_ohm")}
    topology = trace(changed(small_feeder, lines=[*lines, {**values, "id": "line_3", "length_km": 0.05}]))
    assert topology.parent_line["bus_2"] == "line_3"
    assert topology.loop_lines == ("line_2",)


def test_each_bus_belongs_to_its_nearest_transformer(small_feeder: Feeder) -> None:
    data = plain(small_feeder)
    second = {**data["transformers"][0], "id": "trafo_1", "lv_bus": "bus_2"}
    feeder = changed(small_feeder, transformers=[*data["transformers"], second], transformer_kva=320)
    topology = trace(feeder)
    assert topology.distance_km == pytest.approx({"bus_0": 0, "bus_2": 0, "bus_1": 0.1})
    assert topology.path("bus_2") == ["bus_2"]
    assert len(topology.loop_lines) == 1


def test_a_feeder_of_one_bus_is_its_own_end(small_feeder: Feeder) -> None:
    topology = trace(changed(small_feeder, buses=plain(small_feeder)["buses"][:1], lines=[], customers=[]))
    assert topology.ends == {"bus_0"}
    assert topology.loop_lines == ()


@pytest.mark.parametrize("feeder", all_variants().values(), ids=all_variants())
def test_distances_are_networkxs(feeder: Feeder) -> None:
    """Dijkstra by another library, from all busbars at once; and the tree has the lengths it claims."""
    graph = networkx.Graph()
    for line in feeder.lines:
        shorter = min(line.length_km, graph.get_edge_data(line.from_bus, line.to_bus, {"km": 9e9})["km"])
        graph.add_edge(line.from_bus, line.to_bus, km=shorter)
    expected = networkx.multi_source_dijkstra_path_length(
        graph, {t.lv_bus for t in feeder.transformers}, weight="km"
    )
    topology = trace(feeder)
    assert topology.distance_km == pytest.approx(expected)
    length = {line.id: line.length_km for line in feeder.lines}
    for bus, parent in topology.parent.items():
        step = length[topology.parent_line[bus]]
        assert topology.distance_km[bus] == pytest.approx(topology.distance_km[parent] + step)
    assert len(topology.loop_lines) + len(topology.parent_line) == len(feeder.lines)
