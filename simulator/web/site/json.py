"""The one place where the site's JSON is written: strictly, as every reader of JSON reads it."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from ninja.renderers import JSONRenderer

from simulator.reports.finite_json import write_json


class Json(HttpResponse):
    """A response of plain data as JSON."""

    def __init__(self, data: Any, *, indent: int | None = None, **options: Any) -> None:
        text = write_json(data, indent=indent, cls=DjangoJSONEncoder)
        super().__init__(text, content_type="application/json", **options)


class StrictRenderer(JSONRenderer):
    """The API's answers as JSON."""

    def render(self, request: Any, data: Any, *, response_status: int) -> str:
        """Return the text."""
        return write_json(data, cls=self.encoder_class, **self.json_dumps_params)
