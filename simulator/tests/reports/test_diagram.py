"""Diagrams: every element once, with its number, its class told by shape too, and nothing unsafe."""

from itertools import combinations
from xml.etree.ElementTree import Element

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS, Limits
from simulator.grid.schema import Feeder
from simulator.reports.diagram import render_diagram, render_thumbnail
from simulator.reports.scales import (
    loading_class,
    loading_legend,
    voltage_class,
    voltage_legend,
    voltage_steps,
)
from simulator.tests.feeders import all_feeders, changed
from simulator.tests.reports.pictures import SVG, hover, parse, strokes, with_class, words
from simulator.tests.reports.trees import SHAPES, network, networks

HOSTILE = "</title><script>alert(1)</script> & \"quoted\" 'name' \x00\x1b ]]> é €"
THREE = network([(0, 1, 0.1), (1, 2, 0.05)])
stored = pytest.mark.parametrize("feeder", list(all_feeders().values()), ids=list(all_feeders()))
sets = pytest.mark.parametrize("limits", list(LIMIT_SETS.values()), ids=list(LIMIT_SETS))


def drawn(feeder: Feeder, seed: int = 0) -> Element:
    """Draw a feeder in a random state that has violations of every kind."""
    random = np.random.default_rng(seed)
    vm_pu = random.uniform(0.9, 1.1, len(feeder.buses))
    line_loading = random.uniform(0, 1.2, len(feeder.lines))
    return parse(
        render_diagram(feeder, vm_pu, line_loading, random.uniform(0, 1.2, len(feeder.transformers)))
    )


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


def boxes(root: Element) -> list[tuple[str, float, float, float, float]]:
    """Return each label with its box, of letters as narrow as sans-serif ones are."""
    found = []
    for group in with_class(root, "labels"):
        for node in group:
            size, text = float(node.get("font-size", 12)), node.text or ""
            wide = 0.55 * size * len(text)
            x, y = float(node.get("x", 0)), float(node.get("y", 0))
            left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[node.get("text-anchor", "middle")]
            found.append((text, left, y - 0.7 * size, left + wide, y))
    return found


def overlaps(root: Element) -> list[tuple[str, str]]:
    """Return the pairs of labels that cover one another."""
    return [
        (one[0], other[0])
        for one, other in combinations(boxes(root), 2)
        if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
    ]


@stored
def test_no_label_covers_another_or_an_upright(feeder: Feeder) -> None:
    root = drawn(feeder)
    assert overlaps(root) == []
    for text, left, top, right, bottom in boxes(root):
        for (x, upper), (_, lower) in [*strokes(root, "joint"), *strokes(root, "busbar")]:
            assert not (left < x < right and upper < bottom and top < lower), text


@given(feeder=networks(), seed=st.integers(0, 9))
def test_no_label_covers_another_in_any_network(feeder: Feeder, seed: int) -> None:
    assert overlaps(drawn(feeder, seed)) == []


@stored
def test_labels_stay_within_the_picture(feeder: Feeder) -> None:
    root = drawn(feeder)
    width, height = map(float, root.get("viewBox", "").split()[2:])
    assert all(min(box[1:3]) >= 0 and box[3] <= width and box[4] <= height for box in boxes(root))


def test_the_extremes_are_named_with_their_voltage() -> None:
    texts = words(parse(render_diagram(THREE, [1.0, 1.03, 1.0712], [0.2, 1.345], [0.4])))
    assert "bus_2 1.071 pu" in texts
    assert "bus_0 1.000 pu" in texts
    assert "line_2 134 %" in texts


@pytest.mark.parametrize(
    ("vm_pu", "text"),
    [
        (1.0712, "bus_2: 1.071 pu, limit 1.06, 150 m"),
        (1.06, "bus_2: 1.060 pu, 150 m"),
        (1.0600001, "bus_2: 1.0600001 pu, limit 1.06, 150 m"),
        (0.9399, "bus_2: 0.9399 pu, limit 0.94, 150 m"),
    ],
)
def test_hovering_tells_a_voltage_so_that_its_side_of_the_limit_shows(vm_pu: float, text: str) -> None:
    root = parse(render_diagram(THREE, [1.0, 1.0, vm_pu]))
    assert hover(with_class(root, "bus")[2]).startswith(text)


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


@sets
def test_a_voltage_at_a_limit_is_within(limits: Limits) -> None:
    assert voltage_class(limits.vm_max_pu, limits) == "v-high-edge"
    assert voltage_class(limits.vm_min_pu, limits) == "v-low-edge"
    assert voltage_class(np.nextafter(limits.vm_max_pu, 2), limits) == "v-above"
    assert voltage_class(np.nextafter(limits.vm_min_pu, 0), limits) == "v-below"
    assert voltage_class(float("nan"), limits) == "v-none"


@sets
def test_classes_follow_each_other_from_low_to_high(limits: Limits) -> None:
    values = np.linspace(limits.vm_min_pu - 0.05, limits.vm_max_pu + 0.05, 500)
    seen = list(dict.fromkeys(voltage_class(value, limits) for value in values))
    assert seen == [look.key for look, _ in voltage_legend(limits)]
    assert list(voltage_steps(limits).values()) == sorted(voltage_steps(limits).values())


@pytest.mark.parametrize(
    ("loading", "key"),
    [
        (0, "l-light"),
        (0.4999, "l-light"),
        (0.5, "l-medium"),
        (0.8, "l-high"),
        (1.0, "l-high"),
        (1.0001, "l-over"),
    ],
)
def test_loading_classes(loading: float, key: str) -> None:
    assert loading_class(loading) == key
    assert key in {look.key for look, _ in loading_legend()}


def test_the_legend_tells_the_numbers() -> None:
    assert [text for _, text in voltage_legend(DEFAULT_LIMITS)] == [
        "below 0.940",
        "0.940–0.952",
        "0.952–0.982",
        "0.982–1.018",
        "1.018–1.048",
        "1.048–1.060",
        "above 1.060",
    ]
    texts = words(parse(render_diagram(THREE, [1.0] * 3, [0.5] * 2)))
    assert {"Voltage in pu", "0.982–1.018", "Loading", "80–100 %"} <= set(texts)
