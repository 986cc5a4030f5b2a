"""Reading pictures back: what tests ask an SVG."""

from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

SVG = "{http://www.w3.org/2000/svg}"
FORBIDDEN = {f"{SVG}{name}" for name in ("script", "style", "image", "use", "foreignObject", "a")}


def parse(svg: str) -> Element:
    """Return the picture's root, well-formed and safe to put into a page, or fail."""
    root = fromstring(svg)  # noqa: S314 - our own picture
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    for node in root.iter():
        assert node.tag not in FORBIDDEN
        for name, value in node.attrib.items():
            assert name not in ("style", "id", "href")
            assert not name.startswith("on")
            assert "nan" not in value.lower().replace("#", " ")
            assert "inf" not in value.lower()
    return root


def with_class(root: Element, name: str) -> list[Element]:
    """Return the elements of a class, in drawing order."""
    return [node for node in root.iter() if name in (node.get("class") or "").split()]


def hover(node: Element) -> str:
    """Return what hovering an element tells."""
    return node.findtext(f"{SVG}title") or ""


def words(root: Element) -> list[str]:
    """Return all written words."""
    return [node.text or "" for node in root.iter(f"{SVG}text")]


def points(way: str) -> list[tuple[float, float]]:
    """Return the points of straight path data."""
    pairs = way.replace("Z", "").replace("M", "L").split("L")
    return [(float(x), float(y)) for x, y in (pair.split() for pair in pairs if pair)]


def strokes(root: Element, name: str) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield the straight strokes of the paths of a class."""
    for node in with_class(root, name):
        for run in filter(None, (node.get("d") or "").split("M")):
            yield from pairwise(points(f"M{run}"))
