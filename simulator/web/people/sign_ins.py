"""How many wrong passwords are taken, from whom and for whom, before nobody looks at them any more.

django-axes counts and refuses; here stand the figures, and what it would otherwise keep for ever.
"""

from typing import TYPE_CHECKING, Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from simulator.web.people.visitors import address_of

if TYPE_CHECKING:
    from datetime import timedelta

MAX_FROM_ADDRESS = 20  # whatever the names: an office may share an address
MAX_FOR_NAME = 50  # wherever from: many addresses together guess no further
MAX_ROWS = 10_000  # each about a kilobyte; the oldest make way


class SignIns(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts wrong passwords in the database, so that every worker knows of them."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return the wrong passwords that count, AXES_FAILURE_LIMIT of which are too many."""
        return max(int(settings.AXES_FAILURE_LIMIT * share) for share, _ in _shares(request, credentials))

    def clean_expired_user_attempts(
        self, request: HttpRequest | None = None, credentials: dict[str, Any] | None = None
    ) -> int:
        """Drop what counts no longer, and what is beyond the newest few."""
        dropped: int = super().clean_expired_user_attempts(request, credentials)
        beyond = AccessAttempt.objects.order_by("-attempt_time", "-pk").values_list("pk", flat=True)
        if AccessAttempt.objects.count() > MAX_ROWS:
            dropped += AccessAttempt.objects.filter(pk__in=list(beyond[MAX_ROWS:])).delete()[0]
        return dropped


def seconds_left(request: HttpRequest, credentials: dict[str, Any] | None) -> int:
    """Return how long a name or an address stays locked out, in seconds."""
    since = [
        rows.aggregate(at=Max("attempt_time"))["at"]
        for share, rows in _shares(request, credentials)
        if share >= 1
    ]
    left: timedelta = max(since, default=timezone.now()) + settings.AXES_COOLOFF_TIME - timezone.now()
    return max(1, round(left.total_seconds()))


def _shares(
    request: HttpRequest, credentials: dict[str, Any] | None
) -> list[tuple[float, QuerySet[AccessAttempt]]]:
    """Return each count as a share of what is too many, with the rows that it was counted from."""
    name, address = Q(username=get_client_username(request, credentials)), Q(ip_address=address_of(request))
    fresh = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
    bounds = (
        (name & address, settings.AXES_FAILURE_LIMIT),
        (address, MAX_FROM_ADDRESS),
        (name, MAX_FOR_NAME),
    )
    counted = [(fresh.filter(which), most) for which, most in bounds]
    return [
        ((rows.aggregate(all=Sum("failures_since_start"))["all"] or 0) / most, rows) for rows, most in counted
    ]
