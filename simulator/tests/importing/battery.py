"""A process that reads files under an audit hook and prints what it saw; run with `python -m`.

`hostile DIRECTORY` reads each file in a process of its own, `mutate DIRECTORY COUNT` changed copies;
`awake DIRECTORY` imports, opens and runs something itself, to show that the hook hears it.
"""

import json
import os
import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from simulator.grid.errors import ImportFileError
from simulator.importing.reading import read_file
from simulator.tests.importing.mutations import mutated

_watching = False
_events: list[str] = []


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching:
        _events.append(f"{event} {arguments!r}"[:200])


def read_watched(content: bytes) -> dict[str, Any]:
    """Read a file, and return how it went: outcome, seconds of this processor, and audit events."""
    global _watching  # noqa: PLW0603 - a hook cannot be removed, so it is told when to listen
    _events.clear()
    started = time.process_time()
    _watching = True
    outcome, words = "", ""
    try:
        found = read_file(content, "street.json")
        outcome = found.format if found.feeder or found.tables["bus"] else "nothing was read"
    except ImportFileError as error:
        outcome, words = "refused", str(error)
    except BaseException as error:  # noqa: BLE001 - whatever escapes is what is looked for
        outcome = f"escaped: {error!r}"
    _watching = False
    seconds = time.process_time() - started
    return {"outcome": outcome, "words": words, "seconds": seconds, "events": list(_events)}


def hostile(directory: Path) -> dict[str, Any]:
    """Read each file in a child, which starts with nothing of the others in memory."""
    return {path.name: _in_child(path.read_bytes()) for path in sorted(directory.iterdir())}


def _in_child(content: bytes) -> dict[str, Any]:
    reading, writing = os.pipe()
    if os.fork() == 0:
        before = _megabytes()
        result = read_watched(content)
        if result["seconds"] >= 1:  # other work on the processor's other half can double it
            result = min(result, read_watched(content), key=lambda one: float(one["seconds"]))
        os.write(writing, json.dumps(result | {"megabytes": _megabytes() - before}).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer: dict[str, Any] = json.loads(pipe.read() or b'{"outcome": "died"}')
    os.wait()
    return answer


def mutate(directory: Path, count: int) -> dict[str, Any]:
    """Read changed copies of the files in turn; return the outcomes, and whatever should not have been."""
    seeds = [path.read_bytes() for path in sorted(directory.iterdir())]
    for content in seeds:
        read_watched(content)
    before = _megabytes()
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    slowest = 0.0
    for number in range(count):
        rng = random.Random(number)
        result = read_watched(mutated(rng, seeds[number % len(seeds)], seeds))
        slowest = max(slowest, result["seconds"])
        if result["events"] or result["outcome"].startswith("escaped"):
            wrong.append(f"{number}: {result}")
        else:
            outcomes[result["outcome"]] += 1
    return {
        "outcomes": outcomes, "wrong": wrong, "slowest": slowest, "megabytes": _megabytes() - before,
    }  # fmt: skip


def awake(directory: Path) -> list[str]:
    """Return what the hook hears of things that no reader does."""
    global _watching  # noqa: PLW0603
    _watching = True
    (directory / "seen").open("w").close()
    eval("1 + 1")  # noqa: S307
    import this  # noqa: F401

    _watching = False
    return _events


def _megabytes() -> float:
    """Return the most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    sys.addaudithook(_note)
    what, where = sys.argv[1], Path(sys.argv[2])
    found = (
        mutate(where, int(sys.argv[3]))
        if what == "mutate"
        else {"hostile": hostile, "awake": awake}[what](where)
    )
    print("\n" + json.dumps(found))
