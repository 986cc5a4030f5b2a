#!/usr/bin/env python3
"""Django's command line, plus `up` and `verify`, which need only python3."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path


def main() -> None:
    """Run one command; leave for the site's own Python when this one has no Django."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must reach this line
        sys.exit("LV Mini Twin needs Python 3.11 or newer; try python3.11 manage.py ...")
    if sys.argv[1:2] in (["up"], ["verify"]):
        from lvtwin_site import bootstrap

        sys.exit(bootstrap.main(sys.argv[1:]))
    if find_spec("django") is None:
        leave_for(Path(__file__).resolve().parent / ".venv" / "bin" / "python")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lvtwin_site.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Configuration: {error}")


def leave_for(own_python: Path) -> None:
    """Run this same command with the Python that `up` filled."""
    if not own_python.exists() or Path(sys.prefix) == own_python.parents[1]:
        sys.exit("Django is not installed here; run first: python3 manage.py up")
    os.execv(own_python, [str(own_python), *sys.argv])


if __name__ == "__main__":
    main()
