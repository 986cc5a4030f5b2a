"""Pages and API calls about a feeder that cannot be computed as it is stored: they say so, and why."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from simulator.studies.unusable import CANNOT, UNUSABLE, reason_of
from simulator.web.site.errors import refuse_page


class TellUnusable:
    """Answers 422 with the reason, in the form that was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page, or the API's error, that says why; nothing for any other exception."""
        if not isinstance(exception, UNUSABLE):
            return None
        return refuse_page(request, 422, f"This feeder {CANNOT} as it is stored: {reason_of(exception)}.")
