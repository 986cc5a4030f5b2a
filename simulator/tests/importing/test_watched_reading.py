"""Watched by an audit hook, no file makes the reader import, open, run or connect, or takes long."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator.grid.reading import render_feeder
from simulator.grid.schema import Feeder
from simulator.tests.importing.hostile import READ, all_hostile, takes_too_long
from simulator.tests.importing.plain_nets import excel, pandapower_json, simbench

ROOT = Path(__file__).resolve().parents[3]


def _battery(*arguments: object) -> Any:
    module = "simulator.tests.importing.battery"
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_watch_is_awake(tmp_path: Path) -> None:
    heard = " ".join(_battery("awake", tmp_path))
    assert all(event in heard for event in ("open (", "compile (", "exec (", "import ("))


def test_hostile_files_start_nothing_and_stay_within_100_megabytes(tmp_path: Path) -> None:
    files = all_hostile()
    for name, file in files.items():
        (tmp_path / name).write_bytes(file.make())
    results = _battery("hostile", tmp_path)
    assert results.keys() == files.keys()
    for name, result in results.items():
        assert (result["outcome"] == "refused") == (files[name].outcome != READ), (name, result)
        assert result["events"] == [], name
        assert result["megabytes"] < 100, name
        assert not takes_too_long(result["seconds"], (tmp_path / name).read_bytes()), (name, result)


@pytest.fixture
def good_files(tmp_path: Path, small_feeder: Feeder) -> Path:
    """A good file of each format."""
    (tmp_path / "feeder.json").write_text(render_feeder(small_feeder), encoding="utf-8")
    (tmp_path / "net.json").write_bytes(pandapower_json())
    (tmp_path / "net.xlsx").write_bytes(excel())
    (tmp_path / "net.zip").write_bytes(simbench())
    return tmp_path


def test_three_thousand_changed_files_are_read_or_refused_and_nothing_else(good_files: Path) -> None:
    result = _battery("mutate", good_files, 3_000)
    assert result["wrong"] == []
    assert sum(result["outcomes"].values()) == 3_000
    assert result["outcomes"].keys() == {
        "feeder JSON", "pandapower JSON", "pandapower Excel", "SimBench CSV", "refused",
    }  # fmt: skip
    assert result["slowest"] < 1
    assert result["megabytes"] < 100
