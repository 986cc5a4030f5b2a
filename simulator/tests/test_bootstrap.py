"""`up`: what it refuses before it starts, what it hands to the server, and how a step's failure reads."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import manage
from lvtwin_site.bootstrap import address, main, steps, up
from lvtwin_site.bootstrap.key import secret_key
from lvtwin_site.bootstrap.steps import SetupError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(steps, "LOG", tmp_path / "setup.log")
    return tmp_path / "setup.log"


def test_a_traceback_is_told_by_the_line_of_its_exception() -> None:
    output = (
        'Traceback:\n  File "x"\npsycopg.OperationalError: connection refused\n\tIs the server running?\n'
    )
    assert steps.last_error(output) == "psycopg.OperationalError: connection refused"
    assert steps.last_error("first\nlast\n\n") == "last"


def test_a_command_that_is_not_there_is_a_failed_command() -> None:
    assert steps.run_quietly(["/nowhere/python3"]).returncode == 127


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The set-up's own files alone, in a folder with a space in its name."""
    folder = tmp_path / "a clone"
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "lvtwin_site", folder / "lvtwin_site", ignore=ignore)
    shutil.copy(ROOT / "manage.py", folder)
    return folder


def bare_python(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Python without site-packages, as on a machine where nothing is installed."""
    return subprocess.run(
        [sys.executable, "-E", "-s", "-S", *arguments], cwd="/", text=True, capture_output=True, check=False
    )


def test_a_busy_port_is_one_line_before_anything_is_installed(clone: Path, busy_port: int) -> None:
    result = bare_python(clone / "manage.py", "up", "--port", str(busy_port))
    assert result.returncode == 1
    assert result.stderr == (
        f"up: port {busy_port} on 127.0.0.1 is in use: stop what serves there, or take another by --port\n"
    )
    assert not (clone / ".venv").exists()


def test_a_command_before_up_says_what_to_run_first(clone: Path) -> None:
    result = bare_python(clone / "manage.py", "migrate")
    assert result.returncode == 1
    assert result.stderr == "Django is not installed here; run first: python3 manage.py up\n"


def test_an_older_python_is_told_the_version_that_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer"):
        manage.main()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "8e3", "\u0663"])
def test_a_port_that_cannot_be_is_refused_by_name(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["up", f"--port={port}"])
    assert stop.value.code == 2
    assert "argument --port" in (message := capsys.readouterr().err)
    assert "give a whole number from 1 to 65535" in message


def test_a_host_that_is_not_here_is_refused_by_name() -> None:
    with pytest.raises(SetupError, match=r"--host nowhere\.invalid is not an address of this machine"):
        address.listen("nowhere.invalid", 8000)
    with pytest.raises(SetupError, match=r"192\.0\.2\.1"):
        address.listen("192.0.2.1", 8000)


def test_an_ipv6_address_is_bracketed_where_it_is_written() -> None:
    assert address.address("::1", 8001) == "http://[::1]:8001/"


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "key"
    key = secret_key(file)
    assert len(key) >= 50
    assert secret_key(file) == key
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text("")  # as a kill in the middle would have left it
    assert len(secret_key(file)) >= 50
    assert [each.name for each in tmp_path.iterdir()] == ["key"]


def test_a_second_set_up_waits_for_the_first_and_keeps_its_log(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done: list[str] = []

    def second() -> None:
        with steps.alone():
            done.append("second")

    with ThreadPoolExecutor(1) as pool:
        with steps.alone():
            steps.log(["migrate"], "the first one's words")
            waiting = pool.submit(second)
            time.sleep(0.1)
            assert "the first one's words" in log.read_text()
            done.append("first")
        waiting.result(5)
    assert done == ["first", "second"]
    assert capsys.readouterr().out == "Another set-up is at work here; this one waits for it.\n"


def test_a_key_and_names_from_the_environment_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LVTWIN_SECRET_KEY", "given")
    monkeypatch.setenv("LVTWIN_ALLOWED_HOSTS", "twin.example")
    env = up.site_environment("0.0.0.0")
    assert (env["LVTWIN_SECRET_KEY"], env["LVTWIN_ALLOWED_HOSTS"]) == ("given", "twin.example")


def test_a_failed_site_command_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "manage.py").write_text(
        "import sys; sys.exit('CommandError: feeder_03.json, line 4: no bus_9')"
    )
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    monkeypatch.setattr(steps, "SITE_PYTHON", Path(sys.executable))
    with pytest.raises(
        SetupError, match=r"^load_feeders failed: CommandError: feeder_03\.json, line 4: no bus_9"
    ):
        steps.run_site_command("load_feeders", env=os.environ)
