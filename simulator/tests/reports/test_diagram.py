"""Diagrams: every element once, with its number, its class told by shape too, and nothing unsafe."""

import numpy as np
import pytest

from simulator.drawing.diagram import render_diagram, render_thumbnail
from simulator.grid.schema import Feeder
from simulator.tests.feeders import all_feeders, changed
from simulator.tests.reports.pictures import SVG, hover, parse, with_class, words
from simulator.tests.reports.trees import SHAPES, drawn, network

HOSTILE = "</title><script>alert(1)</script> & \"quoted\" 'name' \x00\x1b ]]> é €"
THREE = network([(0, 1, 0.1), (1, 2, 0.05)])
stored = pytest.mark.parametrize("feeder", list(all_feeders().values()), ids=list(all_feeders()))


@stored
def test_every_element_is_drawn_once_with_its_number(feeder: Feeder) -> None:
    vm_pu = np.linspace(0.95, 1.05, len(feeder.buses))
    loading = np.linspace(0.1, 0.9, len(feeder.lines))
    root = parse(render_diagram(feeder, vm_pu, loading, [0.5] * len(feeder.transformers)))
    buses = [hover(node) for node in with_class(root, "bus")]
    assert [text.split(",")[0] for text in buses] == [
        f"{bus.id}: {value:.3f} pu" for bus, value in zip(feeder.buses, vm_pu, strict=True)
    ]
    lines = sorted(hover(node).split(" of ")[0] for node in with_class(root, "line") if hover(node))
    assert lines == sorted(
        f"{line.id}: {100 * value:.0f} %" for line, value in zip(feeder.lines, loading, strict=True)
    )
    transformers = [hover(node) for node in with_class(root, "transformer")]
    assert transformers == [f"{t.id}: 50 % of {t.sn_kva:g} kVA, 10/0.4 kV" for t in feeder.transformers]


@stored
def test_a_page_is_not_made_heavy(feeder: Feeder) -> None:
    """Half of the buses and of the lines beyond their limits: far more than a usable feeder has."""
    vm_pu, loading = np.linspace(0.88, 1.12, len(feeder.buses)), np.linspace(0, 2, len(feeder.lines))
    assert len(render_diagram(feeder, vm_pu, loading, [1.1])) < 30_000
    assert len(render_thumbnail(feeder, [1.07] * len(feeder.buses), [1.1] * len(feeder.lines))) < 10_000


def test_a_violated_bus_has_another_shape() -> None:
    """Up and down triangles with ! beyond the limits, circles within: colour alone tells nothing."""
    below, within, above = with_class(parse(render_diagram(THREE, [0.93, 1.0, 1.07])), "bus")
    assert within.find(f"{SVG}circle") is not None
    for bus in (below, above):
        assert bus.find(f"{SVG}circle") is None
        assert len(with_class(bus, "bang")) == 1
    tips = [
        float((bus[1].get("d") or "").removeprefix("M").split("L")[0].split()[1]) for bus in (below, above)
    ]
    level = float(within[1].get("cy", 0))
    assert tips[0] > level > tips[1]


def test_an_overloaded_line_is_thicker_and_marked() -> None:
    over, full = with_class(parse(render_diagram(THREE, None, [1.01, 1.0])), "lines")[0]
    assert float(over.get("stroke-width", 0)) > float(full.get("stroke-width", 0))
    assert [len(with_class(line, "bang")) for line in (over, full)] == [1, 0]


def test_no_solution_is_said_and_not_coloured() -> None:
    nan = float("nan")
    svg = render_diagram(THREE, [nan] * 3, [nan] * 2, [nan])
    root = parse(svg)
    assert all("no solution" in hover(node) for node in with_class(root, "bus"))
    assert all("no solution" in hover(node) for node in with_class(root, "line") if hover(node))
    assert "no solution: the feeder cannot carry this" in words(root)
    assert "nan" not in " ".join(words(root)).lower()
    assert not with_class(root, "v-middle")


