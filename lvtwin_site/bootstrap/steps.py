"""One set-up step at a time: what it prints, what it logs, and its failure in one line."""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOG = ROOT / "var" / "setup.log"
SITE_PYTHON = ROOT / ".venv" / "bin" / "python"


class SetupError(Exception):
    """A step failed; the message is one line for the person at the terminal."""


def say(line: str) -> None:
    """Print one line at once, so that it stands before the output of the next process."""
    print(line, flush=True)


@contextmanager
def alone() -> Iterator[None]:
    """Let one set-up work here at a time; empty the log, so that it tells of this one."""
    import fcntl  # which Windows, where `main` says what to do instead, does not have

    LOG.parent.mkdir(exist_ok=True)
    with LOG.with_name("setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is at work here; this one waits for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        LOG.write_text("")
        yield


def log(command: Sequence[str | Path], output: str) -> None:
    """Keep a command and what it said."""
    with LOG.open("a") as file:
        file.write(f"$ {' '.join(map(str, command))}\n{output}\n")


def run_quietly(command: Sequence[str | Path], **extra_env: str) -> subprocess.CompletedProcess[str]:
    """Run a command with its output in the log alone; the caller judges the result."""
    try:
        result = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | extra_env,
            text=True,
            errors="replace",
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    except FileNotFoundError:
        result = subprocess.CompletedProcess(command, 127, stdout=f"{command[0]}: not found")
    log(command, result.stdout)
    return result


def last_error(output: str) -> str:
    """Pick the line that says what went wrong: pip's last ERROR, an exception's own line, else the last line.

    A traceback's exception can have a message of several lines, of which the first names the trouble.
    """
    lines = [line for line in output.splitlines() if line.strip()]
    named = [
        line
        for line in lines
        if re.match(r"(ERROR|[A-Za-z_][\w.]*(Error|Exception|Configured|Exit)): \S", line)
    ]
    return (named or lines or ["no output"])[-1].strip()


def run_site_command(*arguments: str, env: Mapping[str, str]) -> None:
    """Run one of the site's own manage.py commands: its output is shown, its complaints are logged.

    Raises: SetupError with the command's last complaint.
    """
    command: list[str | Path] = [SITE_PYTHON, ROOT / "manage.py", *arguments]
    result = subprocess.run(
        command, cwd=ROOT, env=env, text=True, errors="replace", check=False, stderr=subprocess.PIPE
    )
    log(command, result.stderr)
    if result.returncode:
        raise SetupError(f"{arguments[0]} failed: {last_error(result.stderr)} (whole story: {LOG})")
