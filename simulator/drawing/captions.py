"""The labels of a single-line diagram: what is worst, with numbers, and the names of buses."""

from collections.abc import Iterator
from itertools import pairwise

from simulator.drawing.labels import Box, LabelSpace, Spot, along, around, short_names
from simulator.drawing.plan import LEFT, TOP, Plan, on_curve
from simulator.drawing.symbols import BUSBAR_ROOM

NAME_SIZE, EXTREME_SIZE = 11.5, 12.0


def draw_labels(plan: Plan) -> Iterator[str]:
    """Yield what has room: extreme voltages and the most loaded line with numbers, buses' names."""
    space = LabelSpace((2, 2, plan.width - 2, TOP + plan.layout.height + 38))
    space.block(_occupied(plan))
    for bus in plan.state.extremes:
        words = f"{bus} {plan.state.bus_words(bus).split(',')[0]}"
        yield space.place(words, _places(plan, bus, 9), EXTREME_SIZE, font_weight="bold")
    most = plan.state.most_loaded_line
    strained = most is not None and plan.state.line_look(most).key in ("l-high", "l-over")
    if most and strained:
        yield _loading(plan, space, most, f"{most} ") or _loading(plan, space, most)
    yield from _names(plan, space)
    if most and not strained:
        yield _loading(plan, space, most, f"{most} ")
    yield from (_loading(plan, space, line) for line in plan.overloaded if line != most)


def _loading(plan: Plan, space: LabelSpace, line: str, name: str = "") -> str:
    words = name + plan.state.loading_words(plan.state.line_loading[line])
    x, y = plan.middles[line]
    places = [(x, y + dy, "middle") for dy in (-14, 23, -29)]  # further aside it would name a neighbour
    return space.place(words, places, EXTREME_SIZE, font_weight="bold")


def _names(plan: Plan, space: LabelSpace) -> Iterator[str]:
    names = short_names([bus.id for bus in plan.feeder.buses])
    told = plan.state.extremes
    rest = [bus.id for bus in plan.feeder.buses if bus.id not in told]
    for bus in sorted(rest, key=lambda bus: not plan.state.outside(bus)):  # violated ones choose first
        yield space.place(names[bus], _places(plan, bus, 7), NAME_SIZE)


def _occupied(plan: Plan) -> Iterator[Box]:
    for bus in plan.feeder.buses:
        x, y = plan.at(bus.id)
        room = 14 if bus.id in plan.highlight else 8
        yield (x - room, y - room, x + room, y + room)
    for _, near, far, y in plan.layout.edges:
        yield (LEFT + near, TOP + y - 3, LEFT + far, TOP + y + 3)
    for joint in plan.layout.joints:
        x, cap = LEFT + joint.x, BUSBAR_ROOM if joint.bus in plan.busbars else 0
        yield (x - 3, TOP + joint.top - cap, x + 3, TOP + joint.bottom + cap)
    for x, y in (plan.middles[line] for line in plan.overloaded):
        yield (x - 9, y - 9, x + 9, y + 9)
    for line in plan.layout.loops:
        bow = plan.bow(line)
        knots = [on_curve(*bow, number / 24) for number in range(25)]
        yield from (box for start, end in pairwise(knots) for box in along(start, end))
    for y in plan.layout.transformers.values():
        yield (0, TOP + y - 36, LEFT - 16, TOP + y + 50)


def _places(plan: Plan, bus: str, gap: float) -> list[Spot]:
    """Return where a bus's label may stand: about its mark; a busbar's first below or above its end."""
    x, y = plan.at(bus)
    gap += 5.0 if bus in plan.highlight else 0.0
    if bus not in plan.busbars:
        return around(x, y, gap)
    bottom, top = TOP + plan.busbars[bus].bottom, TOP + plan.busbars[bus].top
    ends = bottom + BUSBAR_ROOM + 14, top - BUSBAR_ROOM - 5
    return [(x - 4, end, "start") for end in ends] + around(x, y, gap)
