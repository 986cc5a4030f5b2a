"""The waterfall: how a voltage comes about, part by part from the source down to the bus."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from simulator.assessment.wording import NO_SOLUTION, sided
from simulator.drawing.band import EDGE, SHADE, voltage_range
from simulator.drawing.panel import NARROW, WIDE, Panel
from simulator.drawing.scales import VOLTAGE, voltage_look
from simulator.drawing.svg import MUTED, element, group, label, path, picture, title
from simulator.drawing.symbols import bus_mark
from simulator.drawing.ticks import decimals, nice_step, nice_ticks
from simulator.grid.limits import Limits
from simulator.studies.why.parts import NOMINAL_PU
from simulator.studies.why.wording import change_words

TOP, RESULT, FOOT = 52.0, 26.0, 48.0
CHANGE_ROOM = 96.0  # from the right, beyond which changes end and voltages begin
NAME, NAME_AND_NOTE, DIGITS = 16, 28, 4
WIDE_ROOM, NARROW_ROOM = (222.0, 150.0), (112.0, 66.0)  # for names at the left, numbers at the right
RAISES, LOWERS = VOLTAGE["v-high-edge"].colour, VOLTAGE["v-low-edge"].colour


@dataclass(frozen=True)
class Change:
    """A part of a voltage: its name, a note beside it where there is room, and what hovering tells."""

    name: str
    note: str
    change_pu: float
    story: str


def render_waterfall(
    changes: Sequence[Change], bus: str, voltage_pu: float | None, limits: Limits, width: float = WIDE
) -> str:
    """Return the waterfall as SVG: a level bar a part, from where the voltage was to where it leads.

    Parts begin at nominal voltage, 1 pu, and end at ``voltage_pu``; None, without parts, is no solution.
    """
    after = list(accumulate((change.change_pu for change in changes), initial=NOMINAL_PU))
    pitch = 22.0 if len(changes) <= 16 else 18.0 if len(changes) <= 30 else 15.0
    left, right = NARROW_ROOM if width == NARROW else WIDE_ROOM
    bottom = TOP + pitch * len(changes) + RESULT
    panel = Panel(left, TOP, width - right, bottom, *voltage_range(limits, after), 0, 1)
    parts = [
        _band(panel, limits, width == NARROW),
        _axis(panel, int((width - left - right) / 45)),
        group(_connectors(panel, after, pitch), class_="connectors", stroke=MUTED, stroke_width=1),
        group(
            (
                _row(panel, change, after[i : i + 2], TOP + pitch * (i + 0.5), width)
                for i, change in enumerate(changes)
            ),
            font_size=min(12.0, pitch - 3.5),
        ),
        _headings(panel, width),
        panel.note(NO_SOLUTION) if voltage_pu is None else _result(panel, bus, voltage_pu, limits, width),
    ]
    story = NO_SOLUTION if voltage_pu is None else "; ".join(change.story for change in changes)
    return picture(parts, (width, bottom + FOOT), "chart waterfall", f"Voltage of {bus}, part by part", story)


def _band(panel: Panel, limits: Limits, narrow: bool) -> str:
    low, high = panel.x(limits.vm_min_pu), panel.x(limits.vm_max_pu)
    band = element("rect", x=low, y=panel.top, width=high - low, height=panel.bottom - panel.top,
                   class_="band", fill=SHADE)  # fmt: skip
    ways = "".join(path([(x, panel.top - 4), (x, panel.bottom)]) for x in (low, high))
    edges = element("path", d=ways, class_="limit", stroke=EDGE, stroke_width=1.2, stroke_dasharray="6 4")
    words = (
        label(x, panel.top - 9, f"{limit:g}" if narrow else f"limit {limit:g}", class_="limit-value",
              text_anchor="middle", fill=EDGE)
        for x, limit in ((low, limits.vm_min_pu), (high, limits.vm_max_pu))
    )  # fmt: skip
    return band + edges + "".join(words)


def _axis(panel: Panel, count: int) -> str:
    places = decimals(nice_step(panel.x_high - panel.x_low, count))
    ticks = nice_ticks(panel.x_low, panel.x_high, count)
    return panel.x_axis(ticks, [f"{tick:.{places}f}" for tick in ticks], "voltage (pu)")


def _headings(panel: Panel, width: float) -> str:
    changed = width - (8 if width == NARROW else CHANGE_ROOM)
    words = [label(changed, panel.top - 28, "change (pu)", text_anchor="end")]
    if width != NARROW:
        words.append(label(width - 8, panel.top - 28, "after (pu)", text_anchor="end"))
    return group([label(6, panel.top - 28, "part"), *words], class_="scale", fill=MUTED, font_weight="bold")


def _connectors(panel: Panel, after: Sequence[float], pitch: float) -> Iterator[str]:
    """Yield a thin upright from each bar's end to the next bar's start."""
    for i, value in enumerate(after):
        x, y = panel.x(value), panel.top + pitch * (i + 0.5)
        yield element("path", d=path([(x, y - pitch if i else panel.top), (x, y)]))


def _row(panel: Panel, change: Change, ends: Sequence[float], y: float, width: float) -> str:
    start, end = map(panel.x, ends)
    raises = change.change_pu >= 0
    bar = element("rect", x=min(start, end), y=y - 5, width=max(abs(end - start), 1), height=10,
                  class_="raises" if raises else "lowers", fill=RAISES if raises else LOWERS)  # fmt: skip
    return group(
        [title(change.story), bar, *_words(panel, change, y + 4, width, ends[1])],
        class_="change",
    )


def _words(panel: Panel, change: Change, y: float, width: float, after: float) -> Iterator[str]:
    """Yield a row's name, note and numbers; a telephone has room for name and change alone."""
    changed = change_words(change.change_pu, DIGITS)
    yield label(6, y, fitted(change.name, NAME))
    if width == NARROW:
        yield label(width - 8, y, changed, text_anchor="end")
        return
    note = fitted(change.note, NAME_AND_NOTE - min(len(change.name), NAME))
    yield label(panel.left - 8, y, note, text_anchor="end", class_="note", fill=MUTED)
    yield label(width - CHANGE_ROOM, y, changed, text_anchor="end")
    yield label(width - 8, y, f"{after:.{DIGITS}f}", text_anchor="end")


def _result(panel: Panel, bus: str, voltage_pu: float, limits: Limits, width: float) -> str:
    x, y = panel.x(voltage_pu), panel.bottom - RESULT / 2
    told = sided(voltage_pu, (limits.vm_min_pu, limits.vm_max_pu), 3)
    words = [
        label(6, y + 4, fitted(bus, NAME)),
        label(width - 8, y + 4, told, text_anchor="end"),
    ]
    mark = bus_mark(x, y, voltage_look(voltage_pu, limits))
    return group(
        [title(f"{bus}: {told} pu"), group([mark], class_="bus"), *words], class_="result", font_weight="bold"
    )


def fitted(words: str, characters: int) -> str:
    """Return words cut to a number of characters, the last then an ellipsis."""
    return words if len(words) <= characters else f"{words[: characters - 1]}…"