def test_a_network_without_a_state_is_drawn_plain() -> None:
    root = parse(render_diagram(THREE))
    assert len(with_class(root, "bus")) == 3
    assert all("not computed" in hover(node) for node in with_class(root, "bus"))
    assert not with_class(root, "legend")


@pytest.mark.parametrize("shape", list(SHAPES))
def test_any_shape_is_drawn(shape: str) -> None:
    feeder = SHAPES[shape]
    root = drawn(feeder)
    assert len(with_class(root, "bus")) == len(feeder.buses)
    assert len([node for node in with_class(root, "line") if hover(node)]) == len(feeder.lines)
    thumbnail = parse(render_thumbnail(feeder))
    assert len(with_class(thumbnail, "line")) == len(feeder.lines)


def test_lines_that_close_meshes_are_dashed() -> None:
    ring = network([(0, 1, 0.1), (1, 2, 0.1), (0, 2, 0.15)])
    root = parse(render_diagram(ring))
    dashed = [
        hover(line).split(":")[0] for line in with_class(root, "lines")[0] if line[1].get("stroke-dasharray")
    ]
    assert len(dashed) == 1
    assert "closes a mesh" in words(root)


def test_names_are_escaped() -> None:
    lines = [
        {**line.model_dump(by_alias=True, exclude={"r_ohm", "x_ohm"}), "std_type": HOSTILE}
        for line in THREE.lines
    ]
    feeder = changed(THREE, name=HOSTILE[:120], lines=lines)
    readable = HOSTILE.replace("\x00", "").replace("\x1b", "")
    root = parse(render_diagram(feeder))
    assert root.findtext(f"{SVG}title") == f"Single-line diagram of {readable}"
    assert readable in hover(with_class(root, "lines")[0][0])
    assert parse(render_thumbnail(feeder)).findtext(f"{SVG}title") == f"Diagram of {readable}"


@pytest.mark.parametrize("direction", ["import", "export"])
def test_the_arrow_at_the_source_shows_the_direction(direction: str) -> None:
    root = parse(render_diagram(THREE, direction=direction))  # type: ignore[arg-type]
    way = (with_class(root, "arrow")[0].get("d") or "").replace("L", " ").replace("M", " ").split()
    tail, tip = float(way[0]), float(way[4])
    assert (tip > tail) == (direction == "import")
    assert direction in words(root)


def test_highlighted_elements_are_ringed() -> None:
    root = parse(render_diagram(THREE, highlight=["bus_1", "line_2", "trafo_0"]))
    ringed = [
        hover(node).split(":")[0]
        for node in root.iter()
        if any("ring" in (c.get("class") or "") for c in node)
    ]
    assert sorted(filter(None, ringed)) == ["bus_1", "line_2", "trafo_0"]


def test_labels_can_be_left_out() -> None:
    assert not with_class(parse(render_diagram(THREE, [1.0] * 3, labels=False)), "labels")


def test_a_thumbnail_has_no_words() -> None:
    for feeder in all_feeders().values():
        root = parse(render_thumbnail(feeder, [1.07] * len(feeder.buses), [1.2] * len(feeder.lines)))
        assert words(root) == []
        assert root.get("viewBox") == "0 0 160 80"


@pytest.mark.parametrize("name", ["vm_pu", "line_loading", "transformer_loading"])
def test_arrays_of_the_wrong_length_are_refused(name: str) -> None:
    arrays: dict[str, list[float]] = {name: [1.0] * 7}
    with pytest.raises(ValueError, match=f"{name} must have"):
        render_diagram(THREE, **arrays)  # type: ignore[arg-type]


def test_the_diagram_s_legend_tells_the_numbers() -> None:
    texts = words(parse(render_diagram(THREE, [1.0] * 3, [0.5] * 2)))
    assert {"Voltage in pu", "0.982–1.018", "Loading", "80–100 %"} <= set(texts)
