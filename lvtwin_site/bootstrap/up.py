"""`manage.py up`: from a fresh clone to a served site; from a site that is set up, in seconds."""

import argparse
import os
from typing import NoReturn

from lvtwin_site.bootstrap import system, venv
from lvtwin_site.bootstrap.address import address, listen
from lvtwin_site.bootstrap.key import secret_key
from lvtwin_site.bootstrap.steps import ROOT, SITE_PYTHON, alone, run_site_command, say

KEY_FILE = ROOT / "var" / "secret_key"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def run(arguments: argparse.Namespace) -> int:
    """Set up, then become the server, or return 0 when asked not to serve."""
    host, port, serving = arguments.host, arguments.port, not arguments.no_serve
    if serving:
        listen(host, port).close()  # tried before the work, not after it
    with alone():
        env = set_up(host)
    if serving:
        listen(host, port).close()  # another `up` may have taken it meanwhile
        say(f"LV Mini Twin: {address(host, port)}  (Ctrl+C stops it)")
        serve(host, port, env)
    say("LV Mini Twin is set up. Serve it with: python3 manage.py up")
    return 0


def set_up(host: str) -> dict[str, str]:
    """Install, and fill the database; return the environment to serve in."""
    venv.install(venv.LOCK)
    prepare_pdf()
    env = site_environment(host)
    run_site_command("check_database", env=env)
    run_site_command("migrate", "--no-input", "--verbosity", "0", env=env)
    run_site_command("load_feeders", env=env)
    run_site_command("ensure_admin", env=env)
    run_site_command("compile_solver", env=env)
    return env


def prepare_pdf() -> None:
    """Install what PDF reports need, or say the line that does; the site is served either way."""
    system.install_packages(system.missing_for_pdf())
    if missing := system.missing_for_pdf():
        say(f"PDF reports are off until this is run: {system.apt_line(missing)}")


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
