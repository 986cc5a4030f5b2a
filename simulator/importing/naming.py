"""Ids from names: what a file calls an element, made fit for an id and kept apart from the others."""

import re
import unicodedata

LONGEST = 64
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


class Names:
    """The ids of one kind of element; each call gives an id that no earlier call gave."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def take(self, name: str, otherwise: str) -> str:
        """Return the name as a free id; ``otherwise`` stands in where nothing of the name can be kept."""
        wanted = fit(name) or otherwise
        free, count = wanted, self._counts.get(wanted, 1)
        while free in self._taken:
            count += 1
            ending = f"_{count}"
            free = wanted[: LONGEST - len(ending)] + ending
        self._taken.add(free)
        self._counts[wanted] = count
        return free


def fit(name: str) -> str:
    """Return the name in the letters that ids have, at most 64 of them; empty where none is left."""
    plain = unicodedata.normalize("NFKD", name.translate(_GERMAN)).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", plain).strip("_.-")[:LONGEST].rstrip("_.-")


def slug(name: str) -> str:
    """Return a file's name as a feeder's id: without its ending, small letters, no dots."""
    stem = re.split(r"[\\/]", name)[-1].rsplit(".", 1)[0] or name
    return fit(stem).lower().replace(".", "_") or "feeder"
