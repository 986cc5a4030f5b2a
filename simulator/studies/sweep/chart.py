"""The sweep: voltages and violations over adoption, with the hosting capacity marked."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from simulator.drawing.band import LIMIT_ROOM, draw_band, draw_limits, voltage_range
from simulator.drawing.labels import LabelSpace, along, around, fitting, width_of
from simulator.drawing.panel import ROW, WIDE, Panel
from simulator.drawing.scales import LOADING, VOLTAGE
from simulator.drawing.svg import INK, MUTED, PAPER, element, group, label, path, picture, plain, title
from simulator.drawing.ticks import kwp_numbers, nice_ticks
from simulator.grid.limits import Limits
from simulator.studies.sweep.hosting_capacity import Sweep, SweepPoint
from simulator.technologies.technology import Technology

Curve = list[tuple[float, float | None]]  # a voltage, in pu, at each share; None without a solution

HEIGHT, LEFT = 440.0, 58.0
GAPS = 5, 10  # from a curve to its name, which stands off one that is steep
APART = 7.0  # from one point of a curve to the next: nearer ones would hide it
CURVES = {"highest": VOLTAGE["v-above"].colour, "lowest": VOLTAGE["v-below"].colour}


def render_sweep_chart(sweep: Sweep, width: float = WIDE) -> str:
    """Return the sweep as SVG: highest and lowest voltage above, quarter-hours with violations below.

    Points without a solution are gaps in the curves, with a cross on their bars.
    """
    points, technology, limits = (*sweep.points, *sweep.beyond), sweep.technology, sweep.limits
    highest: Curve = [(p.share, p.max_voltage_pu) for p in points]
    curves = {"highest": highest, "lowest": [(p.share, p.min_voltage_pu) for p in points]}
    solved = [voltage for curve in curves.values() for _, voltage in curve if voltage is not None]
    most, count = max(1.0, points[-1].share), len(sweep.steps)
    upper = Panel(LEFT, 36, width - LIMIT_ROOM, 230, 0, most, *voltage_range(limits, solved))
    lower = Panel(LEFT, 288, width - LIMIT_ROOM, 390, 0, most, 0, count)
    gap = any(p.max_voltage_pu is None for p in points)
    counted = f"quarter-hours with a violation (of {count})" + ", × no solution" * gap
    ticks = nice_ticks(0, most, 10 if width == WIDE else 4)
    sizes = kwp_numbers([share * sweep.potential for share in ticks]) if sweep.potential else []
    share, unit = f"{technology.adoption} (%)", f"({technology.unit})"
    both = f"{share} / installed {technology.plural} {unit}", f"{share} / installed {unit}"
    axis = fitting((LEFT + width - LIMIT_ROOM) / 2, width, *both) if sizes else share
    capacity = sweep.capacity.adoption
    words = f"hosting capacity {100 * capacity:.1f} % = {sweep.capacity.installed:.0f} {technology.unit}"
    drawn = (group(_curve(upper, name, curves[name], technology), class_=f"curve {name}") for name in curves)
    parts = [
        draw_band(upper, limits),
        upper.y_axis("voltage (pu)"),
        draw_limits(upper, limits),
        upper.x_axis(ticks, [""] * len(ticks), ""),
        lower.y_axis(counted, 4, whole=True),
        group(_bars(lower, points, technology), class_="counts"),
        lower.x_axis(ticks, [f"{100 * share:.0f}" for share in ticks], axis, sizes),
        _potential(upper, lower) if most > 1 else "",
        _capacity(upper, lower, width, capacity, words),
        *drawn,
        group(_names(upper, curves, limits, capacity), class_="labels", text_anchor="middle"),
        "" if solved else upper.note("no solution at any adoption"),
    ]
    size = width, HEIGHT + (ROW if sizes else 0)
    return picture(parts, size, "chart sweep", f"{technology.label} sweep", words)


def _runs(panel: Panel, curve: Curve) -> list[list[tuple[float, float]]]:
    """Return the picture's points in runs that end where there is no solution."""
    runs: list[list[tuple[float, float]]] = [[]]
    for share, voltage in curve:
        if voltage is not None:
            runs[-1].append((panel.x(share), panel.y(voltage)))
        else:
            runs.append([])
    return [run for run in runs if run]


