"""Feeders as a person may see them."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from simulator.models import FeederRecord


def find_feeder(feeder_id: str, user: AbstractBaseUser | AnonymousUser) -> FeederRecord:
    """Return the record of a feeder that the person may see.

    Raises: Http404 where there is none.
    """
    record = FeederRecord.objects.visible_to(user).filter(feeder_id=feeder_id).first()
    if record is None:
        raise Http404(f"No feeder is named {feeder_id[:64]}.")
    return record
