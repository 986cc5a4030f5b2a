"""Pictures as they are kept with an answer: their markup packed into text, shown again as it was."""

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from simulator.reports.report import Figure

MAX_PACKED = 400_000  # characters of one picture: that of a feeder of some thousand buses
TOO_LARGE = "It was too large to be kept"


def picture_data(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Return pictures as plain data; one that is too large to be kept leaves its caption, which says so."""
    return [_picture_data(figure) for figure in figures]


def _picture_data(figure: Figure) -> dict[str, Any]:
    packed = b64encode(zlib.compress(figure.svg.encode(), 9)).decode()
    caption = figure.caption
    if len(packed) > MAX_PACKED:
        packed, caption = "", f"{TOO_LARGE}: asked again, it is drawn anew. {caption}"
    return {"key": figure.key, "title": figure.title, "caption": caption, "packed": packed}


def parse_pictures(data: Sequence[dict[str, Any]]) -> tuple[Figure, ...]:
    """Return the pictures that `picture_data` made into plain data."""
    return tuple(
        Figure(each["key"], each["title"], each["caption"], partial(_unpack, each["packed"])) for each in data
    )


def _unpack(packed: str) -> str:
    return zlib.decompress(b64decode(packed)).decode() if packed else ""
