"""`manage.py verify`: every check and every test, then a verdict a line each."""

import argparse
import os
import subprocess
import time
from collections.abc import Mapping, Sequence

from lvtwin_site.bootstrap import postgresql, system, venv
from lvtwin_site.bootstrap.steps import ROOT, SITE_PYTHON, SetupError, alone, say

CHECKS: dict[str, list[str]] = {
    "ruff check": ["-m", "ruff", "check", "--output-format", "concise", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy", "--strict"],
    "import-linter": [str(SITE_PYTHON.parent / "lint-imports")],
}

ON_ALL_CORES = ["-n", "auto", "--dist", "worksteal"]
BROWSER, POSTGRESQL = "browser tests", "database tests on PostgreSQL"


def run(arguments: argparse.Namespace) -> int:
    """Run all checks, whatever the first ones say; return 1 when any failed."""
    with alone():
        venv.install(venv.TEST_LOCK)
        system.install_packages(system.missing_for_pdf() + system.missing_for_browser())
    skipped = what_is_skipped()
    if skipped and (arguments.require_all or os.environ.get("CI") == "true"):
        raise SetupError(
            "; ".join(f"{name} are required; to run them: {how}" for name, how in skipped.items())
        )
    verdicts = {name: passes(name, command) for name, command in steps(skipped).items()}
    if POSTGRESQL not in skipped:
        command = ["-m", "pytest", *ON_ALL_CORES, "-m", "database"]
        verdicts[POSTGRESQL] = passes(POSTGRESQL, command, DATABASE_URL=postgresql.url())
    say("\n".join(["", *summary(verdicts, skipped)]))
    return 0 if all(verdicts.values()) else 1


def what_is_skipped() -> dict[str, str]:
    """Return which tests this machine cannot run, each with what to do about it."""
    skipped = {}
    if missing := system.missing_for_browser():
        skipped[BROWSER] = system.apt_line(missing)
    if why := postgresql.missing():
        skipped[POSTGRESQL] = f"{postgresql.WHAT_TO_DO} ({why})"
    return skipped


def steps(skipped: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the checks, and the tests without those that need what is not there."""
    chosen = ["-m", "not browser"] if BROWSER in skipped else []
    return CHECKS | {"pytest": ["-m", "pytest", *ON_ALL_CORES, *chosen]}


def passes(name: str, command: Sequence[str], **environment: str) -> bool:
    """Run one check with its output shown; tell whether it passed, and how long it took."""
    say(f"\n== {name}")
    started = time.monotonic()
    env = os.environ | environment
    code = subprocess.run([SITE_PYTHON, *command], cwd=ROOT, env=env, check=False).returncode
    verdict = f"failed with code {code}" if code else "passed"
    say(f"== {name}: {verdict}, {time.monotonic() - started:.0f} s")
    return code == 0


def summary(verdicts: Mapping[str, bool], skipped: Mapping[str, str]) -> list[str]:
    """Return the last lines: a verdict a check, what was skipped and how to run it, and the whole."""
    lines = [f"{'passed ' if passed else 'FAILED '} {name}" for name, passed in verdicts.items()]
    lines += [f"skipped  {name}; to run them: {how}" for name, how in skipped.items()]
    failed = [name for name, passed in verdicts.items() if not passed]
    return [*lines, f"verify: failed at {', '.join(failed)}" if failed else "verify: all passed"]
