"""What the commands' tests share: three stored feeders, and commands run as a shell runs them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import ManagementUtility
from django.db import connections

from simulator.grid.reading import NETWORKS_DIR
from simulator.models import FeederRecord

STORED = ("feeder_00", "feeder_05", "feeder_11")

Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def feeders(db: None, tmp_path: Path) -> tuple[str, ...]:
    """Three published feeders and an empty cache."""
    for feeder_id in STORED:
        shutil.copy(NETWORKS_DIR / f"{feeder_id}.json", tmp_path)
    FeederRecord.objects.load(tmp_path)
    cache.clear()
    return STORED


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Return a function that runs ``manage.py`` with words and returns exit code, output and errors."""
    # A command closes its connection when it is done; here that would end the test's own transaction.
    monkeypatch.setattr(connections, "close_all", lambda: None)

    def run(*words: str) -> tuple[int, str, str]:
        code = 0
        try:
            ManagementUtility(["manage.py", *words]).execute()
        except SystemExit as stop:
            code = int(stop.code or 0)
        return (code, *capsys.readouterr())

    return run
