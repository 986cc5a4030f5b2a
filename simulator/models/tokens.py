"""Tokens by which programs say whose they are; only what a token hashes to is kept."""

import hashlib
import secrets
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import OperationalError, models, transaction
from django.utils import timezone

MAX_TOKENS = 20  # of one person
NAME_MAX = 60
PREFIX = "lvt_"  # by which people, and scanners of published code, know what it is
SHOWN = len(PREFIX) + 4
_NOTED_AFTER = timedelta(minutes=10)  # a note of the last use at each request would be a write at each


class TooManyTokensError(ValueError):
    """A person has as many tokens as one may have."""


class TokenNameTakenError(ValueError):
    """A person has a token of this name."""


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    """Tokens."""

    def make(self, owner: User, name: str) -> tuple["AccessToken", str]:
        """Store a new token; return it with its secret, which nobody can tell again.

        Raises: TooManyTokensError, TokenNameTakenError; nothing is stored then.
        """
        secret = PREFIX + secrets.token_urlsafe(32)
        with transaction.atomic():
            User.objects.select_for_update().get(pk=owner.pk)  # two at once count too
            own = self.filter(owner=owner)
            if own.filter(name=name).exists():
                raise TokenNameTakenError(
                    f"You have a token named {name}: withdraw it, or take another name."
                )
            if own.count() >= MAX_TOKENS:
                words = f"You have {MAX_TOKENS} tokens, the most that one person may: withdraw one first."
                raise TooManyTokensError(words)
            made = self.create(owner=owner, name=name, digest=_digest(secret), begins=secret[:SHOWN])
        return made, secret

    def owner_of(self, secret: str) -> User | None:
        """Return whose token this is and note its use; None where it is nobody's, or theirs is shut out."""
        found = self.select_related("owner").filter(digest=_digest(secret), owner__is_active=True).first()
        if found is None:
            return None
        now = timezone.now()
        if found.last_used is None or now - found.last_used > _NOTED_AFTER:
            with suppress(OperationalError):  # a database that takes no writes still answers who reads
                self.filter(pk=found.pk).update(last_used=now)
        return found.owner


class AccessToken(models.Model):
    """A token: its secret has 256 random bits, so that a plain hash of it tells nothing."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=NAME_MAX)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    begins = models.CharField(max_length=SHOWN, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    last_used = models.DateTimeField(null=True, editable=False)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_token_a_name")]
        verbose_name = "token"

    def __str__(self) -> str:
        return self.name


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
