"""The log of an import: what was read, merged, dropped, and what cannot be modelled, item by item."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["read", "merged", "dropped", "not_modelled"]
Weight = Literal["changes_results", "simplified", "not_needed"]

WEIGHTS: tuple[Weight, ...] = ("changes_results", "simplified", "not_needed")  # what matters most first

_USUAL: dict[Outcome, Weight] = {
    "read": "not_needed",
    "merged": "simplified",
    "dropped": "not_needed",
    "not_modelled": "changes_results",
}


@dataclass(frozen=True)
class Item:
    """What became of some elements of a file: their table, their names, and why, in words.

    ``weight`` says whether results differ by it from what the file describes; an outcome's usual weight
    where none is given.
    """

    outcome: Outcome
    table: str
    elements: tuple[str, ...]
    words: str
    weight: Weight | None = None

    @property
    def weighs(self) -> Weight:
        """Whether results differ by it."""
        return self.weight or _USUAL[self.outcome]
