"""The sweep: voltages and violations over adoption, with the hosting capacity marked."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import isfinite

import numpy as np

from simulator.drawing.band import LIMIT_ROOM, draw_band, draw_limits, voltage_range
from simulator.drawing.labels import LabelSpace, along, around, width_of
from simulator.drawing.panel import ROW, WIDE, Panel
from simulator.drawing.scales import LOADING, VOLTAGE
from simulator.drawing.svg import INK, MUTED, PAPER, element, group, label, path, picture, plain, title
from simulator.drawing.ticks import kwp_numbers, nice_ticks
from simulator.grid.limits import Limits
from simulator.technologies.pv import PV
from simulator.technologies.technology import Technology

Numbers = np.ndarray | Sequence[float]

HEIGHT, LEFT = 440.0, 58.0
APART = 7.0  # from one point of a curve to the next: nearer ones would hide it
CURVES = {"highest": VOLTAGE["v-above"].colour, "lowest": VOLTAGE["v-below"].colour}


def render_sweep_chart(  # noqa: PLR0913, PLR0917 - the curves come apart from the study
    adoption: Numbers,
    violations: Numbers,
    max_vm_pu: Numbers,
    min_vm_pu: Numbers,
    limits: Limits,
    hosting_capacity: float | None,
    hosting_capacity_size: float | None,
    n_steps: int,
    width: float = WIDE,
    potential: float | None = None,
    technology: Technology = PV,
) -> str:
    """Return the sweep as SVG: highest and lowest voltage above, quarter-hours with violations below.

    Shape: the four curves one value a point; NaN voltages are points without a solution: gaps, with a cross
    on their bars. Units: adoption and hosting capacity as a share of the potential, which may exceed 1, pu,
    sizes in the technology's unit. ``violations`` counts, of ``n_steps`` quarter-hours, those with any. With
    ``potential`` the axis tells sizes as well.

    Raises:
        ValueError: the curves differ in length.
    """
    shares = [float(share) for share in adoption]
    curves = {
        name: [float(v) for v in curve] for name, curve in zip(CURVES, (max_vm_pu, min_vm_pu), strict=True)
    }
    solved = [value for curve in curves.values() for value in curve if isfinite(value)]
    right = width - LIMIT_ROOM
    most = max([1.0, *shares])
    upper = Panel(LEFT, 36, right, 230, 0, most, *voltage_range(limits, solved))
    lower = Panel(LEFT, 288, right, 390, 0, most, 0, max(n_steps, 1))
    gap = any(not isfinite(value) for value in curves["highest"])
    counted = f"quarter-hours with a violation (of {n_steps})" + ", × no solution" * gap
    ticks = nice_ticks(0, most, 10 if width == WIDE else 4)
    sizes = kwp_numbers([share * potential for share in ticks]) if potential else []
    axis = f"{technology.adoption} (%)"
    axis += f" / installed {technology.plural} ({technology.unit})" if sizes else ""
    height = HEIGHT + (ROW if sizes else 0)
    capacity = _capacity_words(hosting_capacity, hosting_capacity_size, technology.unit)
    parts = [
        draw_band(upper, limits),
        upper.y_axis("voltage (pu)"),
        draw_limits(upper, limits),
        upper.x_axis(ticks, [""] * len(ticks), ""),
        lower.y_axis(counted, 4, whole=True),
        group(_bars(lower, shares, violations, curves["highest"], technology), class_="counts"),
        lower.x_axis(ticks, [f"{100 * share:.0f}" for share in ticks], axis, sizes),
        _potential(upper, lower) if most > 1 else "",
        _capacity(upper, lower, width, hosting_capacity, capacity),
        *(
            group(_curve(upper, shares, curve, name, technology), class_=f"curve {name}")
            for name, curve in curves.items()
        ),
        group(_names(upper, shares, curves, limits, hosting_capacity), class_="labels", text_anchor="middle"),
        "" if solved else upper.note("no solution at any adoption"),
    ]
    return picture(
        parts,
        (width, height),
        "chart sweep",
        f"{technology.label} sweep",
        capacity,
    )


def _runs(panel: Panel, shares: list[float], values: list[float]) -> list[list[tuple[float, float]]]:
    """Return the picture's points in runs that end where there is no solution."""
    runs: list[list[tuple[float, float]]] = [[]]
    for share, value in zip(shares, values, strict=True):
        if isfinite(value):
            runs[-1].append((panel.x(share), panel.y(value)))
        else:
            runs.append([])
    return [run for run in runs if run]


