"""What is refused because of its cost, or of what others ask for, wherever in a request it turns up."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from simulator.grid.errors import QuestionError
from simulator.reports.press import PdfError
from simulator.web.site.errors import refuse_page
from simulator.web.work.job import AbandonedError
from simulator.web.work.pool import BusyError


class Refusals:
    """Answers 429, 422 and 503 in words, as a page or in the API's shape of errors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to a refusal; nothing to an error, which is somebody else's."""
        match exception:
            case BusyError():
                response = refuse_page(request, 429, str(exception))
                response["Retry-After"] = str(exception.seconds)
                return response
            case PdfError():
                way = "The page and its CSV file have everything."
                return refuse_page(request, 503, f"The PDF cannot be made: {exception}. {way}")
            case QuestionError():
                return refuse_page(request, 422, exception.message)
            case AbandonedError():  # nobody reads this
                return refuse_page(request, 503, "The client has hung up.")
        return None
