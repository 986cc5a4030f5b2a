"""A site of its own for a benchmark: the twelve feeders in a database that is thrown away."""

import io
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN = ("CACHE_URL", "LVTWIN_HTTPS", "LVTWIN_ALLOWED_HOSTS", "LVTWIN_DEBUG")


def set_up(directory: Path) -> None:
    """Point this process, and those it starts, at a new database in ``directory``; fill it as `up` does.

    The cache is the product's default, each process's own memory.
    """
    for name in OWN:
        os.environ.pop(name, None)
    os.environ["DATABASE_URL"] = f"sqlite:///{directory / 'benchmark.sqlite3'}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "lvtwin_site.settings"
    sys.path.insert(0, str(ROOT))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_feeders", stdout=io.StringIO())
