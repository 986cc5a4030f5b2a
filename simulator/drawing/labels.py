"""Labels that touch nothing: each takes the first of its places that is free, or stays away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from simulator.drawing.svg import Value, label

CHARACTER = 0.61  # width of a character as a share of the font size, in a wide font
CELL = 48.0
CROWDED = 64  # boxes in a cell, beyond which no label is tried there
MAX_CHARACTERS = 14

Box = tuple[float, float, float, float]
Spot = tuple[float, float, str]


def width_of(words: str, size: float = 12) -> float:
    """Return about how wide words are in a font of a size."""
    return len(words) * CHARACTER * size


def fitting(centre: float, width: float, *words: str) -> str:
    """Return the first of several words that a picture of a width holds around a place, else the last."""
    room = 2 * min(centre, width - centre)
    return next((each for each in words if width_of(each) <= room), words[-1])


def short_names(ids: Sequence[str]) -> dict[str, str]:
    """Return each id without what all begin with, ``bus_27`` as ``27``, and short enough for a picture."""
    first, last = min(ids), max(ids)
    alike = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    cut = max(first[:alike].rfind(mark) + 1 for mark in "_-.")
    return {element: _shortened(element[cut:]) for element in ids}


def _shortened(words: str) -> str:
    return words if len(words) <= MAX_CHARACTERS else f"{words[: MAX_CHARACTERS - 1]}…"


def around(x: float, y: float, gap: float = 7) -> list[Spot]:
    """Return the places about a mark, best first: above, below, then to the sides."""
    above, below = y - gap - 3, y + gap + 12
    return [
        (x, above, "middle"), (x, below, "middle"),
        (x + gap, above, "start"), (x + gap, below, "start"),
        (x - gap, above, "end"), (x - gap, below, "end"),
        (x + gap + 5, y + 4, "start"), (x - gap - 5, y + 4, "end"),
    ]  # fmt: skip


def along(start: tuple[float, float], end: tuple[float, float], room: float = 1.5) -> list[Box]:
    """Return small boxes that cover a straight stroke."""
    (x1, y1), (x2, y2) = start, end
    count = max(1, int(max(abs(x2 - x1), abs(y2 - y1)) / 8))
    knots = [(x1 + (x2 - x1) * i / count, y1 + (y2 - y1) * i / count) for i in range(count + 1)]
    return [
        (min(a[0], b[0]) - room, min(a[1], b[1]) - room, max(a[0], b[0]) + room, max(a[1], b[1]) + room)
        for a, b in pairwise(knots)
    ]


class LabelSpace:
    """A picture's area and what already stands in it."""

    def __init__(self, area: Box) -> None:
        self._area = area
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def block(self, boxes: Iterable[Box]) -> None:
        """Keep labels away from boxes (left, top, right, bottom)."""
        for box in boxes:
            for cell in _cells_of(box):
                self._cells[cell].append(box)

    def place(self, words: str, places: Iterable[Spot], size: float = 12, **attributes: Value) -> str:
        """Return a label at its first free place, which is then taken; nothing if no place is free.

        Labels belong into a group that centres text, as most of them are.
        """
        for x, y, anchor in places:
            box = _box(x, y, anchor, width_of(words, size), size)
            if self._free(box):
                self.block([box])
                apart = None if anchor == "middle" else anchor
                return label(x, y, words, text_anchor=apart, font_size=size, **attributes)
        return ""

    def _free(self, box: Box) -> bool:
        left, top, right, bottom = self._area
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return False
        for cell in _cells_of(box):
            others = self._cells.get(cell, ())
            if len(others) > CROWDED or any(_overlap(box, other) for other in others):
                return False
        return True


def _box(x: float, y: float, anchor: str, width: float, size: float) -> Box:
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return (left - 2, y - 0.85 * size, left + width + 2, y + 0.3 * size)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _cells_of(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box[0] // CELL), int(box[2] // CELL) + 1):
        for row in range(int(box[1] // CELL), int(box[3] // CELL) + 1):
            yield column, row
