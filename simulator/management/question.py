"""Questions from a terminal: a stored feeder, and options that the site's own forms read."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError
from django.http import QueryDict

from simulator.grid.errors import TwinError
from simulator.grid.subject import Subject
from simulator.models import FeederRecord
from simulator.web.pages.forms import QueryForm

OPTIONS = {
    "pv_adoption": "--pv",
    "battery_adoption": "--battery",
    "date": "--date",
    "time": "--time",
    "times": "--times",
    "limits": "--limits",
    "when": "--when",
    "bus": "--bus",
    "placements": "--placements",
    "seed": "--seed",
    "quarter_hours": "--quarter-hours",
    "low": "--low",
    "high": "--high",
    "rise": "--rise",
    "loading": "--loading",
}

Form = TypeVar("Form", bound=QueryForm)
T = TypeVar("T")


def add_question(parser: CommandParser, form: type[QueryForm]) -> None:
    """Add the feeder, an option for each field that a person sets in the form, and ``--json``.

    Each option says what it accepts, in the form's words.
    """
    parser.allow_abbrev = False  # else sweep would take --time for --times
    parser.add_argument("feeder_id", metavar="feeder", help="a stored feeder, for example feeder_00")
    for name, option in OPTIONS.items():
        if name in form.base_fields and name not in form.along:
            field = form.base_fields[name]
            said = f"{field.error_messages['required']} Default: {field.initial}."
            parser.add_argument(
                option, dest=name, metavar=option.strip("-").upper(), help=said.replace("%", "%%")
            )
    parser.add_argument("--json", action="store_true", help="Print what the API answers.")


def published_feeders() -> list[FeederRecord]:
    """Return the records of all published feeders.

    Raises: CommandError where there is none, or no database.
    """
    try:
        records = list(FeederRecord.objects.published())
    except DatabaseError as error:
        raise CommandError(f"The database cannot be read ({error}): run manage.py up first.") from error
    if not records:
        raise CommandError("No feeder is published: run manage.py load_feeders, or publish one in the admin.")
    return records


def read_subject(feeder_id: str) -> Subject:
    """Return a stored feeder with its profiles.

    Raises: CommandError naming the feeders there are, where this is none of them.
    """
    return answer(lambda: read_record(feeder_id).subject)


def read_record(feeder_id: str) -> FeederRecord:
    """Return a stored feeder's record, published or not: who runs commands may read the database.

    Raises: CommandError naming published feeders, where none is called so.
    """
    known = ", ".join(record.feeder_id for record in published_feeders())
    record = FeederRecord.objects.filter(feeder_id=feeder_id).first() if "\0" not in feeder_id else None
    if record is None:
        raise CommandError(f"No feeder is named {feeder_id[:64]}. Published are {known}.")
    return record


def read_form(form: Callable[[QueryDict], Form], options: Mapping[str, Any]) -> Form:
    """Return the form filled from the options, valid; an option left out takes the form's default.

    Raises: CommandError naming each option at fault, what was given and what it accepts.
    """
    query = QueryDict(mutable=True)
    query.update({name: str(options[name]) for name in OPTIONS if options.get(name) is not None})
    question = form(query)
    faults = [f"{OPTIONS[name]} {query[name]!r} is refused. {message}" for name, message in question.messages]
    if faults:
        raise CommandError(" ".join(faults))
    return question


def answer(ask: Callable[[], T]) -> T:
    """Return an answer.

    Raises: CommandError in the simulator's own words, where it refuses.
    """
    try:
        return ask()
    except TwinError as error:
        raise CommandError(str(error)) from error
