"""SVG text: elements, escaped text and compact numbers.

Print colours are presentation attributes, because WeasyPrint applies no page CSS inside an SVG; on
screens ``static/css/pictures.css`` overrides them by class.
"""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

INK, MUTED, FAINT, PAPER, RING = "#1b2733", "#55616d", "#dfe4e8", "#fff", "#6d28d9"
FONT = "system-ui, 'DejaVu Sans', sans-serif"

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Value = str | float | int | None


def element(name: str, content: str = "", **attributes: Value) -> str:
    """Return one SVG element; ``stroke_width`` makes ``stroke-width``, ``class_`` ``class``, None nothing."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(plain(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def plain(value: str | float) -> str:
    """Return a value as it stands in an attribute: numbers with one decimal, text without control codes."""
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    return f"{round(value, 1) + 0.0:g}"  # adding zero turns -0.0 into 0.0


def text(words: str) -> str:
    """Return words escaped for an element's content."""
    return escape(_NOT_XML.sub("", words))


def label(x: float, y: float, words: str, **attributes: Value) -> str:
    """Return a text element whose baseline begins at (x, y), or ends or is centred there if anchored so."""
    return element("text", text(words), x=x, y=y, **attributes)


def title(words: str) -> str:
    """Return the title that browsers show on hover and that screen readers speak."""
    return element("title", text(words) or "-")


def group(parts: Iterable[str], **attributes: Value) -> str:
    """Return a group, or nothing if it would be empty."""
    content = "".join(parts)
    return element("g", content, **attributes) if content else ""


def path(points: Iterable[tuple[float, float]]) -> str:
    """Return path data through points, straight."""
    return "M" + "L".join(f"{plain(x)} {plain(y)}" for x, y in points)


def picture(
    parts: Iterable[str],
    size: tuple[float, float],
    kind: str,
    name: str,
    story: str = "",
    *,
    stretch: bool = False,
) -> str:
    """Return a whole SVG of a size in its own units, with a name and a story for those who cannot see it.

    A picture that may ``stretch`` fills whatever box the page gives it.
    """
    width, height = size
    return element(
        "svg",
        title(name) + (element("desc", text(story)) if story else "") + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        class_=f"picture {kind}",
        role="img",
        viewBox=f"0 0 {plain(width)} {plain(height)}",
        preserveAspectRatio="none" if stretch else None,
        width=width,
        height=height,
        font_family=FONT,
        font_size=12,
        fill=INK,
    )
