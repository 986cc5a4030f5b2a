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
from simulator.studies.sweep.wording import kwp_words

LEFT, TOP, BAR, LINE, GAP, FOOT = 12.0, 34.0, 16.0, 16.0, 16.0, 48.0
BOLD = 1.08  # how much wider bold words are
GAIN = VOLTAGE["v-low-edge"].colour


@dataclass(frozen=True)
class CapacityBar:
    """One bar in kWp, None where there is no capacity to show.

    ``amount`` stands at its end, ``words`` below it. ``outlined_kwp`` is a second capacity, drawn empty.
    """

    name: str
    note: str
    kwp: float | None
    amount: str
    words: str
    outlined_kwp: float | None = None


def render_capacity_bars(
    bars: Sequence[CapacityBar],
    potential_kwp: float,
    name: str,
    *,
    base_kwp: float | None = None,
    width: float = WIDE,
) -> str:
    """Return the capacities as SVG, on one scale from 0 to the PV potential, or as far as bars reach.

    ``base_kwp`` draws an upright at each bar to compare with: what a bar has beyond it has another colour,
    what it lacks is outlined. Units: kWp.
    """
    rows = [_Row(bar, width) for bar in bars]
    room = max(width_of(bar.amount) * BOLD for bar in bars) + 16
    bottom = TOP + sum(row.height for row in rows)
    reached = [kwp for bar in bars for kwp in (bar.kwp, bar.outlined_kwp) if kwp is not None]
    most = max([potential_kwp, *reached, 1e-3])
    panel = Panel(LEFT, TOP, width - max(room, 40), bottom, 0, most, 0, 1)
    ticks = nice_ticks(0, most, int((panel.right - panel.left) / 80))
    whole = "the dotted upright" if most > potential_kwp else "a full bar"
    parts = [
        panel.x_axis(ticks, [f"{t:g}" for t in ticks], "hosting capacity (kWp)"),
        _muted(LEFT, TOP - 14, f"{whole} is all of the potential: {kwp_words(potential_kwp)}"),
    ]
    y = TOP
    for row in rows:
        parts.append(group(row.draw(panel, y, base_kwp, potential_kwp), class_="hosting"))
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
        drawn = BAR + 8 if bar.kwp is not None else 4
        self.height = LINE * (1 + len(self.note) + len(self.words)) + drawn + GAP

    def draw(self, panel: Panel, top: float, base_kwp: float | None, potential_kwp: float) -> Iterator[str]:
        """Yield the name, the bar with its amount, and the words."""
        bar, y = self.bar, top + LINE
        yield label(LEFT, y, bar.name, font_weight="bold", font_size=13)
        if not self.note:
            yield _muted(LEFT + self.beside, y, bar.note)
        for words in self.note:
            y += LINE
            yield _muted(LEFT, y, words)
        if bar.kwp is not None:
            yield from _draw_bar(panel, y + 6, bar, bar.kwp, base_kwp)
            if panel.x_high > potential_kwp:
                yield _upright(panel, y + 6, potential_kwp)
            y += BAR + 8
        else:
            y += 4
        for words in self.words:
            y += LINE
            yield label(LEFT, y, words)


def _muted(x: float, y: float, words: str) -> str:
    return label(x, y, words, class_="note", fill=MUTED) if words else ""


def _draw_bar(panel: Panel, y: float, bar: CapacityBar, kwp: float, base_kwp: float | None) -> Iterator[str]:
    """Yield what is hosted, what is gained or lost against the base, what is outlined, and the amount."""
    base = kwp if base_kwp is None else base_kwp
    outlined = max(base, bar.outlined_kwp or 0.0)
    yield title(f"{bar.name}: {bar.amount}, {bar.words}")
    yield _block(panel, y, (0, panel.x_high), "track", FAINT)
    if outlined > kwp:
        yield _block(panel, y, (kwp, outlined), "lost", PAPER)
    yield _block(panel, y, (0, min(kwp, base)), "hosted", FILL)
    if kwp > base:
        yield _block(panel, y, (base, kwp), "gained", GAIN)
    if base_kwp is not None:
        ways = path([(panel.x(base_kwp), y - 4), (panel.x(base_kwp), y + BAR + 4)])
        yield element("path", d=ways, class_="base", stroke=INK, stroke_width=2)
    yield label(panel.right + 8, y + BAR - 4, bar.amount, font_weight="bold")


def _upright(panel: Panel, y: float, kwp: float) -> str:
    """Return where all of the potential is, at a bar of a chart that goes beyond: a gap in the bar."""
    x = panel.x(kwp)
    gap = element("path", d=path([(x, y), (x, y + BAR)]), class_="stripes", stroke=PAPER, stroke_width=3)
    ways = path([(x, y - 4), (x, y + BAR + 4)])
    return gap + element("path", d=ways, class_="axis", stroke=MUTED, stroke_dasharray="2 2")


def _block(panel: Panel, y: float, kwp: tuple[float, float], kind: str, colour: str) -> str:
    start, end = map(panel.x, kwp)
    dashes = {"stroke": MUTED, "stroke_dasharray": "4 3"} if kind == "lost" else {}
    return element("rect", x=start, y=y, width=max(end - start, 0), height=BAR, class_=kind, fill=colour,
                   **dashes)  # fmt: skip
