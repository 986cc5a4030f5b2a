"""How fast the site answers: one process, then a real server under a mixed load. Run from the checkout:

    .venv/bin/python benchmarks/web.py

It takes about four minutes, uses a database of its own, and talks to this machine only.
"""

import os
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.core.management import call_command
from figures import Row, render_rows
from machine import describe_load, describe_machine
from mixed_load import HOST, Reply, run_load, served
from one_process import measure
from scratch_site import set_up
from studies import measure_studies
from tqdm import tqdm

RATES, SECONDS = (20, 40, 60), 20  # requests a second; the last is meant to be too many
THREADS = "OPENBLAS_NUM_THREADS"  # as the site itself sets it


def main() -> None:
    """Measure and print."""
    if THREADS not in os.environ:  # read when NumPy is imported, which is already done: begin anew
        os.environ[THREADS] = "1"
        os.execv(sys.executable, [sys.executable, *sys.argv])
    with tempfile.TemporaryDirectory(prefix="lvtwin-benchmark-") as name:
        directory = Path(name)
        set_up(directory)
        print(describe_machine(), flush=True)
        rows = list(tqdm(measure(), "One process", unit="figure", leave=False, disable=None))
        print(f"\nOne process\n{render_rows(rows)}", flush=True)
        rows = list(tqdm(measure_studies(), "Studies", unit="figure", leave=False, disable=None))
        print(f"\nStudies, not in cache\n{render_rows(rows)}", flush=True)
        with served(directory) as port:
            call_command("warm_cache", url=f"http://{HOST}:{port}")
            for per_second in RATES:
                tell_load(per_second, run_load(port, per_second, SECONDS))
    print(f"Processor time of the server from its start: {children_seconds():.1f} s; {describe_load()}")


def tell_load(per_second: int, replies: list[Reply]) -> None:
    """Print the latencies of what was answered, and how much was shed."""
    answered = [reply for reply in replies if reply.status == 200]
    shed = [reply for reply in replies if reply.status == 503]
    failed = [reply for reply in replies if reply.status not in (200, 503)]
    print(f"\n{per_second} requests a second for {SECONDS} s, on one process, in turn")
    print(render_rows([*load_rows(answered), *shed_rows(shed)]))
    cached = sum(reply.from_cache for reply in answered) / max(len(answered), 1)
    print(f"{cached:.0%} came from the cache; {len(shed)} of {len(replies)} were shed, {len(failed)} failed")
    print(*failed[:3], flush=True)


def shed_rows(shed: list[Reply]) -> Iterator[Row]:
    """Yield how long those waited who were told to come again."""
    if shed:
        yield Row("shed", [reply.milliseconds for reply in shed])


def children_seconds() -> float:
    """Return the processor time of the processes that this one has started and seen end."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def load_rows(replies: list[Reply]) -> Iterator[Row]:
    """Yield the latency of all requests, then of each kind."""
    yield Row("all requests", [reply.milliseconds for reply in replies], 300, "p95")
    for kind in sorted({reply.kind for reply in replies}):
        yield Row(f"  {kind}", [reply.milliseconds for reply in replies if reply.kind == kind])


if __name__ == "__main__":
    main()
