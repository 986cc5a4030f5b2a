"""Watched by an audit hook, no file makes the reader import, open, run or connect, or takes long."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator.grid.reading import render_feeder
from simulator.grid.schema import Feeder
from simulator.tests.importing.hostile import READ, Hostile, all_hostile, takes_too_long
from simulator.tests.importing.plain_nets import excel, pandapower_json, simbench

ROOT = Path(__file__).resolve().parents[3]
FORMATS = ("feeder JSON", "pandapower JSON", "pandapower Excel", "SimBench CSV")


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


def test_hostile_files_do_no_harm_and_are_refused_in_words_or_read(tmp_path: Path) -> None:
    files = all_hostile()
    assert len(files) > 60
    for name, file in files.items():
        (tmp_path / name).write_bytes(file.make())
    results = _battery("hostile", tmp_path)
    assert results.keys() == files.keys()
    wrong = {name: _wrong(files[name], tmp_path / name, result) for name, result in results.items()}
    assert {name: what for name, what in wrong.items() if what} == {}


def _wrong(file: Hostile, path: Path, result: dict[str, Any]) -> list[object]:
    """Return what should not have been: events, memory, time, another outcome or unfit words."""
    words, refused = result["words"], result["outcome"] == "refused"
    told = file.outcome in words and words.startswith("street.json: ") and len(words) < 700
    checks = {
        "outcome": refused == (file.outcome != READ) and result["outcome"] in (*FORMATS, "refused"),
        "words": words == "" if not refused else told and words.isprintable(),
        "events": result["events"] == [],
        "megabytes": result["megabytes"] < 100,
        "seconds": not takes_too_long(result["seconds"], path.read_bytes()),
    }
    return [(key, result[key]) for key, right in checks.items() if not right]


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
    assert result["outcomes"].keys() == {*FORMATS, "refused"}
    assert result["slowest"] < 1
    assert result["megabytes"] < 100
