"""The API's route that takes a feeder's profile."""

from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Status, UploadedFile
from ninja.errors import HttpError

from simulator.grid.errors import ProfileFileError, QuestionError
from simulator.importing.profiles.reading import Found, read_profile_file
from simulator.importing.profiles.text import MAX_BYTES
from simulator.importing.profiles.wanted import ProfileQuestionError, Wanted, read_begins
from simulator.models import FeederRecord, ProfileSet
from simulator.web.api.schemas.profiles import PROFILE_ACCEPTS, ProfileIn
from simulator.web.feeders.import_forms import clean_name
from simulator.web.feeders.records import find_feeder
from simulator.web.people.rights import may_change


def store_profile(
    request: HttpRequest, feeder_id: str, file: File[UploadedFile], body: Form[ProfileIn]
) -> Status[dict[str, Any]]:
    """Read a day, or up to a year, of load or PV, tell what was done, and store it with the feeder.

    Send multipart/form-data. A file that can be read in more than one way, and numbers that look like another
    unit's, get 422 with what there is to choose; nothing is stored then.
    """
    for name in sorted({*request.POST, *request.FILES} - set(PROFILE_ACCEPTS)):
        raise QuestionError(name[:40], f"no such field; accepted are {', '.join(PROFILE_ACCEPTS)}")
    record = find_feeder(feeder_id, request.user)
    if not may_change(request.user, record):
        raise HttpError(403, f"Only the owner of {record.feeder_id} may do this.")
    name = clean_name(file.name or "")
    found = _read(record, file, name, body)
    if body.dry_run:
        return Status(200, _told(record, name, body, found))
    if found.doubts and not body.accept_doubts:
        words = "choose another unit, or send accept_doubts to store it as it is"
        raise QuestionError("unit", f"{' '.join(found.doubts)} Nothing was stored: {words}.")
    ProfileSet.objects.keep(record, body.kind, name, found.series, (*found.told, *found.doubts))
    return Status(201, {**_told(record, name, body, found), "stored": True})


def _read(record: FeederRecord, file: UploadedFile, name: str, body: ProfileIn) -> Found:
    """Return what the file holds.

    Raises: QuestionError naming the field at fault.
    """
    if (file.size or 0) > MAX_BYTES:
        raise QuestionError("file", f"{PROFILE_ACCEPTS['file']}; this one has {file.size:,} bytes.")
    begins = read_begins(body.year)
    wanted = Wanted(body.kind, body.unit, begins, body.numbers, body.column, body.hours_ahead)
    try:
        return read_profile_file(file.read(), name[-60:], record.feeder, wanted)
    except ProfileFileError as error:
        raise QuestionError("file", f"{error}.") from error
    except ProfileQuestionError as error:
        raise QuestionError(error.field, str(error)) from error


def _told(record: FeederRecord, name: str, body: ProfileIn, found: Found) -> dict[str, Any]:
    series = found.series
    return {
        "stored": False,
        "feeder_id": record.feeder_id,
        "kind": body.kind,
        "file": name,
        "import_log": list(found.told),
        "account": list(found.told),
        "doubts": list(found.doubts),
        "days": series.days,
        "first_day": series.first_day,
        "interval_minutes": series.minutes,
        "customers": list(series.customers),
        "lowest_pu": float(series.values.min()),
        "mean_pu": float(series.values.mean()),
        "highest_pu": float(series.values.max()),
    }
