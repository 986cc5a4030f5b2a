"""The single-line diagram of a feeder: the large one of a page, and a thumbnail for lists."""

from collections.abc import Collection, Iterator
from typing import Literal

from simulator.assessment.wording import NO_SOLUTION
from simulator.drawing.captions import draw_labels
from simulator.drawing.drawable import draw_note, too_large
from simulator.drawing.elements import draw_axis, draw_buses, draw_joints, draw_lines
from simulator.drawing.layout import lay_out
from simulator.drawing.legend import (
    Entry,
    draw_legend,
    loading_entries,
    loop_entry,
    ring_entry,
    unsolved_entry,
    voltage_entries,
)
from simulator.drawing.plan import LEFT, TOP, Plan
from simulator.drawing.state import FeederState, Values, read_state
from simulator.drawing.supply import draw_supply
from simulator.drawing.svg import INK, element, group, label, path, picture
from simulator.drawing.symbols import bus_mark
from simulator.grid.limits import DEFAULT_LIMITS, Limits
from simulator.grid.schema import Feeder
from simulator.grid.topology import trace

Direction = Literal["import", "export"]
THUMBNAIL = (160.0, 80.0)


def render_diagram(  # noqa: PLR0913 - a state is three arrays, and callers have them apart
    feeder: Feeder,
    vm_pu: Values = None,
    line_loading: Values = None,
    transformer_loading: Values = None,
    limits: Limits = DEFAULT_LIMITS,
    *,
    direction: Direction | None = None,
    labels: bool = True,
    highlight: Collection[str] = (),
) -> str:
    """Return the feeder's single-line diagram as SVG, coloured by voltage and loading.

    Shape: one value an element in the feeder's order; None draws the plain network, NaN "no solution".
    Units: pu; loadings as a share of rating. ``direction`` turns the arrow at the source; ``highlight`` rings
    buses, lines or transformers by id, such as the one that binds.

    Raises:
        ValueError: an array has another length than the feeder has such elements.
    """
    state = read_state(feeder, limits, vm_pu, line_loading, transformer_loading)
    rows, story = _legend_rows(feeder, state, highlight), _story(feeder, state)
    return draw_diagram(feeder, state, rows, story, direction=direction, labels=labels, highlight=highlight)


def draw_diagram(  # noqa: PLR0913 - pages differ in each
    feeder: Feeder,
    state: FeederState,
    legend_rows: list[tuple[str, list[Entry]]],
    story: str,
    *,
    direction: Direction | None = None,
    labels: bool = True,
    highlight: Collection[str] = (),
) -> str:
    """Return the diagram of a feeder in a state, with its legend, and its story for those who cannot see it.

    ``direction``, ``labels`` and ``highlight`` as in ``render_diagram``; what is too large is told in words.
    """
    name = f"Single-line diagram of {feeder.name}"
    if why := too_large(feeder):
        return draw_note(name, why)
    plan = Plan(feeder, state, lay_out(feeder), frozenset(highlight))
    axis_y = TOP + plan.layout.height + 40
    legend, bottom = draw_legend(legend_rows, 16, axis_y + 62, plan.width - 16)
    kind = f"diagram {_breadth(plan.width)}".rstrip()
    parts = [
        draw_axis(plan, axis_y),
        group(draw_lines(plan), class_="lines", fill="none", stroke_linecap="round"),
        group(draw_joints(plan), class_="joints", stroke=INK, stroke_linecap="round"),
        group(draw_supply(feeder, state, plan.layout.transformers, direction, highlight), class_="supply"),
        group(draw_buses(plan), class_="buses"),
        group(draw_labels(plan) if labels else (), class_="labels", text_anchor="middle"),
        label(LEFT, 16, NO_SOLUTION, class_="note", font_size=14) if state.unsolved else "",
        legend,
    ]
    return picture(parts, (plan.width, bottom), kind, name, story)


def render_thumbnail(
    feeder: Feeder, vm_pu: Values = None, line_loading: Values = None, limits: Limits = DEFAULT_LIMITS
) -> str:
    """Return a small picture of the feeder without words, of 160 by 80 units, for lists.

    Shape, units and errors as in ``render_diagram``.
    """
    name = f"Diagram of {feeder.name}"
    state = read_state(feeder, limits, vm_pu, line_loading)
    if why := too_large(feeder):
        return picture([_thumbnail_transformer(20, THUMBNAIL[1] / 2)], THUMBNAIL, "thumbnail", name, why)
    parts = [
        group(_thumbnail_lines(feeder, state), fill="none", stroke_linecap="round"),
        group(_thumbnail_buses(feeder, state)),
    ]
    return picture(parts, THUMBNAIL, "thumbnail", name)


