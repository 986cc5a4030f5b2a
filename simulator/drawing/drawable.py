"""What is too large to be drawn: the picture then says so in words, and the tables show all."""

from simulator.drawing.svg import label, picture
from simulator.grid.schema import Feeder
from simulator.grid.topology import trace

MAX_DRAWN = {"buses": 1_000, "lines that close meshes": 200, "transformers": 100}
NOTE_WIDTH, LINE_HEIGHT = 440.0, 20.0
LEFT_OUT = "left-out"  # the class of such a picture


def too_large(feeder: Feeder) -> str:
    """Return why a feeder is not drawn, as ``2,000 buses are too many to draw``; nothing where it is."""
    counts = {"buses": len(feeder.buses), "transformers": len(feeder.transformers)}
    counts["lines that close meshes"] = len(trace(feeder).loop_lines)
    return next(
        (
            f"{counts[what]:,} {what} are too many to draw"
            for what, most in MAX_DRAWN.items()
            if counts[what] > most
        ),
        "",
    )


def draw_note(name: str, why: str) -> str:
    """Return the words that stand in a picture's place, as SVG for page and paper."""
    words = (f"{why};", "the tables show all.")
    lines = [
        label(
            NOTE_WIDTH / 2, LINE_HEIGHT * (1.5 + i), line, text_anchor="middle", class_="note", font_size=14
        )
        for i, line in enumerate(words)
    ]
    size = (NOTE_WIDTH, LINE_HEIGHT * (len(words) + 1))
    return picture(lines, size, LEFT_OUT, name, " ".join(words))
