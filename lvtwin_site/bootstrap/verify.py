"""`manage.py verify`: every check and every test, then a verdict a line each."""

import argparse
import os
import subprocess
import time
from collections.abc import Mapping, Sequence

from lvtwin_site.bootstrap import system, venv
from lvtwin_site.bootstrap.steps import ROOT, SITE_PYTHON, SetupError, say

CHECKS: dict[str, list[str]] = {
    "ruff check": ["-m", "ruff", "check", "--output-format", "concise", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy", "--strict"],
    "import-linter": [str(SITE_PYTHON.parent / "lint-imports")],
}

ON_ALL_CORES = ["-n", "auto", "--dist", "worksteal"]


def run(arguments: argparse.Namespace) -> int:
    """Run all checks, whatever the first ones say; return 1 when any failed."""
    venv.install(venv.TEST_LOCK)
    system.install_packages(system.missing_for_pdf() + system.missing_for_browser())
    missing = system.missing_for_browser()
    if missing and (arguments.require_browser or os.environ.get("CI") == "true"):
        raise SetupError(f"browser tests are required; to run them: {system.apt_line(missing)}")
    steps = CHECKS | {"pytest": ["-m", "pytest", *ON_ALL_CORES, *(["-m", "not browser"] if missing else [])]}
    verdicts = {name: passes(name, command) for name, command in steps.items()}
    say("\n".join(["", *summary(verdicts, missing)]))
    return 0 if all(verdicts.values()) else 1


def passes(name: str, command: Sequence[str]) -> bool:
    """Run one check with its output shown; tell whether it passed, and how long it took."""
    say(f"\n== {name}")
    started = time.monotonic()
    code = subprocess.run([SITE_PYTHON, *command], cwd=ROOT, check=False).returncode
    verdict = f"failed with code {code}" if code else "passed"
    say(f"== {name}: {verdict}, {time.monotonic() - started:.0f} s")
    return code == 0


def summary(verdicts: Mapping[str, bool], missing: Sequence[str]) -> list[str]:
    """Return the last lines: a verdict a check, what was skipped and how to run it, and the whole."""
    lines = [f"{'passed ' if passed else 'FAILED '} {name}" for name, passed in verdicts.items()]
    if missing:
        lines.append(f"skipped  browser tests; to run them: {system.apt_line(missing)}")
    failed = [name for name, passed in verdicts.items() if not passed]
    return [*lines, f"verify: failed at {', '.join(failed)}" if failed else "verify: all passed"]
