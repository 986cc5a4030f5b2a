"""Files that people bring: read, told of item by item, and stored as a feeder once one is chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from simulator.grid.changes import with_pv_potential
from simulator.grid.errors import QuestionError
from simulator.grid.memory import MEMORY
from simulator.grid.potential import Potential
from simulator.grid.weights import feeder_bytes
from simulator.importing.bounds import MAX_FILE_BYTES
from simulator.importing.import_log import WEIGHTS, Item, Outcome, Weight
from simulator.importing.importing import import_file
from simulator.importing.source import Choice, Source
from simulator.models import FeederRecord, Upload
from simulator.powerflow.whole_grid import solve_whole_grid

NONE = Potential()
FILE = (
    f"File: choose a file of at most {MAX_FILE_BYTES // 1_000_000} MB: this site's feeder JSON, pandapower "
    "JSON or Excel, or the CSV files of a SimBench network in one zip."
)
OUTCOMES: dict[Outcome, str] = {
    "not_modelled": "not modelled",
    "dropped": "left out",
    "merged": "merged",
    "read": "",  # which an item's own words say
}
WEIGHT_WORDS: dict[Weight, str] = {
    "changes_results": "Changes results",
    "simplified": "Simplified",
    "not_needed": "Changes nothing",
}
ItemData = dict[str, Any]


@dataclass(frozen=True)
class Import:
    """A file that was read, and the feeders that it may be stored as."""

    source: Source
    choices: tuple[Choice, ...]

    @property
    def origin(self) -> str:
        """The format and the file's name, as the stored feeder tells them."""
        return f"{self.source.format}, {self.source.file}"

    def choose(self, key: str) -> Choice:
        """Return the choice with a key; without one, the only choice there is.

        Raises: QuestionError naming the keys, where the key is none of them.
        """
        if not key and len(self.choices) == 1:
            return self.choices[0]
        for choice in self.choices:
            if choice.key == key:
                return choice
        keys = "; ".join(f"{choice.key} ({choice.title})" for choice in self.choices)
        raise QuestionError("choice", f"Choice: choose which of this file's feeders to take: {keys}.")

    @property
    def shared(self) -> tuple[Item, ...]:
        """What the import log tells of the file, whichever feeder is chosen."""
        return tuple(item for item in self.choices[0].items if all(item in c.items for c in self.choices))


def read_import(content: bytes, name: str) -> Import:
    """Read a file; a page reads again what its upload has just read.

    Raises: ImportFileError saying where and why it is refused.
    """
    key = _reading_of(content, name)
    if MEMORY.find("readings", key) is None:
        MEMORY.drop_part("readings")  # none but the latest is asked for again
    return MEMORY.recall(
        "readings",
        key,
        lambda: Import(*import_file(content, name, solve_whole_grid)),
        lambda found: len(content) + sum(feeder_bytes(choice.feeder) for choice in found.choices),
    )


def _reading_of(content: bytes, name: str) -> tuple[bytes, str]:
    return sha256(content).digest(), name


def store_import(
    found: Import, key: str, owner: User | None, *, published: bool = False, potential: Potential = NONE
) -> FeederRecord:
    """Store the chosen feeder of a file, all of it or nothing.

    ``potential`` is what customers may build that the file knows no PV of.

    Raises: QuestionError for a choice that there is none of; TooManyFeedersError.
    """
    choice = found.choose(key)
    feeder = choice.feeder
    if potential:
        feeder = with_pv_potential(feeder, potential)
    log = item_data(choice.items)
    return FeederRecord.objects.take(feeder, owner, found.origin, import_log=log, published=published)


def store_upload(
    upload: Upload, key: str, *, published: bool = False, potential: Potential = NONE
) -> FeederRecord:
    """Store the chosen feeder of a file that waits, which thereby waits no longer.

    Raises: as ``store_import`` does; the file waits on then.
    """
    found = read_upload(upload)
    with transaction.atomic():
        record = store_import(found, key, upload.owner, published=published, potential=potential)
        upload.delete()
    MEMORY.drop("readings", _reading_of(bytes(upload.content), upload.file_name))
    return record


def read_upload(upload: Upload) -> Import:
    """Read a file that waits."""
    return read_import(bytes(upload.content), upload.file_name)


def log_parts(items: Iterable[ItemData]) -> list[tuple[Weight, str, list[ItemData]]]:
    """Return an import log in parts, what weighs most first: (weight, its words, items)."""
    told = [{**item, "became": OUTCOMES[item["outcome"]]} for item in items]
    parts = [(key, WEIGHT_WORDS[key], [item for item in told if item["weight"] == key]) for key in WEIGHTS]
    return [part for part in parts if part[2]]


def import_data(found: Import, choice: Choice | None) -> dict[str, Any]:
    """Return what the API tells of a file: its import log, and the choices with their sizes."""
    log = item_data(choice.items if choice else found.shared)
    return {
        "file": found.source.file,
        "format": found.source.format,
        "choices": [_choice_data(each) for each in found.choices],
        "import_log": log,
        "account": log,
    }


def item_data(items: Iterable[Item]) -> list[ItemData]:
    """Return the items of an import log as plain data, in the order of what became of them."""
    order = list(OUTCOMES)
    return [
        {
            "outcome": item.outcome,
            "weight": item.weighs,
            "table": item.table,
            "elements": list(item.elements),
            "words": item.words,
        }
        for item in sorted(items, key=lambda item: (WEIGHTS.index(item.weighs), order.index(item.outcome)))
    ]


def _choice_data(choice: Choice) -> dict[str, Any]:
    feeder = choice.feeder
    return {
        "key": choice.key,
        "title": choice.title,
        "buses": len(feeder.buses),
        "lines": len(feeder.lines),
        "customers": len(feeder.customers),
        "transformers": len(feeder.transformers),
        "transformer_kva": feeder.rated_kva,
    }
