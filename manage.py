#!/usr/bin/env python3
"""Django's command line, plus `up` and `verify`, which need only python3."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path


def main() -> None:
    """Run one command; leave for the site's own Python when this one has no Django."""
    if sys.argv[1:2] in (["up"], ["verify"]):
        from lvtwin_site import bootstrap

        sys.exit(bootstrap.main(sys.argv[1:]))
    own_python = Path(__file__).resolve().parent / ".venv" / "bin" / "python"
    if find_spec("django") is None and own_python.exists() and Path(sys.prefix) != own_python.parents[1]:
        os.execv(own_python, [str(own_python), *sys.argv])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lvtwin_site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
