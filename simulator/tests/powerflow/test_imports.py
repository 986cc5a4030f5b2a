"""pandapower costs seconds to import: only the first solve pays them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SETUP = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'lvtwin_site.settings'; django.setup()"
IMPORTS = "import simulator, simulator.grid.schema, simulator.powerflow.batch, simulator.powerflow.reference"


PAGES = f"{SETUP}; import lvtwin_site.urls"


@pytest.mark.parametrize("code", [PAGES, IMPORTS], ids=["pages", "engines"])
def test_starting_imports_no_pandapower(code: str) -> None:
    heavy = "import sys; sys.exit(', '.join({'pandapower', 'pandas', 'scipy'} & sys.modules.keys()) or None)"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; {heavy}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == ""
    assert done.returncode == 0


def test_eight_threads_may_pay_the_import_at_once() -> None:
    """A new process whose first eight requests arrive together."""
    code = """
from concurrent.futures import ThreadPoolExecutor
from simulator.tests.engines import solve_batch
from simulator.powerflow.reference import solve_reference
from simulator.tests.reference_cases import read_case, CASE_NAMES
def solve(question):
    solver, name = question
    case = read_case(name)
    flow = solver(case.feeder, case.p_kw, case.q_kvar)
    return abs(flow.source_kw[0] - case.reference["kpi"]["slack_p_kw"]) < 0.01
questions = [(solver, name) for name in CASE_NAMES[:4] for solver in (solve_batch, solve_reference)]
print(all(ThreadPoolExecutor(8).map(solve, questions)))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr.strip()) == ("True", "")
