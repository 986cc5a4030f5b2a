"""Monte Carlo in two charts: the pass rate over adoption, and how the capacity's quantiles settle."""

from collections.abc import Iterator, Sequence
from math import log10

import numpy as np

from simulator.drawing.band import SHADE
from simulator.drawing.labels import fitting, width_of
from simulator.drawing.panel import ROW, WIDE, Panel
from simulator.drawing.svg import INK, MUTED, element, group, label, path, picture, title
from simulator.drawing.ticks import kwp_numbers
from simulator.studies.monte_carlo.answer import MonteCarlo
from simulator.studies.monte_carlo.quantiles import Quantile

HEIGHT, LEFT, ROOM = 320.0, 58.0, 70.0
LEGEND = 18.0  # the row of names above the pass rate
BOLD = 1.08  # how much wider bold words are
COLOURS = {0.05: "#08519c", 0.5: "#1b2733", 0.95: "#a63603"}
NAMES = {0.05: "P5", 0.5: "P50", 0.95: "P95"}


def render_pass_rate(found: MonteCarlo, width: float = WIDE) -> str:
    """Return the pass rate over adoption as SVG, with the capacity's quantiles on the same axis.

    So many customers have the same share of the potential, on average over the orders of adoption.
    """
    panel = Panel(LEFT, 40 + LEGEND, width - 20, HEIGHT - 50 + LEGEND, 0, 100, 0, 100)
    ticks = list(range(0, 101, 10 if width == WIDE else 25))
    plural, unit, potential = found.technology.plural, found.technology.unit, found.potential
    sizes = kwp_numbers([potential * tick / 100 for tick in ticks])
    adoption, pass_rate = found.adopters / max(found.customers, 1), found.pass_rate
    points = panel.points(100 * adoption, 100 * pass_rate)
    area = path([(panel.left, panel.bottom), *points, (panel.right, panel.bottom)]) + "Z"
    told = zip(adoption, pass_rate, points, strict=True)
    dots = [
        _dot(x, y, f"{a:.0%} of customers, {a * potential:.0f} {unit} on average: {p:.1%} of placements pass")
        for a, p, (x, y) in told
    ]
    share = f"customers with {plural} (%)"
    names = f"{share} / mean {plural} ({unit})", f"{share} / mean ({unit})"
    name = fitting((panel.left + panel.right) / 2, width, *names)
    parts = [
        element("path", d=area, class_="band", fill=SHADE),
        panel.y_axis("placements within limits (%)", 5),
        panel.x_axis(ticks, [str(t) for t in ticks], name, sizes),
        element("path", d=path(points), class_="way plain", fill="none", stroke=INK, stroke_width=2.2),
        group(dots, class_="dots"),
        *_marks(panel, found.quantiles(), potential, unit, "hosting capacity " if width == WIDE else ""),
    ]
    said = (
        f"{pass_rate[0]:.0%} of {found.placements} placements pass without {plural}, "
        f"{pass_rate[-1]:.0%} with all of it"
    )
    return picture(parts, (width, HEIGHT + LEGEND + ROW), "chart chance", "Pass rate over adoption", said)


def _marks(
    panel: Panel, quantiles: Sequence[Quantile], potential: float, unit: str, words: str
) -> Iterator[str]:
    """Yield an upright where each quantile lies, and their names in a row at the top."""
    left, top = 6.0, 16.0
    for quantile in quantiles:
        x, name = panel.x(100 * quantile.value / potential), NAMES[quantile.share]
        said = f"{words}{name} {quantile.value:.0f} {unit}" if words else f"{name} {quantile.value:.0f}"
        way = path([(x, panel.top), (x, panel.bottom)])
        colour, key = COLOURS[quantile.share], name.lower()
        yield element("path", title(said), d=way, class_=f"quantile {key}", stroke=colour,
                      stroke_width=1.6, stroke_dasharray="5 4", fill="none")  # fmt: skip
        yield label(left, top, said, class_=f"quantile-name {key}", font_weight="bold", fill=colour)
        left += width_of(said) * BOLD + 14


def _dot(x: float, y: float, words: str) -> str:
    return element("circle", title(words), cx=x, cy=y, r=3.2, class_="dot", fill=INK)


def render_convergence(found: MonteCarlo, width: float = WIDE) -> str:
    """Return the quantiles over the number of placements, with 95 % confidence bands, and the even spread."""
    sizes = sorted({int(n) for n in np.geomspace(1, found.placements, 50).round()})
    quantiles, unit = [found.quantiles(n) for n in sizes], found.technology.unit
    even = found.even.installed
    low, high = min(float(found.installed.min()), even), max(float(found.installed.max()), even)
    air = 0.1 * (high - low) or 1.0
    low, high = max(0.0, low - air), high + air
    last = log10(max(sizes[-1], 2))
    panel = Panel(LEFT, 40, width - ROOM, HEIGHT - 50, 0, last, low, high)
    ticks = [n for n in (1, 10, 100, 1000, 10_000, 100_000) if log10(n) <= last]
    parts = [
        panel.y_axis(f"hosting capacity ({unit})", 6),
        panel.x_axis([log10(n) for n in ticks], [f"{n:,}" for n in ticks], "placements drawn (logarithmic)"),
    ]
    level = panel.y(even)
    dashes = path([(panel.left, level), (panel.right, level)])
    parts.append(element("path", d=dashes, class_="axis", stroke=MUTED, stroke_dasharray="6 4", fill="none"))
    words = f"even spread {even:.0f}"
    parts.append(label(panel.left + 8, level - 6, words, class_="note", font_size=12, fill=MUTED))
    told: list[float] = []
    for share in COLOURS:
        curve = [
            (log10(n), q) for n, row in zip(sizes, quantiles, strict=True) for q in row if q.share == share
        ]
        if curve:
            parts += [*_quantile(panel, share, curve), _name(panel, share, curve[-1][1].value, told)]
    said = "; ".join(
        f"{NAMES[q.share]} {q.value:.0f} {unit} ({q.low:.0f} to {q.high:.0f})" for q in quantiles[-1]
    )
    return picture(parts, (width, HEIGHT), "chart chance", "Convergence of the quantiles", said)


def _quantile(panel: Panel, share: float, found: list[tuple[float, Quantile]]) -> Iterator[str]:
    at = [x for x, _ in found]
    upper = panel.points(at, [min(q.high, panel.y_high) for _, q in found])  # open bands end at the edge
    lower = panel.points(at, [max(q.low, panel.y_low) for _, q in found])
    name = NAMES[share].lower()
    band = path([*upper, *reversed(lower)]) + "Z"
    yield element("path", d=band, class_=f"spread {name}", fill=COLOURS[share], fill_opacity="0.16")
    way = path(panel.points(at, [q.value for _, q in found]))
    yield element(
        "path", d=way, class_=f"quantile {name}", fill="none", stroke=COLOURS[share], stroke_width=2.2
    )


def _name(panel: Panel, share: float, value: float, told: list[float]) -> str:
    """Return a quantile's name at the right, clear of those already there."""
    y = panel.y(value) + 4
    while any(abs(y - other) < 14 for other in told):
        y -= 1
    told.append(y)
    words = f"{NAMES[share]} {value:.0f}"
    kind = f"quantile-name {NAMES[share].lower()}"
    return label(panel.right + 6, y, words, class_=kind, fill=COLOURS[share], font_weight="bold")
