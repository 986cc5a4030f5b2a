"""The parts of a single-line diagram that run to the right of the transformers, drawn from a plan."""

from collections.abc import Iterator

from simulator.drawing.plan import LEFT, TOP, Plan
from simulator.drawing.svg import FAINT, MUTED, RING, element, group, label, path, plain, title
from simulator.drawing.symbols import BUSBAR_ROOM, bus_mark, overload_mark
from simulator.drawing.ticks import distance_unit, nice_ticks

NAME_SIZE = 11.5


def draw_axis(plan: Plan, y: float) -> str:
    """Return the axis of distance below the tree, with faint uprights at its ticks."""
    unit, per_km = distance_unit(plan.layout.longest_km)
    ticks = nice_ticks(0, plan.layout.longest_km * per_km, 8)
    at = {tick: LEFT + tick / per_km * plan.layout.units_per_km for tick in ticks}
    grid = "".join(path([(x, TOP - 22), (x, y)]) for x in at.values())
    base = path([(LEFT, y), (LEFT + plan.layout.width, y)])
    marks = "".join(path([(x, y), (x, y + 5)]) for x in at.values())
    numbers = (label(x, y + 18, f"{tick:g}", text_anchor="middle") for tick, x in at.items())
    name = label(LEFT, y + 36, f"distance from the transformer ({unit})")
    return (
        element("path", d=grid, class_="grid", stroke=FAINT, stroke_width=1)
        + element("path", d=base + marks, class_="axis", stroke=MUTED, fill="none")
        + group([*numbers, name], class_="scale", font_size=NAME_SIZE, fill=MUTED)
    )


def draw_lines(plan: Plan) -> Iterator[str]:
    """Yield every line once: level in its lane, or as a dashed arc where it closes a mesh."""
    for line, near, far, y in plan.layout.edges:
        yield _line(plan, line, path([(LEFT + near, TOP + y), (LEFT + far, TOP + y)]))
    for line in plan.layout.loops:
        start, *handles, end = (f"{plain(x)} {plain(y)}" for x, y in plan.bow(line))
        yield _line(plan, line, f"M{start}C{' '.join(handles)} {end}", "7 5")


def _line(plan: Plan, line: str, way: str, dashes: str | None = None) -> str:
    look = plan.state.line_look(line)
    ring = element("path", d=way, class_="ring", stroke=RING, stroke_width=look.size + 8)
    parts = [
        title(_line_words(plan, line)),
        ring if line in plan.highlight else "",
        element("path", d=way, stroke_dasharray=dashes),
        element("path", d=way, class_="touch", opacity=0),
        overload_mark(*plan.middles[line], look) if look.key == "l-over" else "",
    ]
    return group(parts, class_=f"line {look.key}", stroke=look.colour, stroke_width=look.size)


def _line_words(plan: Plan, line_id: str) -> str:
    line = plan.lines[line_id]
    loading = plan.state.line_loading.get(line_id)
    said = (
        "" if loading is None else f"{plan.state.loading_words(loading)} of {1000 * line.rating_ka:.0f} A, "
    )
    built = f"{1000 * line.length_km:.0f} m {line.std_type}"
    return f"{line_id}: {said}{built}, {line.from_bus} to {line.to_bus}"


def draw_joints(plan: Plan) -> Iterator[str]:
    """Yield the uprights of buses whose lines leave at other levels; the busbars thick."""
    for joint in plan.layout.joints:
        room, width = (BUSBAR_ROOM, 5.0) if joint.bus in plan.busbars else (0.0, 1.5)
        x = LEFT + joint.x
        ends = [(x, TOP + joint.top - room), (x, TOP + joint.bottom + room)]
        yield element("path", d=path(ends), class_="busbar" if room else "joint", stroke_width=width)


def draw_buses(plan: Plan) -> Iterator[str]:
    """Yield every bus once."""
    for bus in plan.feeder.buses:
        x, y = plan.at(bus.id)
        ring = element("circle", cx=x, cy=y, r=13, class_="ring", fill="none", stroke=RING, stroke_width=2.5)
        metres = 1000 * plan.layout.x[bus.id] / (plan.layout.units_per_km or 1)
        words = f"{bus.id}: {plan.state.bus_words(bus.id)}, {metres:.0f} m from the transformer"
        mark = bus_mark(x, y, plan.state.bus_look(bus.id))
        yield group([title(words), ring if bus.id in plan.highlight else "", mark], class_="bus")
