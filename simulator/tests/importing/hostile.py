"""Files made to do harm, by name, each with what must come of it."""

from collections.abc import Callable
from dataclasses import dataclass

READ = "read, and harmless"


@dataclass(frozen=True)
class Hostile:
    """A file that wants something, and the words of its refusal; or ``READ``."""

    make: Callable[[], bytes]
    outcome: str


def all_hostile() -> dict[str, Hostile]:
    """Return all files by name."""
    from simulator.tests.importing import hostile_excel, hostile_json, hostile_tables, hostile_zip

    parts = (hostile_json.FILES, hostile_tables.FILES, hostile_zip.FILES, hostile_excel.FILES)
    assert sum(map(len, parts)) == len({name for part in parts for name in part})
    return {name: file for part in parts for name, file in part.items()}
