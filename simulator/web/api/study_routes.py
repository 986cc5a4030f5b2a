"""The API's routes of the studies: each takes a study's question and gives its answer."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from simulator.web.feeders.records import find_feeder
from simulator.web.pages.study import Study
from simulator.web.work.answers import Answers
from simulator.web.work.askers import asker_of

Route = Callable[[HttpRequest, HttpResponse, Any], dict[str, Any]]


def study_route(study: Study[Any, Any]) -> Route:
    """Return the function that answers a study's route."""

    def route(request: HttpRequest, response: HttpResponse, body: Any) -> dict[str, Any]:
        question = study.read(find_feeder(body.feeder_id, request.user), body.asked())
        answers = Answers(asker_of(request))
        answer = study.ask(answers, question)
        answers.mark(response)
        return study.full_data(question, answer)

    route.__annotations__["body"] = study.body  # from which Ninja reads what the route takes
    route.__name__ = study.route.replace("-", "_")
    route.__doc__ = (
        (study.task.compute.__doc__ or "").partition("Raises:")[0].strip()
    )  # errors have answers of their own
    return route