def _curve(panel: Panel, name: str, curve: Curve, technology: Technology) -> Iterator[str]:
    """Yield a curve with a gap where there is no solution, and its points with their numbers on hover."""
    ways = "".join(map(path, _runs(panel, curve)))
    if ways:
        yield element("path", d=ways, class_="way", fill="none", stroke=CURVES[name], stroke_width=2.4)
    last = -APART
    for share, voltage in curve:
        if voltage is not None and panel.x(share) - last >= APART:
            last = panel.x(share)
            words = title(f"{100 * share:.0f} % {technology.plural}: {name} voltage {voltage:.3f} pu")
            yield element("circle", words, cx=panel.x(share), cy=panel.y(voltage), r=3, class_="point",
                          fill=PAPER, stroke=CURVES[name], stroke_width=1.6)  # fmt: skip


def _names(panel: Panel, curves: dict[str, Curve], limits: Limits, capacity: float) -> Iterator[str]:
    """Yield each curve's name beside it, where it touches nothing."""
    space = LabelSpace((panel.left, panel.top - 12, panel.right, panel.bottom))
    drawn = {name: _runs(panel, curve) for name, curve in curves.items()}
    for run in (run for runs in drawn.values() for run in runs):
        for start, end in pairwise(run):
            space.block(along(start, end, 4))
    for limit in (limits.vm_min_pu, limits.vm_max_pu):
        space.block([(panel.left, panel.y(limit) - 2, panel.right, panel.y(limit) + 2)])
    space.block([(panel.x(capacity) - 4, panel.top, panel.x(capacity) + 4, panel.bottom)])
    for name, runs in drawn.items():
        points = [point for run in runs for point in run]
        places = (place for gap in GAPS for x, y in points for place in around(x, y, gap))
        yield space.place(f"{name} voltage", places)


def _bars(panel: Panel, points: Sequence[SweepPoint], technology: Technology) -> Iterator[str]:
    """Yield a bar a point with its count, and a cross where there is no solution."""
    places = [panel.x(point.share) for point in points]
    gaps = [after - before for before, after in pairwise(places)] or [panel.right - panel.left]
    widths = [0.7 * min(pair) for pair in zip([gaps[0], *gaps], [*gaps, gaps[-1]], strict=True)]
    for point, x, width in zip(points, places, widths, strict=True):
        top = panel.y(point.violations)
        left, right = max(x - width / 2, panel.left), min(x + width / 2, panel.right)
        unsolved = point.max_voltage_pu is None
        counted = f"{point.violations} quarter-hours with a violation" + ", no solution" * unsolved
        words = f"{100 * point.share:.0f} % {technology.plural}: {counted}"
        bar = element("rect", x=left, y=top, width=right - left, height=panel.bottom - top, class_="count",
                      fill=LOADING["l-over"].colour)  # fmt: skip
        yield group([title(words), bar, _cross((left + right) / 2, panel.bottom - 10) if unsolved else ""])


def _cross(x: float, y: float) -> str:
    ways = path([(x - 4, y - 4), (x + 4, y + 4)]) + path([(x - 4, y + 4), (x + 4, y - 4)])
    return element("path", d=ways, class_="unsolved", stroke=PAPER, stroke_width=2)


def _potential(upper: Panel, lower: Panel) -> str:
    """Return a thin upright where all of the potential is installed, for charts that go beyond."""
    x = upper.x(1.0)
    ways = path([(x, upper.top), (x, upper.bottom)]) + path([(x, lower.top), (x, lower.bottom)])
    line = element("path", d=ways, class_="axis", stroke=MUTED, stroke_dasharray="3 3")
    return group([title("all of the potential"), line], class_="potential")


def _capacity(upper: Panel, lower: Panel, width: float, share: float, words: str) -> str:
    """Return the upright at the hosting capacity through both panels, with its words between them."""
    x = upper.x(share)
    half = width_of(words, 13) / 2 + 4
    centre = min(max(x, half), width - half)
    ways = path([(x, upper.top), (x, upper.bottom)]) + path([(x, lower.top), (x, lower.bottom)])
    line = element("path", d=ways, stroke=INK, stroke_width=2)
    arrow = element("path", d=f"M{plain(x)} {plain(upper.top)}l-5 -9h10z", fill=INK)
    said = label(centre, upper.bottom + 22, words, text_anchor="middle", font_weight="bold", font_size=13)
    return group([line, arrow, said], class_="capacity")
