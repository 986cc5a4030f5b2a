"""System packages: what is missing, the line that installs it, and installing it where that is allowed."""

import ctypes
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from lvtwin_site.bootstrap.steps import run_quietly, say

# Debian's package for each library that WeasyPrint opens, and that Playwright's driver needs.
PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
FONT_PACKAGE = "fonts-dejavu-core"
DRIVER_LIBRARIES = {"libatomic.so.1": "libatomic1"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """List the packages whose library this machine cannot open."""
    return [package for library, package in libraries.items() if not can_open(library)]


def can_open(library: str) -> bool:
    """Tell whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font() -> bool:
    """Tell whether fontconfig knows a font, or, where it has no command, whether a font file is there."""
    if shutil.which("fc-list"):
        return bool(run_quietly(["fc-list", "--format", "%{family}"]).stdout.strip())
    return any(Path("/usr/share/fonts").rglob("*.[to]tf"))


def find_browser() -> str | None:
    """Return the path of a Chromium that the tests can drive."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def missing_for_pdf() -> list[str]:
    """List the packages that PDF reports lack."""
    return missing_packages(PDF_LIBRARIES) + ([] if has_font() else [FONT_PACKAGE])


def missing_for_browser() -> list[str]:
    """List the packages that browser tests lack."""
    return ([] if find_browser() else ["chromium"]) + missing_packages(DRIVER_LIBRARIES)


def apt_line(packages: Iterable[str]) -> str:
    """Return the one line that a person pastes."""
    return f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def apt_prefix() -> list[str] | None:
    """Return what goes before apt-get: nothing for root, sudo if it asks no password, None if neither."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and run_quietly(["sudo", "-n", "true"]).returncode == 0:
        return ["sudo", "-n"]
    return None


def install_packages(packages: list[str]) -> None:
    """Install system packages where this user may; whether it worked shows in what is missing afterwards."""
    prefix = apt_prefix()
    if prefix is None or not packages:
        return
    say(f"Installing system packages: {' '.join(packages)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    run_quietly([*apt, "update"])
    run_quietly([*apt, "install", "-y", "--no-install-recommends", *packages])
