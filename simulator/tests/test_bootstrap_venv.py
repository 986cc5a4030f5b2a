"""Filling .venv: what is installed, when it is left alone, and the one line that each failure gets."""

import argparse
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from lvtwin_site.bootstrap import venv
from lvtwin_site.bootstrap.steps import SetupError

ROOT = Path(__file__).resolve().parents[2]


class Commands(list[str]):
    """Stands for the machine: notes each command, runs none, answers with `codes` and `output`."""

    codes: dict[str, int]
    output = ""

    def __call__(self, command: list[str | Path], **_: str) -> subprocess.CompletedProcess[str]:
        line = " ".join(map(str, command[1:]))
        self.append(line)
        if "-m venv" in line:
            python = Path(command[-1]) / "bin" / "python"
            python.parent.mkdir(parents=True)
            python.touch()
        return subprocess.CompletedProcess(
            [], next((code for word, code in self.codes.items() if word in line), 0), self.output
        )

    @property
    def installs(self) -> list[str]:
        return [line.rsplit("/", 1)[1] for line in self if "--require-hashes" in line]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """A clone with two locks and no .venv."""
    commands = Commands()
    commands.codes = {}
    for name in ("LOCK", "TEST_LOCK"):
        monkeypatch.setattr(venv, name, tmp_path / f"{name}.txt")
        (tmp_path / f"{name}.txt").write_text(f"{name} 1")
    monkeypatch.setattr(venv, "ROOT", tmp_path)
    monkeypatch.setattr(venv, "STAMP", tmp_path / ".venv" / "installed-locks")
    monkeypatch.setattr(venv, "SITE_PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(venv, "run_quietly", commands)
    return commands


def test_a_second_up_installs_nothing(machine: Commands) -> None:
    venv.install(venv.LOCK)
    first = list(machine)
    venv.install(venv.LOCK)
    assert machine == first
    assert machine.installs == ["LOCK.txt"]


def test_a_changed_lock_is_installed_into_the_same_environment(machine: Commands) -> None:
    venv.install(venv.LOCK)
    venv.LOCK.write_text("LOCK 2")
    venv.install(venv.LOCK)
    assert machine.installs == ["LOCK.txt", "LOCK.txt"]
    assert sum("-m venv" in line for line in machine) == 1


def test_the_test_lock_holds_the_lock_for_use(machine: Commands) -> None:
    venv.install(venv.TEST_LOCK)
    venv.install(venv.LOCK)
    assert machine.installs == ["TEST_LOCK.txt"]


def test_going_back_to_an_older_lock_installs_it_again(machine: Commands) -> None:
    venv.install(venv.LOCK)
    venv.LOCK.write_text("LOCK 2")
    venv.install(venv.TEST_LOCK)
    venv.LOCK.write_text("LOCK 1")
    venv.install(venv.LOCK)
    assert machine.installs == ["LOCK.txt", "TEST_LOCK.txt", "LOCK.txt"]


def test_an_interrupted_install_is_done_again(machine: Commands) -> None:
    machine.codes = {"--require-hashes": 1}
    with pytest.raises(SetupError):
        venv.install(venv.LOCK)
    machine.codes = {}
    venv.install(venv.LOCK)
    assert machine.installs == ["LOCK.txt", "LOCK.txt"]


def test_another_python_gets_a_fresh_environment(machine: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    venv.install(venv.LOCK)
    monkeypatch.setattr(venv, "python_version", lambda: "3.99")
    shutil.rmtree(venv.STAMP.parent / "bin")
    venv.install(venv.LOCK)
    assert sum("-m venv" in line for line in machine) == 2


def test_a_python_without_pip_gets_the_line_that_installs_it(machine: Commands) -> None:
    machine.codes = {"pip --version": 1}
    with pytest.raises(SetupError, match=r"no pip.*sudo apt-get install -y python3-pip"):
        venv.install(venv.LOCK)


def test_a_short_disk_is_told_before_the_download(machine: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: argparse.Namespace(free=2e8))
    with pytest.raises(SetupError, match=r"0\.2 GB are free on this disk; 1\.5 GB are needed"):
        venv.install(venv.LOCK)
    assert machine.installs == []


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("WARNING: Retrying after NewConnectionError('[Errno -3]')\nERROR: No matching", "cannot be reached"),
        ("ERROR: Could not find a version (from versions: none)\nERROR: No matching", "cannot be reached or"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that the lock file names"),
        ("no such option: --python", "pip is older than 22.3"),
        ("Collecting x\nERROR: No matching distribution found for x==1\nbye", "No matching distribution"),
    ],
)
def test_pip_failures_are_told_in_one_line(machine: Commands, output: str, reason: str) -> None:
    machine.codes, machine.output = {"--require-hashes": 1}, output
    with pytest.raises(SetupError, match="pip failed: .*" + re.escape(reason) + ".*whole story") as failure:
        venv.install(venv.LOCK)
    assert "\n" not in str(failure.value)


def pins(name: str) -> dict[str, str]:
    """Return each pinned line of a lock with its hashes."""
    blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text().strip())
    return {block.split(" \\\n")[0]: block for block in blocks}


def test_the_locks_agree_and_name_no_host() -> None:
    use, tests = pins("requirements.lock"), pins("requirements-test.lock")
    assert use.items() <= tests.items()
    assert all("--hash=sha256:" in block and "://" not in block for block in tests.values())


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    locked = {line.split("==")[0] for line in pins("requirements-test.lock")}
    assert {re.split(r"[\[<>=]", line)[0] for line in asked} <= locked
