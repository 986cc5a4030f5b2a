"""Who asks: in whose name long work is done, how much of it there may be, and whether anybody still waits."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest

from simulator.web.people.visitors import address_of


def _still_there() -> bool:
    return False


@dataclass(frozen=True)
class Asker:
    """``key`` names the account or the address; ``most_s`` is the processor time a question may cost.

    None is no bound: a command on the machine itself. ``gone`` tells whether the client has hung up.
    """

    key: str = ""
    most_s: float | None = None
    who: str = ""
    signed_in: bool = False
    gone: Callable[[], bool] = _still_there

    def within(self, most_s: float) -> "Asker":
        """Return the same asker with a question that may cost less; without a bound it stays so."""
        return self if self.most_s is None else replace(self, most_s=min(self.most_s, most_s))


ANYBODY = Asker()


def asker_of(request: HttpRequest) -> Asker:
    """Return who asks: an account, or the address of somebody who has not signed in.

    Waitress tells whether a client has hung up; of other servers' clients nothing is known until they are
    answered.
    """
    gone = request.META.get("waitress.client_disconnected", _still_there)
    if request.user.is_authenticated:
        most_s = float(settings.LVTWIN_MOST_S_SIGNED_IN)
        return Asker(f"account {request.user.pk}", most_s, "an account", signed_in=True, gone=gone)
    address, most_s = f"address {address_of(request)}", float(settings.LVTWIN_MOST_S)
    return Asker(address, most_s, "people who have not signed in", gone=gone)
