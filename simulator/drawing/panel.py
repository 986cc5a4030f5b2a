"""A chart's panel: a rectangle with two scales, its axes and grid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.drawing.svg import FAINT, MUTED, element, group, label, path
from simulator.drawing.ticks import decimals, nice_step, nice_ticks

WIDE, NARROW = 760.0, 360.0  # widths of a chart, for a desk and for a telephone
ROW = 15  # from a row of an axis's numbers to the next


@dataclass(frozen=True)
class Panel:
    """A rectangle of a picture that shows ``x_low..x_high`` by ``y_low..y_high``."""

    left: float
    top: float
    right: float
    bottom: float
    x_low: float
    x_high: float
    y_low: float
    y_high: float

    def x(self, value: float) -> float:
        """Return the picture's x of a value."""
        return self.left + (value - self.x_low) / (self.x_high - self.x_low) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Return the picture's y of a value."""
        return self.bottom - (value - self.y_low) / (self.y_high - self.y_low) * (self.bottom - self.top)

    def points(self, xs: Iterable[float], ys: Iterable[float]) -> list[tuple[float, float]]:
        """Return the picture's points of values."""
        return [(self.x(x), self.y(y)) for x, y in zip(xs, ys, strict=True)]

    def y_axis(self, name: str, count: int = 7, *, whole: bool = False) -> str:
        """Return the upright axis: faint level lines, numbers at its left, its name with the unit on top."""
        step = nice_step(self.y_high - self.y_low, count)
        ticks = [t for t in nice_ticks(self.y_low, self.y_high, count) if not whole or t == round(t)]
        places = decimals(step)
        grid = "".join(path([(self.left, self.y(t)), (self.right, self.y(t))]) for t in ticks)
        numbers = [label(self.left - 7, self.y(t) + 4, f"{t:.{places}f}", text_anchor="end") for t in ticks]
        return element("path", d=grid, class_="grid", stroke=FAINT) + group(
            [*numbers, label(6, self.top - 16, name, font_weight="bold")],
            class_="scale",
            font_size=12,
            fill=MUTED,
        )

    def x_axis(
        self, ticks: Sequence[float], words: Sequence[str], name: str, below: Sequence[str] = ()
    ) -> str:
        """Return the level axis: a line with ticks, numbers and, below, its name with the unit.

        ``below`` are numbers of a second unit, under the first ones.
        """
        base = path([(self.left, self.bottom), (self.right, self.bottom)])
        marks = "".join(path([(self.x(t), self.bottom), (self.x(t), self.bottom + 5)]) for t in ticks)
        rows = [(18, words), (18 + ROW, below)] if below else [(18, words)]
        numbers = [
            label(self.x(t), self.bottom + down, word, text_anchor="middle")
            for down, row in rows
            for t, word in zip(ticks, row, strict=True)
        ]
        centre, down = (self.left + self.right) / 2, 37 + (ROW if below else 0)
        return element("path", d=base + marks, class_="axis", stroke=MUTED, fill="none") + group(
            [*numbers, label(centre, self.bottom + down, name, text_anchor="middle", font_weight="bold")],
            class_="scale", font_size=12, fill=MUTED,
        )  # fmt: skip

    def note(self, words: str) -> str:
        """Return words in the middle of the panel, such as why it shows nothing."""
        x, y = (self.left + self.right) / 2, (self.top + self.bottom) / 2
        return label(x, y, words, text_anchor="middle", class_="note", font_size=14, fill=MUTED)
