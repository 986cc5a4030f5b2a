"""The PV sweep: voltages and violations over PV adoption, with the hosting capacity marked."""

from collections.abc import Iterator, Sequence
from math import isfinite

import numpy as np

from simulator.grid.limits import Limits
from simulator.reports.charts.band import draw_band, draw_limits, voltage_range
from simulator.reports.charts.panel import Panel
from simulator.reports.labels import width_of
from simulator.reports.scales import VOLTAGE
from simulator.reports.svg import INK, MUTED, PAPER, element, group, label, path, picture, title

Numbers = np.ndarray | Sequence[float]

SIZE = (720.0, 430.0)
LEFT, RIGHT = 58.0, 694.0
HIGH, LOW, COUNT = VOLTAGE["v-above"].colour, VOLTAGE["v-below"].colour, "#8b0a2a"


def render_sweep_chart(  # noqa: PLR0913 - the curves come apart from the study
    adoption: Numbers,
    violations: Numbers,
    max_vm_pu: Numbers,
    min_vm_pu: Numbers,
    limits: Limits,
    hosting_capacity: float | None,
    hosting_capacity_kwp: float | None,
    n_steps: int,
) -> str:
    """Return the sweep as SVG: highest and lowest voltage above, quarter-hours with violations below.

    Shape: the four curves one value a point; NaN voltages are points without a solution, drawn as gaps.
    Units: adoption and hosting capacity as a share 0..1, pu, kWp. ``violations`` counts, of ``n_steps``
    quarter-hours, those with any violation.
    """
    voltages = [float(v) for curve in (max_vm_pu, min_vm_pu) for v in curve if isfinite(v)]
    upper = Panel(LEFT, 34, RIGHT, 226, 0, 1, *voltage_range(limits, voltages))
    lower = Panel(LEFT, 274, RIGHT, SIZE[1] - 50, 0, 1, 0, max(n_steps, 1))
    shares = [number / 10 for number in range(11)]
    parts = [
        draw_band(upper, limits),
        upper.y_axis("voltage (pu)"),
        draw_limits(upper, limits),
        group(_curve(upper, adoption, max_vm_pu, HIGH, "highest"), class_="curve highest"),
        group(_curve(upper, adoption, min_vm_pu, LOW, "lowest"), class_="curve lowest"),
        lower.y_axis(f"quarter-hours with a violation (of {n_steps})", 4, whole=True),
        group(_bars(lower, adoption, violations, max_vm_pu), class_="counts"),
        lower.x_axis(shares, [f"{100 * share:.0f}" for share in shares], "PV adoption (%)"),
        _capacity(upper, lower, hosting_capacity, hosting_capacity_kwp),
    ]
    return picture(parts, SIZE, "chart sweep", "PV sweep", _story(hosting_capacity, hosting_capacity_kwp))


def _curve(panel: Panel, adoption: Numbers, voltage: Numbers, colour: str, name: str) -> Iterator[str]:
    """Yield the curve's runs of solved points, its points with their numbers, and its name at its end."""
    run: list[tuple[float, float]] = []
    runs = [run]
    for share, value in zip(adoption, voltage, strict=True):
        if isfinite(value):
            run.append((panel.x(share), panel.y(value)))
        elif run:
            run = []
            runs.append(run)
    drawn = [points for points in runs if points]
    ways = "".join(path(points) for points in drawn)
    if not drawn:
        return
    yield element("path", d=ways, class_="way", fill="none", stroke=colour, stroke_width=2.4, stroke_linejoin="round")
    for share, value in zip(adoption, voltage, strict=True):
        if isfinite(value):
            yield element("circle", title(f"{100 * share:.0f} % PV: {name} {value:.3f} pu"), cx=panel.x(share),
                          cy=panel.y(value), r=3, class_="point", fill=PAPER, stroke=colour, stroke_width=1.6)  # fmt: skip
    x, y = drawn[0][0]
    yield label(x + 6, y + (-9 if name == "highest" else 18), f"{name} voltage", font_size=11, fill=INK)


def _bars(panel: Panel, adoption: Numbers, violations: Numbers, solved: Numbers) -> Iterator[str]:
    width = 0.7 * (panel.right - panel.left) / max(len(adoption), 2)
    for share, count, voltage in zip(adoption, violations, solved, strict=True):
        x, top = panel.x(share), panel.y(count)
        words = title(f"{100 * share:.0f} % PV: {count:.0f} quarter-hours with a violation")
        if count:
            left, right = max(x - width / 2, panel.left), min(x + width / 2, panel.right)
            yield element("rect", words, x=left, y=top, width=right - left, height=panel.bottom - top, class_="count",
                          fill=COUNT)  # fmt: skip
        if not isfinite(voltage):
            yield label(x, panel.bottom - 6, "×", class_="unsolved", text_anchor="middle", fill=PAPER, font_weight="bold")


def _capacity(upper: Panel, lower: Panel, share: float | None, kwp: float | None) -> str:
    """Return the upright at the hosting capacity, through both panels, with its share and kWp."""
    if share is None or not isfinite(share):
        return ""
    x = upper.x(share)
    words = f"hosting capacity {_capacity_words(share, kwp)}"
    wide = width_of(words, 12) / 2
    at = min(max(x, upper.left + wide), upper.right - wide)
    line = element("path", d=path([(x, upper.top), (x, lower.bottom)]), stroke=INK, stroke_width=1.8)
    return group([line, label(at, upper.bottom + 20, words, text_anchor="middle", font_weight="bold")], class_="capacity")


def _capacity_words(share: float, kwp: float | None) -> str:
    return f"{100 * share:.1f} %" + ("" if kwp is None else f" = {kwp:.0f} kWp")


def _story(share: float | None, kwp: float | None) -> str:
    return "" if share is None or not isfinite(share) else f"Hosting capacity {_capacity_words(share, kwp)} of PV adoption."
