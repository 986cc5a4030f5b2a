"""A feeder taken away in another program's format."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from simulator.web.feeders.exports import EXPORTS
from simulator.web.feeders.records import find_feeder


@require_safe
def export(request: HttpRequest, feeder_id: str, kind: str) -> HttpResponse:
    """Hand out a feeder as a file."""
    feeder, format_ = find_feeder(feeder_id, request.user).feeder, EXPORTS[kind]
    headers = {"Content-Disposition": f'attachment; filename="{feeder_id}.{kind}"'}
    return HttpResponse(format_.write(feeder), content_type=format_.content_type, headers=headers)
