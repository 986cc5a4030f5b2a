"""A process whose threads save scenarios as fast as they can; `test_writers` starts it more than once.

Its arguments: this process's name, how many threads write, how many scenarios each saves; or ``prepare``.
The database is what DATABASE_URL names. It prints one line for each save that failed.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lvtwin_site.settings")


def prepare() -> None:
    """Make the tables, one person and one feeder."""
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from simulator.models import FeederRecord

    call_command("migrate", verbosity=0)
    User.objects.create_user("writer")
    FeederRecord.objects.create(feeder_id="feeder_00", name="Elm Road", network={}, content_hash="f" * 64)


def write(process: str, threads: int, saves: int) -> None:
    """Save ``saves`` scenarios from each thread, under names that tell them apart."""
    from django.contrib.auth.models import User
    from django.db import DatabaseError, connection

    from simulator.models import FeederRecord, SavedScenario, scenarios

    scenarios.MAX_OWN = 10_000  # one person writes them all
    record, owner = FeederRecord.objects.get(), User.objects.get()

    def save_all(thread: int) -> None:
        for number in range(saves):
            name = f"{process}-{thread}-{number}"
            try:
                SavedScenario.objects.keep(record, owner=owner, **scenario_fields(name))
            except DatabaseError as error:
                print(f"{name}: {error}")
        connection.close()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(save_all, range(threads)))


def scenario_fields(name: str) -> dict[str, object]:
    """Return all that a small scenario keeps besides its owner and its feeder."""
    report = {
        "title": "PV sweep of Elm Road",
        "sentence": f"feeder_00 hosts {name}.",
        "state": "ok",
        "question": [["Feeder", "Elm Road (feeder_00), rural"], ["Battery adoption", "0 %"]],
        "kpis": [],
        "findings": [],
        "tables": [],
    }
    return {
        "name": name,
        "study": "sweep",
        "query": "?battery_adoption=0.0",
        "sentence": f"feeder_00 hosts {name}.",
        "question": {"battery_adoption": 0.0},
        "answer": {"hosting_capacity": 0.5},
        "report": report,
        "feeder_hash": "f" * 64,
        "profiles_hash": "a" * 64,
        "versions": "solver 1",
    }


if __name__ == "__main__":
    django.setup()
    if sys.argv[1:] == ["prepare"]:
        prepare()
    else:
        write(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
