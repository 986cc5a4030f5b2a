"""`manage.py up`: from a fresh clone to a served site; from a site that is set up, in seconds."""

import argparse
import os
import secrets
from pathlib import Path
from typing import NoReturn

from lvtwin_site.bootstrap import system, venv
from lvtwin_site.bootstrap.address import address, listen
from lvtwin_site.bootstrap.steps import ROOT, SITE_PYTHON, run_site_command, say

KEY_FILE = ROOT / "var" / "secret_key"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def run(arguments: argparse.Namespace) -> int:
    """Set up, then become the server, or return 0 when asked not to serve."""
    if not arguments.no_serve:
        listen(arguments.host, arguments.port).close()  # before the work, not after it
    venv.install(venv.LOCK)
    prepare_pdf()
    env = site_environment(arguments.host)
    run_site_command("migrate", "--no-input", "--verbosity", "0", env=env)
    run_site_command("load_feeders", env=env)
    run_site_command("ensure_admin", env=env)
    if arguments.no_serve:
        say("LV Mini Twin is set up. Serve it with: python3 manage.py up")
    else:
        say(f"LV Mini Twin: {address(arguments.host, arguments.port)}  (Ctrl+C stops it)")
        serve(arguments.host, arguments.port, env)
    return 0


def prepare_pdf() -> None:
    """Install what PDF reports need, or say the line that does; the site is served either way."""
    system.install_packages(system.missing_for_pdf())
    if missing := system.missing_for_pdf():
        say(f"PDF reports are off until this is run: {system.apt_line(missing)}")


def secret_key(file: Path) -> str:
    """Return the key in `file`, made on first use and readable by its owner alone."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64))
    return file.read_text().strip()


def site_environment(host: str) -> dict[str, str]:
    """Return this environment with the site's key; served beyond this machine, it answers to any name."""
    env = dict(os.environ)
    if not env.get("LVTWIN_SECRET_KEY"):
        env["LVTWIN_SECRET_KEY"] = secret_key(KEY_FILE)
    if host not in LOOPBACK:
        env.setdefault("LVTWIN_ALLOWED_HOSTS", "*")
    return env


def serve(host: str, port: int, env: dict[str, str]) -> NoReturn:
    """Become the server."""
    os.chdir(ROOT)
    os.execve(SITE_PYTHON, server_command(host, port), env)


def server_command(host: str, port: int) -> list[str]:
    """Return the server's command line."""
    return [str(SITE_PYTHON), "-m", "lvtwin_site.server", "--host", host, "--port", str(port)]
