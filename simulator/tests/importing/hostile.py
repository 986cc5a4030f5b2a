"""Files made to do harm, by name, each with what must come of it."""

import io
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from xml.parsers import expat

from simulator.tests.yardstick import seconds_here

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


def takes_too_long(seconds: float, content: bytes) -> bool:
    """Tell whether a file took more than a second of a usual machine and twice what expat alone takes."""
    return seconds >= 1 and seconds >= seconds_here(1) + 2 * _of_expat(content)


def _of_expat(content: bytes) -> float:
    """Return the processor's seconds in which expat reads a workbook's parts, and does nothing with them."""
    if not content.startswith(b"PK"):
        return 0.0
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = [packed.read(name) for name in packed.namelist() if name.endswith((".xml", ".rels"))]
    started = time.process_time()
    for part in parts:
        with suppress(expat.ExpatError):
            expat.ParserCreate().Parse(part, True)
    return time.process_time() - started