def _curve(
    panel: Panel, shares: list[float], values: list[float], name: str, technology: Technology
) -> Iterator[str]:
    """Yield a curve with a gap where there is no solution, and its points with their numbers on hover."""
    ways = "".join(map(path, _runs(panel, shares, values)))
    if ways:
        yield element("path", d=ways, class_="way", fill="none", stroke=CURVES[name], stroke_width=2.4)
    last = -APART
    for share, value in zip(shares, values, strict=True):
        if isfinite(value) and panel.x(share) - last >= APART:
            last = panel.x(share)
            words = title(f"{100 * share:.0f} % {technology.plural}: {name} voltage {value:.3f} pu")
            yield element("circle", words, cx=panel.x(share), cy=panel.y(value), r=3, class_="point",
                          fill=PAPER, stroke=CURVES[name], stroke_width=1.6)  # fmt: skip


def _names(
    panel: Panel,
    shares: list[float],
    curves: dict[str, list[float]],
    limits: Limits,
    capacity: float | None,
) -> Iterator[str]:
    """Yield each curve's name beside it, where it touches nothing."""
    space = LabelSpace((panel.left, panel.top - 12, panel.right, panel.bottom))
    drawn = {name: _runs(panel, shares, values) for name, values in curves.items()}
    for run in (run for runs in drawn.values() for run in runs):
        for start, end in pairwise(run):
            space.block(along(start, end, 4))
    for limit in (limits.vm_min_pu, limits.vm_max_pu):
        space.block([(panel.left, panel.y(limit) - 2, panel.right, panel.y(limit) + 2)])
    if capacity is not None:
        space.block([(panel.x(capacity) - 4, panel.top, panel.x(capacity) + 4, panel.bottom)])
    for name, runs in drawn.items():
        points = [point for run in runs for point in run]
        yield space.place(f"{name} voltage", [place for x, y in points for place in around(x, y, 5)])


def _bars(
    panel: Panel, shares: list[float], counts: Numbers, voltages: list[float], technology: Technology
) -> Iterator[str]:
    """Yield a bar a point with its count, and a cross where there is no solution."""
    places = [panel.x(share) for share in shares]
    gaps = [after - before for before, after in pairwise(places)] or [panel.right - panel.left]
    widths = [0.7 * min(pair) for pair in zip([gaps[0], *gaps], [*gaps, gaps[-1]], strict=True)]
    for share, count, voltage, x, width in zip(shares, counts, voltages, places, widths, strict=True):
        top = panel.y(float(count))
        left, right = max(x - width / 2, panel.left), min(x + width / 2, panel.right)
        unsolved = not isfinite(voltage)
        words = (
            f"{100 * share:.0f} % {technology.plural}: {count:.0f} quarter-hours with a violation"
            + ", no solution" * unsolved
        )
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


def _capacity(upper: Panel, lower: Panel, width: float, share: float | None, words: str) -> str:
    """Return the upright at the hosting capacity through both panels, with its words between them."""
    if share is None or not words:
        return ""
    x = upper.x(share)
    half = width_of(words, 13) / 2 + 4
    centre = min(max(x, half), width - half)
    ways = path([(x, upper.top), (x, upper.bottom)]) + path([(x, lower.top), (x, lower.bottom)])
    line = element("path", d=ways, stroke=INK, stroke_width=2)
    arrow = element("path", d=f"M{plain(x)} {plain(upper.top)}l-5 -9h10z", fill=INK)
    said = label(centre, upper.bottom + 22, words, text_anchor="middle", font_weight="bold", font_size=13)
    return group([line, arrow, said], class_="capacity")


def _capacity_words(share: float | None, size: float | None, unit: str) -> str:
    if share is None or not isfinite(share):
        return ""
    return f"hosting capacity {100 * share:.1f} %" + ("" if size is None else f" = {size:.0f} {unit}")
