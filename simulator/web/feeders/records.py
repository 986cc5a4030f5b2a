"""Feeders as a person may see them."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from simulator.models import FeederRecord, Upload


def find_feeder(feeder_id: str, user: AbstractBaseUser | AnonymousUser) -> FeederRecord:
    """Return the record of a feeder that the person may see.

    Raises: Http404 where there is none.
    """
    visible = FeederRecord.objects.visible_to(user)
    # PostgreSQL refuses to look for the character NUL
    record = visible.filter(feeder_id=feeder_id).first() if "\0" not in feeder_id else None
    if record is None:
        raise Http404(f"No feeder is named {feeder_id[:64]}.")
    return record


def find_upload(pk: int, user: AbstractBaseUser | AnonymousUser) -> Upload:
    """Return a person's own file that waits for a choice.

    Raises: Http404 where there is none.
    """
    upload = Upload.objects.filter(pk=pk, owner_id=user.pk).select_related("owner").first()
    if upload is None:
        raise Http404("This file waits no longer: a feeder of it is stored, or it is gone after a day.")
    return upload