def mark_entries(feeder: Feeder, highlight: Collection[str]) -> list[Entry]:
    """Return the legend's entries of what a feeder's diagram has besides classes: meshes and rings."""
    return [loop_entry()] * bool(trace(feeder).loop_lines) + [ring_entry()] * bool(highlight)


def _legend_rows(
    feeder: Feeder, state: FeederState, highlight: Collection[str]
) -> list[tuple[str, list[Entry]]]:
    others = mark_entries(feeder, highlight)
    rows = []
    if state.unsolved:
        rows.append(("Voltage", [unsolved_entry()]))
    elif state.vm_pu:
        rows.append(("Voltage in pu", voltage_entries(state.limits)))
    if state.line_loading and not state.unsolved:
        rows.append(("Loading", loading_entries(state.limits) + others))
    elif others:
        rows.append(("Marks", others))
    return rows


def _story(feeder: Feeder, state: FeederState) -> str:
    if state.unsolved:
        return NO_SOLUTION
    outside = sum(map(state.outside, state.vm_pu))
    overloaded = sum(state.line_look(line).key == "l-over" for line in state.line_loading)
    counts = f"{len(feeder.buses)} buses and {len(feeder.lines)} lines."
    if not state.vm_pu:
        return counts
    extremes = "; ".join(f"{bus} at {state.voltage_words(bus)}" for bus in state.extremes)
    most = state.limits.loading_max
    over = "overloaded" if most == 1 else f"above {100 * most:.4g} %"
    return f"{counts} {outside} buses outside the limits, {overloaded} lines {over}. Extremes: {extremes}."


def _breadth(width: float) -> str:
    """Return the class by which page CSS gives a picture the room that keeps its words readable."""
    return next(
        (name for name, least in (("huge", 1500), ("broad", 1200), ("wide", 1000)) if width > least), ""
    )


def _scaled(feeder: Feeder) -> tuple[dict[str, float], dict[str, float]]:
    """Return x and y of every bus within the thumbnail."""
    layout = lay_out(feeder)
    across = (THUMBNAIL[0] - 28) / layout.width
    lanes = min(layout.height, THUMBNAIL[1] - 16)
    down = lanes / layout.height if layout.height else 0
    top = (THUMBNAIL[1] - lanes) / 2
    return (
        {bus: 20 + x * across for bus, x in layout.x.items()},
        {bus: top + y * down for bus, y in layout.y.items()},
    )


def _thumbnail_lines(feeder: Feeder, state: FeederState) -> Iterator[str]:
    x, y = _scaled(feeder)
    loops = set(lay_out(feeder).loops)
    for transformer in feeder.transformers:
        yield _thumbnail_transformer(x[transformer.lv_bus], y[transformer.lv_bus])
    for line in feeder.lines:
        look = state.line_look(line.id)
        near, far = sorted((line.from_bus, line.to_bus), key=x.__getitem__)
        ends = [(x[near], y[near]), (x[far], y[far])]
        way = path(ends if line.id in loops else [ends[0], (x[near], y[far]), ends[1]])
        dashes = "3 2" if line.id in loops else None
        yield element("path", d=way, class_=f"line {look.key}", stroke=look.colour,
                      stroke_width=0.5 * look.size, stroke_dasharray=dashes)  # fmt: skip


def _thumbnail_transformer(left: float, level: float) -> str:
    coils = [element("circle", cx=left - dx, cy=level, r=3.5) for dx in (7.5, 12)]
    lead = element("path", d=path([(left, level), (left - 4, level)]), class_="lead", stroke=INK)
    return lead + group(coils, class_="lead", stroke=INK, fill="none")


def _thumbnail_buses(feeder: Feeder, state: FeederState) -> Iterator[str]:
    x, y = _scaled(feeder)
    for bus in feeder.buses:
        look = state.bus_look(bus.id)
        yield bus_mark(x[bus.id], y[bus.id], look, 0.42 * look.size)
