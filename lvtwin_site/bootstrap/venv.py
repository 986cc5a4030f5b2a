"""The site's own Python environment, .venv, filled from a lock file only when the lock has changed."""

import hashlib
import shutil
import sys
from pathlib import Path

from lvtwin_site.bootstrap.steps import LOG, ROOT, SITE_PYTHON, SetupError, last_error, run_quietly, say

LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"
STAMP = ROOT / ".venv" / "installed-locks"
FREE_BYTES = 1_500_000_000

# What pip writes, and what it means to the person who waits for it.
REASONS = {
    "No space left on device": "the disk is full",
    "DO NOT MATCH THE HASHES": "a downloaded package is not the one that the lock file names",
    "NewConnectionError": "the package index cannot be reached; check the network and run this again",
    "ConnectTimeoutError": "the package index does not answer; check the network and run this again",
    "ProxyError": "the proxy refuses the package index; check the network and run this again",
    "(from versions: none)": "the package index cannot be reached or lacks a package; check the network",
    "no such option: --python": "pip is older than 22.3; update it by python3 -m pip install -U pip",
}


def stamp_of(*locks: Path) -> str:
    """Describe an environment: this Python's version, then the hash of each lock that it holds."""
    hashes = [hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks]
    return "\n".join([python_version(), *hashes])


def python_version() -> str:
    """Return the version that decides which builds of a package fit, as `3.11`."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def fits_this_python() -> bool:
    """Tell whether there is a .venv that this Python can fill further."""
    if not (STAMP.exists() and SITE_PYTHON.exists()):
        return False
    return STAMP.read_text().split()[0] == python_version()


def is_installed(lock: Path) -> bool:
    """Tell whether .venv works and holds what `lock` asks for."""
    if not fits_this_python():
        return False
    return set(stamp_of(lock).split()) <= set(STAMP.read_text().split())


def explain(output: str) -> str:
    """Say in one line why pip failed."""
    meaning = [reason for text, reason in REASONS.items() if text in output]
    return (meaning or [last_error(output)])[0]


def python_with_pip() -> str:
    """Return a Python that has pip: this one, or the one that its environment was made from.

    Raises: SetupError with the line that installs pip.
    """
    base = Path(sys.base_prefix) / "bin" / f"python{python_version()}"
    for python in (sys.executable, str(base)):
        if run_quietly([python, "-m", "pip", "--version"]).returncode == 0:
            return python
    raise SetupError("this Python has no pip. On Debian and Ubuntu: sudo apt-get install -y python3-pip")


def create(python: str) -> None:
    """Make .venv afresh, without pip in it: a fresh Debian has no ensurepip.

    Raises: SetupError when the disk is short or Python cannot make an environment.
    """
    if (free := shutil.disk_usage(ROOT).free) < FREE_BYTES:
        raise SetupError(f"{free / 1e9:.1f} GB are free on this disk; {FREE_BYTES / 1e9:.1f} GB are needed")
    result = run_quietly([python, "-m", "venv", "--without-pip", "--clear", ROOT / ".venv"])
    if result.returncode:
        raise SetupError(f"cannot make .venv: {last_error(result.stdout)} (whole story: {LOG})")


def install(lock: Path) -> None:
    """Make .venv hold what `lock` asks for; do nothing when it does already.

    Raises: SetupError with pip's reason.
    """
    if is_installed(lock):
        return
    python = python_with_pip()
    if not fits_this_python():
        create(python)
    say(f"Installing the packages of {lock.name} into .venv; the first time this takes some minutes.")
    STAMP.write_text(python_version() + "\n")  # until pip is done, .venv holds nothing to rely on
    folder, wanted = str(ROOT / ".venv"), str(lock)
    command = [python, "-m", "pip", "--python", folder, "install", "--require-hashes", "-r", wanted]
    result = run_quietly(command, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_USER="0")
    if result.returncode:
        raise SetupError(f"pip failed: {explain(result.stdout)} (whole story: {LOG})")
    # The test lock repeats every line of the lock for use.
    STAMP.write_text(stamp_of(*dict.fromkeys([LOCK, lock])))
