"""How fast power flows are solved, beside four other solvers given the same cases. Run from the checkout:

    .venv/bin/python benchmarks/solver.py [--quick]

It takes about three minutes, or half a minute with fewer cases, sizes and repeats. The other solvers come
with the test lock file but for one, which is left out where it is missing:

    python3 -m pip --python .venv install lightsim2grid
"""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> None:
    """Measure and print; exit with 1 where solvers disagree."""
    parser = argparse.ArgumentParser(description="Time power flows beside other solvers.")
    parser.add_argument("--quick", action="store_true", help="fewer cases, sizes and repeats")
    quick = parser.parse_args().quick
    os.environ.update(dict.fromkeys(THREADS, "1"))  # read when numpy loads, here and in child processes
    sys.path.insert(0, str(ROOT))
    from solver_report import report

    sys.exit(report(quick))


if __name__ == "__main__":
    main()
