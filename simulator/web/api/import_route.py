"""The API's route that imports a feeder."""

from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Status, UploadedFile

from simulator.grid.errors import ImportFileError, QuestionError
from simulator.importing.bounds import MAX_FILE_BYTES
from simulator.web.api.schemas.importing import IMPORT_ACCEPTS, ImportIn
from simulator.web.feeders.import_forms import clean_name
from simulator.web.feeders.importing import FILE, import_data, read_import, store_import


def import_feeder(
    request: HttpRequest, file: File[UploadedFile], body: Form[ImportIn]
) -> Status[dict[str, Any]]:
    """Read a network file, tell what became of each item, and store it as your own, unpublished feeder.

    Send multipart/form-data, signed in (with the CSRF token) or with a token of your account. A file of
    several feeders needs ``choice``, one of the keys that ``dry_run`` tells.
    """
    for name in sorted({*request.POST, *request.FILES} - set(IMPORT_ACCEPTS)):
        raise QuestionError(name[:40], f"no such field; accepted are {', '.join(IMPORT_ACCEPTS)}")
    if (file.size or 0) > MAX_FILE_BYTES:
        raise QuestionError("file", FILE)
    try:
        found = read_import(file.read(), clean_name(file.name or ""))
    except ImportFileError as error:
        raise QuestionError("file", f"{error}.") from error
    if body.dry_run:
        chosen = found.choose(body.choice) if body.choice or len(found.choices) == 1 else None
        return Status(200, {"feeder_id": None, **import_data(found, chosen)})
    chosen = found.choose(body.choice)
    record = store_import(found, chosen.key, request.user, potential=body.potential())  # type: ignore[arg-type]
    return Status(201, {"feeder_id": record.feeder_id, **import_data(found, chosen)})
