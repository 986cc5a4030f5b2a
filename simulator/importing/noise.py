"""Figures too small to be any: the noise of a computation, where a feeder has nothing or something real."""

from typing import Any

from simulator.grid.physical import SPANS
from simulator.importing.import_log import Item
from simulator.importing.tables import Tables

_KINDS = {
    "transformers": ("transformer", "trafo"),
    "lines": ("line", "line"),
    "customers": ("customer", "load"),
}


def without_noise(tables: Tables, data: dict[str, Any]) -> dict[str, Any]:
    """Return a feeder's plain data with 0 for what is smaller than its figure can be, and tell of it."""
    return {key: _kept(tables, key, value) if key in _KINDS else value for key, value in data.items()}


def _kept(tables: Tables, key: str, elements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kind, table = _KINDS[key]
    spans = {name: span for name, span in SPANS.items() if name.startswith(f"{kind}.") and span.zero}
    least = {name.partition(".")[2]: span.low for name, span in spans.items()}
    kept, noisy = [], []
    for element in elements:
        noise = [name for name, low in least.items() if _is_noise(element.get(name), low)]
        kept.append({**element, **dict.fromkeys(noise, 0.0)})
        noisy += [f"{element['id']}, {name}" for name in noise]
    if noisy:
        words = "figures too small to be any: 0 is taken"
        tables.items.append(Item("read", table, tuple(noisy), words, "not_needed"))
    return kept


def _is_noise(value: object, least: float) -> bool:
    return isinstance(value, float) and 0 < abs(value) < least
