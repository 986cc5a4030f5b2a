"""How fast the site answers: one process, then a real server under a mixed load. Run from the checkout:

    .venv/bin/python benchmarks/web.py

It takes about three minutes, uses a database of its own, and talks to this machine only.
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

PER_SECOND, SECONDS = 20, 20
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
            replies = run_load(port, PER_SECOND, SECONDS)
    print(f"\n{PER_SECOND} requests a second for {SECONDS} s, on one process, in turn")
    print(render_rows(list(load_rows(replies))))
    cached = sum(reply.from_cache for reply in replies) / len(replies)
    failed = [reply for reply in replies if reply.status != 200]
    print(
        f"{cached:.0%} came from the cache; {len(failed)} of {len(replies)} were not answered with 200",
        *failed[:3],
    )
    print(f"Processor time of the server from its start: {children_seconds():.1f} s; {describe_load()}")


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
