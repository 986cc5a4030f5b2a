"""`manage.py up` and `manage.py verify`: the standard library alone, for a machine that has only Python.

Data flow: arguments -> system packages -> .venv -> database and feeders -> a served site, or a verdict.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from lvtwin_site.bootstrap import up, verify
from lvtwin_site.bootstrap.steps import SetupError


def port(text: str) -> int:
    """Parse a TCP port that a service can be given."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a whole number from 1 to 65535")
    return int(text)


def parser() -> argparse.ArgumentParser:
    """Describe both commands and what they accept."""
    root = argparse.ArgumentParser(
        prog="manage.py", description="Set up LV Mini Twin, or prove that it works."
    )
    commands = root.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("up", help="install, load the feeders and serve")
    serve.add_argument(
        "--host", default="127.0.0.1", help="address to serve on (default: this machine alone)"
    )
    serve.add_argument("--port", type=port, default=8000, help="port to serve on (default: 8000)")
    serve.add_argument("--no-serve", action="store_true", help="set up and stop")
    check = commands.add_parser("verify", help="run every check and every test")
    check.add_argument(
        "--require-all",
        action="store_true",
        help="fail when there is no browser or no PostgreSQL to test with",
    )
    return root


def main(argv: Sequence[str]) -> int:
    """Run `up` or `verify`; return the exit code, after one line about whatever went wrong."""
    arguments = parser().parse_args(argv)
    commands: dict[str, Callable[[argparse.Namespace], int]] = {"up": up.run, "verify": verify.run}
    try:
        if os.name != "posix":
            raise SetupError("this command runs on Linux and macOS; on Windows use WSL or the Dockerfile")
        return commands[arguments.command](arguments)
    except (SetupError, OSError) as error:
        print(f"{arguments.command}: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"{arguments.command}: stopped", file=sys.stderr)
    return 1
