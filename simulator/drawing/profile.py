"""The voltage profile: voltage over distance from the transformer, branch by branch."""

from collections.abc import Iterator
from math import isfinite

import numpy as np

from simulator.assessment.wording import NO_SOLUTION
from simulator.drawing.band import LIMIT_ROOM, draw_band, draw_limits, voltage_range
from simulator.drawing.drawable import draw_note, too_large
from simulator.drawing.labels import LabelSpace, along, around, short_names
from simulator.drawing.panel import WIDE, Panel
from simulator.drawing.state import FeederState, Values, read_state
from simulator.drawing.svg import MUTED, element, group, label, path, picture, title
from simulator.drawing.symbols import bus_mark
from simulator.drawing.ticks import distance_unit, nice_ticks
from simulator.grid.limits import Limits
from simulator.grid.phases import PHASES
from simulator.grid.schema import Feeder
from simulator.grid.topology import Topology, trace

HEIGHT = 340.0
DASHES = (None, "7 3", "2 3")  # of a, b and c
Point = tuple[float, float]


def render_voltage_profile(
    feeder: Feeder, vm_pu: Values, limits: Limits, width: float = WIDE, phases: np.ndarray | None = None
) -> str:
    """Return the voltage profile as SVG: each bus at its distance, joined along the tree, with the band.

    Shape: ``vm_pu`` one value a bus in the feeder's order; ``phases`` (buses, 3), by phase, each joined by
    itself, NaN where a bus lacks one: ``vm_pu`` are then the worst of them. Units: pu.

    Raises:
        ValueError: there are more or fewer voltages than buses.
    """
    state, topology = read_state(feeder, limits, vm_pu), trace(feeder)
    name = f"Voltage profile of {feeder.name}"
    if why := too_large(feeder):
        return draw_note(name, why)
    solved = {bus: value for bus, value in state.vm_pu.items() if isfinite(value)}
    longest = max(topology.distance_km.values()) or 0.001
    shown = list(solved.values()) if phases is None else phases[np.isfinite(phases)].tolist()
    panel = Panel(58, 36, width - LIMIT_ROOM, HEIGHT - 50, 0, longest, *voltage_range(limits, shown))
    unit, per_km = distance_unit(longest)
    ticks = nice_ticks(0, longest * per_km, int(width / 95))
    at = {bus: (panel.x(topology.distance_km[bus]), panel.y(value)) for bus, value in solved.items()}
    parts = [
        draw_band(panel, limits),
        panel.y_axis("voltage (pu)"),
        panel.x_axis(
            [t / per_km for t in ticks], [f"{t:g}" for t in ticks], f"distance from the transformer ({unit})"
        ),
        draw_limits(panel, limits),
        _joined(feeder, topology, at) if phases is None else _by_phase(feeder, topology, panel, phases),
        group(_buses(state, at), class_="buses"),
        group(_labels(feeder, state, panel, at), class_="labels", text_anchor="middle"),
        "" if solved else panel.note(NO_SOLUTION),
    ]
    return picture(parts, (width, HEIGHT), "chart profile", name, _story(state))


def _joined(feeder: Feeder, topology: Topology, at: dict[str, Point]) -> str:
    ways = _branches(feeder, topology, at)
    return group(ways, class_="branches", fill="none", stroke=MUTED, stroke_width=1.6)


def _by_phase(feeder: Feeder, topology: Topology, panel: Panel, phases: np.ndarray) -> str:
    """Return a way for each phase, told apart by its dashes, with its letter at its furthest bus."""
    parts = []
    for phase, dashes, of_phase in zip(PHASES, DASHES, phases.T, strict=True):
        at = {
            bus.id: (panel.x(topology.distance_km[bus.id]), panel.y(value))
            for bus, value in zip(feeder.buses, of_phase.tolist(), strict=True)
            if isfinite(value)
        }
        if not at:
            continue
        lines = [line for line in feeder.lines if line.from_bus in at and line.to_bus in at]
        d = "".join(path([at[line.from_bus], at[line.to_bus]]) for line in lines)
        parts.append(element("path", title(f"phase {phase}"), d=d, stroke_dasharray=dashes))
        x, y = max(at.values())
        parts.append(label(x + 12, y + 4, phase, fill=MUTED, stroke="none", font_size=12))
    return group(parts, class_="branches phases", fill="none", stroke=MUTED, stroke_width=1.4)


def _branches(feeder: Feeder, topology: Topology, at: dict[str, Point]) -> Iterator[str]:
    loops = set(topology.loop_lines)
    for dashed in (False, True):
        ways = [
            path([at[line.from_bus], at[line.to_bus]])
            for line in feeder.lines
            if (line.id in loops) == dashed and line.from_bus in at and line.to_bus in at
        ]
        if ways:
            yield element(
                "path", d="".join(ways), class_="branch", stroke_dasharray="6 4" if dashed else None
            )


def _buses(state: FeederState, at: dict[str, Point]) -> Iterator[str]:
    for bus, (x, y) in at.items():
        look = state.bus_look(bus)
        yield group(
            [title(f"{bus}: {state.voltage_words(bus)}"), bus_mark(x, y, look, 0.8 * look.size)], class_="bus"
        )


def _labels(feeder: Feeder, state: FeederState, panel: Panel, at: dict[str, Point]) -> Iterator[str]:
    """Yield the extremes with their voltage and violated buses' names, clear of all that is drawn."""
    space = LabelSpace((panel.left, 18, panel.right + 40, panel.bottom))
    space.block((x - 6, y - 6, x + 6, y + 6) for x, y in at.values())
    for line in feeder.lines:
        if line.from_bus in at and line.to_bus in at:
            space.block(along(at[line.from_bus], at[line.to_bus]))
    for edge in (state.limits.vm_max_pu, state.limits.vm_min_pu):
        space.block([(panel.left, panel.y(edge) - 1, panel.right + LIMIT_ROOM, panel.y(edge) + 1)])
    names, extremes = short_names([bus.id for bus in feeder.buses]), state.extremes
    for bus in extremes:
        words = f"{bus} {state.voltage_words(bus).split(',')[0]}"
        yield space.place(words, [*around(*at[bus]), *around(*at[bus], 22)], 12, font_weight="bold")
    for bus, (x, y) in at.items():
        if bus not in extremes and state.outside(bus):
            yield space.place(names[bus], around(x, y), 11.5)


def _story(state: FeederState) -> str:
    if state.unsolved:
        return NO_SOLUTION
    return "; ".join(f"{bus}: {state.voltage_words(bus)}" for bus in state.extremes)
