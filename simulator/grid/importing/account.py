"""The account of an import: what was read, merged, dropped, and what cannot be modelled, item by item."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["read", "merged", "dropped", "not_modelled"]


@dataclass(frozen=True)
class Item:
    """What became of some elements of a file: their table, their names, and why, in words."""

    outcome: Outcome
    table: str
    elements: tuple[str, ...]
    words: str
