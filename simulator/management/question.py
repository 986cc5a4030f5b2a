"""Questions from a terminal: a stored feeder, and options that the site's own forms read."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError
from django.http import QueryDict

from simulator.grid.errors import TwinError
from simulator.models import FeederRecord
from simulator.web.pages.question_form import QuestionForm

Form = TypeVar("Form", bound=QuestionForm)
T = TypeVar("T")


def add_question(parser: CommandParser, form: type[QuestionForm]) -> None:
    """Add the feeder, an option for each field that a person sets in the form, and ``--json``.

    Each option says what it accepts, in the form's words.
    """
    parser.allow_abbrev = False  # else sweep would take --time for --times
    parser.add_argument("feeder_id", metavar="feeder", help="a stored feeder, for example feeder_00")
    for each in form.fields_asked():
        field = form.base_fields[each.name]
        said = f"{field.error_messages['required']} Default: {field.initial}.".replace("%", "%%")
        parser.add_argument(each.flag, dest=each.name, metavar=each.flag.strip("-").upper(), help=said)
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
    flags = {each.name: each.flag for each in form(query).fields_asked()}
    query.update({name: str(options[name]) for name in flags if options.get(name) is not None})
    question = form(query)
    if (own := question.own_share) in query:
        raise CommandError(f"{flags[own]} is refused: the answer counts it, so its share is not asked.")
    faults = [f"{flags[name]} {query[name]!r} is refused. {message}" for name, message in question.messages]
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
