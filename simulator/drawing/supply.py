"""The left of a single-line diagram: the medium-voltage source and the transformers."""

from collections.abc import Collection, Iterator, Mapping

from simulator.drawing.labels import short_names
from simulator.drawing.plan import LEFT, TOP
from simulator.drawing.scales import Look
from simulator.drawing.state import FeederState, rating_words
from simulator.drawing.svg import INK, RING, element, group, label, path, title
from simulator.drawing.symbols import overload_mark
from simulator.grid.elements import Transformer
from simulator.grid.schema import Feeder

BAR_X, ARROW = LEFT - 122.0, 44.0
COIL, COILS_X = 15.0, (LEFT - 68.0, LEFT - 48.0)
CENTRE_X = LEFT - 58.0


def draw_supply(
    feeder: Feeder,
    state: FeederState,
    levels: Mapping[str, float],
    direction: str | None,
    highlight: Collection[str],
) -> Iterator[str]:
    """Yield the source's bar with the arrow of power, then every transformer at its level."""
    heights = [TOP + y for y in levels.values()]
    top, bottom = min(heights), max(heights)
    bar = element("path", d=path([(BAR_X, top - 18), (BAR_X, bottom + 18)]), class_="busbar", stroke_width=4)
    yield group([bar, _arrow((top + bottom) / 2, direction)], class_="source", stroke=INK)
    words = [
        label(BAR_X, top - 24, f"{feeder.source.vn_kv:g} kV", text_anchor="middle"),
        label(BAR_X - ARROW / 2 - 3, (top + bottom) / 2 + 19, direction, text_anchor="middle")
        if direction
        else "",
    ]
    yield group(words, font_size=11.5)
    for transformer in feeder.transformers:
        y = TOP + levels[transformer.id]
        yield _transformer(transformer, y, state, transformer.id in highlight)


def _arrow(y: float, direction: str | None) -> str:
    """Return the arrow: into the feeder, or out of it when it exports."""
    inner, outer = BAR_X - 4, BAR_X - 4 - ARROW
    tip, tail = (outer, inner) if direction == "export" else (inner, outer)
    back = tip + (9 if tip < tail else -9)
    way = path([(tail, y), (back, y)]) + path([(tip, y), (back, y - 5), (back, y + 5)]) + "Z"
    return element("path", d=way, class_="arrow", fill=INK, stroke_width=2)


def _transformer(transformer: Transformer, y: float, state: FeederState, ringed: bool) -> str:
    loading = state.transformer_loading.get(transformer.id)
    said = "" if loading is None else state.loading_words(loading)
    words = [
        label(CENTRE_X, y - 24, short_names([transformer.id])[transformer.id], text_anchor="middle"),
        label(CENTRE_X, y + 32, rating_words(transformer), text_anchor="middle"),
        label(CENTRE_X, y + 47, said, text_anchor="middle", font_weight="bold") if said else "",
    ]
    rating = f"{rating_words(transformer)}, {transformer.vn_hv_kv:g}/{transformer.vn_lv_kv:g} kV"
    hover = title(f"{transformer.id}: {said + ' of ' if said else ''}{rating}")
    ring = element("rect", x=CENTRE_X - 32, y=y - 20, width=64, height=40, rx=20, class_="ring", fill="none",
                   stroke=RING, stroke_width=2.5)  # fmt: skip
    symbol = _symbol(y, state.transformer_look(transformer.id))
    return group([hover, ring if ringed else "", symbol, group(words, font_size=11.5)], class_="transformer")


def _symbol(y: float, look: Look) -> str:
    """Return two overlapping circles with their leads, from the source's bar to the busbar."""
    ends = [(BAR_X, y), (COILS_X[0] - COIL, y)], [(COILS_X[1] + COIL, y), (LEFT, y)]
    leads = element("path", d="".join(map(path, ends)), class_="lead", stroke=INK, stroke_width=1.5)
    coils = [element("circle", cx=x, cy=y, r=COIL) for x in COILS_X]
    width = min(look.size, 5)
    drawn = group(coils, class_=f"line {look.key}", fill="none", stroke=look.colour, stroke_width=width)
    return leads + drawn + (overload_mark(CENTRE_X, y, look) if look.key == "l-over" else "")
