"""Hosting capacities side by side: a bar each, with its amount beside it and what binds below it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from simulator.drawing.bar import FILL
from simulator.drawing.labels import CHARACTER, width_of
from simulator.drawing.panel import WIDE, Panel
from simulator.drawing.scales import VOLTAGE
from simulator.drawing.svg import FAINT, INK, MUTED, PAPER, element, group, label, path, picture, title
from simulator.drawing.ticks import nice_ticks
from simulator.technologies.pv import PV
from simulator.technologies.technology import Technology

LEFT, TOP, BAR, LINE, GAP, FOOT = 12.0, 34.0, 16.0, 16.0, 16.0, 48.0
BOLD = 1.08  # how much wider bold words are
GAIN = VOLTAGE["v-low-edge"].colour


@dataclass(frozen=True)
class CapacityBar:
    """One bar, None where there is no capacity to show.

    ``amount`` stands at its end, ``words`` below it. ``outlined`` is a second capacity, drawn empty.
    """

    name: str
    note: str
    size: float | None
    amount: str
    words: str
    outlined: float | None = None


def render_capacity_bars(
    bars: Sequence[CapacityBar],
    potential: float,
    name: str,
    *,
    base_size: float | None = None,
    width: float = WIDE,
    technology: Technology = PV,
) -> str:
    """Return the capacities as SVG, on one scale from 0 to the potential, or as far as bars reach.

    ``base_size`` draws an upright at each bar to compare with: what a bar has beyond it has another colour,
    what it lacks is outlined. Units: those of the technology.
    """
    rows = [_Row(bar, width) for bar in bars]
    room = max(width_of(bar.amount) * BOLD for bar in bars) + 16
    bottom = TOP + sum(row.height for row in rows)
    reached = [size for bar in bars for size in (bar.size, bar.outlined) if size is not None]
    most = max([potential, *reached, 1e-3])
    panel = Panel(LEFT, TOP, width - max(room, 40), bottom, 0, most, 0, 1)
    ticks = nice_ticks(0, most, int((panel.right - panel.left) / 80))
    whole = "the dotted upright" if most > potential else "a full bar"
    parts = [
        panel.x_axis(ticks, [f"{t:g}" for t in ticks], f"hosting capacity ({technology.unit})"),
        _muted(LEFT, TOP - 14, f"{whole} is all of the potential: {technology.amount(potential)}"),
    ]
    y = TOP
    for row in rows:
        parts.append(group(row.draw(panel, y, base_size, potential), class_="hosting"))
        y += row.height
    story = "; ".join(f"{bar.name}: {bar.amount}, {bar.words}" for bar in bars)
    return picture(parts, (width, bottom + FOOT), "chart capacity-bars", name, story)


class _Row:
    """A bar with its words, laid out for a width."""

    def __init__(self, bar: CapacityBar, width: float) -> None:
        self.bar = bar
        signs = int((width - 2 * LEFT) / (12 * CHARACTER))
        self.beside = width_of(bar.name, 13) * BOLD + 10
        fits = LEFT + self.beside + width_of(bar.note) < width
        self.note = [] if fits else wrap(bar.note, signs)
        self.words = wrap(bar.words, signs)
        drawn = BAR + 8 if bar.size is not None else 4
        self.height = LINE * (1 + len(self.note) + len(self.words)) + drawn + GAP

    def draw(self, panel: Panel, top: float, base_size: float | None, potential: float) -> Iterator[str]:
        """Yield the name, the bar with its amount, and the words."""
        bar, y = self.bar, top + LINE
        yield label(LEFT, y, bar.name, font_weight="bold", font_size=13)
        if not self.note:
            yield _muted(LEFT + self.beside, y, bar.note)
        for words in self.note:
            y += LINE
            yield _muted(LEFT, y, words)
        if bar.size is not None:
            yield from _draw_bar(panel, y + 6, bar, bar.size, base_size)
            if panel.x_high > potential:
                yield _upright(panel, y + 6, potential)
            y += BAR + 8
        else:
            y += 4
        for words in self.words:
            y += LINE
            yield label(LEFT, y, words)


def _muted(x: float, y: float, words: str) -> str:
    return label(x, y, words, class_="note", fill=MUTED) if words else ""


def _draw_bar(
    panel: Panel, y: float, bar: CapacityBar, size: float, base_size: float | None
) -> Iterator[str]:
    """Yield what is hosted, what is gained or lost against the base, what is outlined, and the amount."""
    base = size if base_size is None else base_size
    outlined = max(base, bar.outlined or 0.0)
    yield title(f"{bar.name}: {bar.amount}, {bar.words}")
    yield _block(panel, y, (0, panel.x_high), "track", FAINT)
    if outlined > size:
        yield _block(panel, y, (size, outlined), "lost", PAPER)
    yield _block(panel, y, (0, min(size, base)), "hosted", FILL)
    if size > base:
        yield _block(panel, y, (base, size), "gained", GAIN)
    if base_size is not None:
        ways = path([(panel.x(base_size), y - 4), (panel.x(base_size), y + BAR + 4)])
        yield element("path", d=ways, class_="base", stroke=INK, stroke_width=2)
    yield label(panel.right + 8, y + BAR - 4, bar.amount, font_weight="bold")


def _upright(panel: Panel, y: float, size: float) -> str:
    """Return where all of the potential is, at a bar of a chart that goes beyond: a gap in the bar."""
    x = panel.x(size)
    gap = element("path", d=path([(x, y), (x, y + BAR)]), class_="stripes", stroke=PAPER, stroke_width=3)
    ways = path([(x, y - 4), (x, y + BAR + 4)])
    return gap + element("path", d=ways, class_="axis", stroke=MUTED, stroke_dasharray="2 2")


def _block(panel: Panel, y: float, size: tuple[float, float], kind: str, colour: str) -> str:
    start, end = map(panel.x, size)
    dashes = {"stroke": MUTED, "stroke_dasharray": "4 3"} if kind == "lost" else {}
    return element("rect", x=start, y=y, width=max(end - start, 0), height=BAR, class_=kind, fill=colour,
                   **dashes)  # fmt: skip
