"""Who may change what belongs to a feeder."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from simulator.models import FeederRecord

User = AbstractBaseUser | AnonymousUser


def may_change(user: User, record: FeederRecord) -> bool:
    """Tell whether a person may bring or delete a feeder's profiles: its owner; staff where it has none."""
    if not user.is_authenticated:
        return False
    if record.owner_id is None:
        return bool(getattr(user, "is_staff", False))
    return bool(record.owner_id == user.pk)


def may_look(user: User, record: FeederRecord) -> bool:
    """Tell whether a person may see a feeder's profiles themselves: who may change them, and staff."""
    return may_change(user, record) or bool(getattr(user, "is_staff", False))
