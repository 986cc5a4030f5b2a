"""The routes of the API, their OpenAPI pages, and errors in one shape."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from simulator.grid.errors import QuestionError, TooManyFeedersError
from simulator.models import FeederRecord
from simulator.web.api.import_route import import_feeder
from simulator.web.api.parsing import StrictParser
from simulator.web.api.profile_route import store_profile
from simulator.web.api.schemas.accepts import ACCEPTS
from simulator.web.api.schemas.importing import IMPORT_ACCEPTS, ImportOut, ItemOut
from simulator.web.api.schemas.parts import ErrorOut
from simulator.web.api.schemas.profiles import PROFILE_ACCEPTS, ProfileOut
from simulator.web.api.schemas.service import FeedersOut, MetricsOut
from simulator.web.api.signed_in import OPEN, SIGNED_IN
from simulator.web.api.study_routes import study_route
from simulator.web.feeders.records import find_feeder
from simulator.web.pages.studies import STUDIES
from simulator.web.people.rights import may_look
from simulator.web.people.tokens import BEARER, HOW
from simulator.web.site.errors import error_body
from simulator.web.site.json import StrictRenderer
from simulator.web.work.metrics import METRICS

api = NinjaAPI(
    title="LV Mini Twin",
    version="1",
    description="Power flow, PV hosting capacity and guidance for low-voltage feeders. Published feeders are "
    "open to everyone; to ask about your own as well, make a token on your account's page and send it as "
    "`Authorization: Bearer TOKEN`, or a session's cookie.",
    parser=StrictParser(),
    renderer=StrictRenderer(),
)
FAULTS = {400: ErrorOut, 401: ErrorOut, 404: ErrorOut, 413: ErrorOut, 422: ErrorOut, 429: ErrorOut}


@api.get(
    "/feeders", response={200: FeedersOut, 401: ErrorOut}, openapi_extra=OPEN, summary="List the feeders"
)
def feeders(request: HttpRequest) -> dict[str, Any]:
    """Return the ids of the feeders that you may see."""
    return {
        "feeders": list(FeederRecord.objects.visible_to(request.user).values_list("feeder_id", flat=True))
    }


imports_with = {200: ImportOut, 201: ImportOut, **FAULTS, 403: ErrorOut, 409: ErrorOut}
api.post("/feeders", response=imports_with, auth=SIGNED_IN, summary="Import a feeder")(import_feeder)

takes_profiles = {200: ProfileOut, 201: ProfileOut, **FAULTS, 403: ErrorOut}
api.post(
    "/profiles/{feeder_id}", response=takes_profiles, auth=SIGNED_IN, summary="Store a feeder's profile"
)(store_profile)


net_gives = {200: dict[str, Any], 401: ErrorOut, 404: ErrorOut}


@api.get("/net/{feeder_id}", response=net_gives, openapi_extra=OPEN, summary="Get a feeder's network")
def net(request: HttpRequest, feeder_id: str) -> dict[str, Any]:
    """Return the feeder: source, transformers, buses, lines, customers."""
    return find_feeder(feeder_id, request.user).feeder.model_dump(mode="json", by_alias=True)


@api.get(
    "/import-log/{feeder_id}",
    response={200: list[ItemOut], 403: ErrorOut, 404: ErrorOut},
    openapi_extra=OPEN,
    summary="Tell of a feeder's file",
)
def import_log(request: HttpRequest, feeder_id: str) -> list[dict[str, Any]]:
    """Return what became of each item of your feeder's file; [] where it has none."""
    record = find_feeder(feeder_id, request.user)
    if not may_look(request.user, record):
        raise HttpError(403, f"Only the owner of {feeder_id} may read what became of its file.")
    return list(record.import_log)


for study in STUDIES.values():
    if study.body:
        api.post(
            f"/{study.route}",
            response={200: study.response, **FAULTS},
            exclude_unset=True,  # what few ask for is absent where it was not asked
            openapi_extra=OPEN,
            summary=study.question,
        )(study_route(study))


@api.get("/metrics", response=MetricsOut, summary="Latency and cache figures")
def metrics(request: HttpRequest) -> dict[str, Any]:
    """Return the latency of recent requests and the cache's hits and misses."""
    return METRICS.read()


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name every field that is wrong."""
    known = ACCEPTS | (PROFILE_ACCEPTS if request.path.startswith("/api/profiles/") else IMPORT_ACCEPTS)
    body = _body_at(request.path)
    taken = tuple(body.model_fields if body else ACCEPTS)
    old = {was: name for name, was in body.renamed.items()} if body else {}
    fields = [
        (_field(fault["loc"]), _differs(fault, old) or f"{fault['msg']}; {_accepts(fault, known, taken)}")
        for fault in error.errors
    ]
    return api.create_response(request, error_body(422, "The body has errors.", fields), status=422)


@api.exception_handler(QuestionError)
def refused_question(request: HttpRequest, error: QuestionError) -> HttpResponse:
    """Name the field that a study refuses."""
    body = error_body(422, "The body has errors.", [(error.field, error.message)])
    return api.create_response(request, body, status=422)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Keep the one shape of errors, and say why a body cannot be read."""
    why = f": {error.__cause__}" if error.__cause__ else ""
    return api.create_response(
        request, error_body(error.status_code, f"{error}{why}."), status=error.status_code
    )


@api.exception_handler(AuthenticationError)
def unknown_user(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Answer 401 to a stranger."""
    response = api.create_response(request, error_body(401, f"Sign in first. {HOW}"), status=401)
    response["WWW-Authenticate"] = BEARER
    return response


@api.exception_handler(TooManyFeedersError)
def too_many_feeders(request: HttpRequest, error: TooManyFeedersError) -> HttpResponse:
    """Refuse to store more feeders than one person may keep."""
    return api.create_response(request, error_body(409, str(error)), status=409)


@api.exception_handler(Http404)
def unknown(request: HttpRequest, error: Http404) -> HttpResponse:
    """Answer 404 in the one shape of errors."""
    return api.create_response(request, error_body(404, str(error)), status=404)


def _differs(fault: dict[str, Any], old: dict[str, str]) -> str:
    """Return what is said of a field that is given by its new name as well; "" of any other."""
    name = old.get(fault["loc"][-1]) if fault["type"] == "extra_forbidden" else None
    return f"differs from {name}, the name that it has now: give {name} alone" if name else ""


def _accepts(fault: dict[str, Any], known: dict[str, str], taken: tuple[str, ...]) -> str:
    """Return what the field at fault accepts; where the body has no such field, which there are."""
    place = fault["loc"][:-1] if fault["type"] == "extra_forbidden" else fault["loc"]
    return next(
        (known[str(part)] for part in reversed(place) if part in known), f"accepted are {', '.join(taken)}"
    )


def _body_at(path: str) -> type[Any] | None:
    """Return what a study's route takes; None where the address is another's."""
    name = path.rstrip("/").rpartition("/")[2]
    return next((study.body for study in STUDIES.values() if study.route == name), None)


def _field(place: tuple[str | int, ...]) -> str:
    """Return ``hours.3`` for a fault at ("body", "body", "hours", 3)."""
    return ".".join(str(part) for part in place[1:] if part != "body") or "body"
