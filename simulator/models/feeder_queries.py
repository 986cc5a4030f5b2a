"""Feeders as sets: who may see them, loaded from files, taken from people."""

from base64 import b32encode
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.db import IntegrityError, models, transaction
from django.utils.crypto import salted_hmac

from simulator.grid.errors import FeederFileError, TooManyFeedersError
from simulator.grid.reading import read_feeder
from simulator.grid.schema import Feeder
from simulator.models.content import renamed, stored_content

if TYPE_CHECKING:
    from simulator.models.feeders import FeederRecord

MAX_OWN = 50  # feeders of one person
ID_LENGTH = 64


def own_ending(owner: User | None) -> str:
    """Return what the ids of a person's feeders end with, whatever others keep.

    Were an id given as long as it is free, it would tell that somebody has a feeder of the name. What
    belongs to the site, and to staff, who see all, needs no ending.
    """
    if owner is None or owner.is_staff:
        return ""
    digest = salted_hmac("simulator.feeder_id", str(owner.pk), algorithm="sha256").digest()
    return f"-{b32encode(digest)[:5].decode().lower()}"


class FeederQuerySet(models.QuerySet["FeederRecord"]):
    """Feeder records."""

    def published(self) -> "FeederQuerySet":
        """Return the feeders that pages and the API may show."""
        return self.filter(published=True)

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "FeederQuerySet":
        """Return the feeders that a person may see: published ones, their own, all for staff."""
        if getattr(user, "is_staff", False):
            return self.all()
        shown = models.Q(published=True)
        return self.filter(shown | models.Q(owner=user)) if user.is_authenticated else self.filter(shown)

    def listed(self, words: str = "") -> "list[FeederRecord]":
        """Return the feeders that have every word, without their networks, which are large.

        SQLite knows capitals of ASCII alone, so that Python compares.
        """
        light = self.defer("network", "import_log", "notes")
        asked = words.casefold().split()
        return [record for record in light if all(word in record.text for word in asked)]

    def load(self, *directories: Path) -> dict[str, list[str]]:
        """Read every feeder file of these directories; store what is new or changed, all of it or nothing.

        Metadata that people have edited stays. Returns the feeder ids by what happened to them.

        Raises:
            FeederFileError: a file is no valid feeder; nothing is stored then.
        """
        feeders = [read_feeder(path) for each in directories for path in sorted(each.glob("*.json"))]
        done: dict[str, list[str]] = {"created": [], "updated": [], "unchanged": []}
        with transaction.atomic():
            for feeder in feeders:
                done[self._store(feeder)].append(feeder.feeder_id)
        return done

    def take(
        self,
        feeder: Feeder,
        owner: User | None,
        origin: str,
        *,
        import_log: Sequence[dict[str, Any]] = (),
        published: bool = False,
    ) -> "FeederRecord":
        """Store a feeder under its id with its owner's ending, and the first free number from 2 on if taken.

        ``import_log`` tells item by item what became of the file.

        Raises: TooManyFeedersError where the owner keeps 50; nothing is stored then.
        """
        with transaction.atomic():
            if owner is not None:
                get_user_model().objects.select_for_update().get(pk=owner.pk)  # two imports at once count too
                if self.filter(owner=owner).count() >= MAX_OWN:
                    words = f"You keep {MAX_OWN} feeders, the most that one person may: delete one first."
                    raise TooManyFeedersError(words)
            while True:
                own = renamed(feeder, self._free_id(feeder.feeder_id, own_ending(owner)))
                whose = {
                    "feeder_id": own.feeder_id,
                    "owner": owner,
                    "origin": origin[:200],
                    "import_log": list(import_log),
                }
                try:
                    with transaction.atomic():
                        return self.create(**stored_content(own), **whose, published=published)
                except IntegrityError:  # somebody took the id in between
                    if not self.filter(feeder_id=own.feeder_id).exists():
                        raise

    def _free_id(self, feeder_id: str, ending: str) -> str:
        taken = set(self.values_list("feeder_id", flat=True))
        stem = feeder_id.removesuffix(ending)  # a feeder of theirs that comes back
        lasts = (f"{ending}{f'-{number}' if number > 1 else ''}" for number in count(1))
        ids = (stem[: ID_LENGTH - len(last)] + last for last in lasts)
        return next(each for each in ids if each not in taken)

    def _store(self, feeder: Feeder) -> str:
        record, created = self.get_or_create(feeder_id=feeder.feeder_id, defaults=stored_content(feeder))
        if created:
            return "created"
        if record.origin:
            words = f"is the id of a feeder that was imported from {record.origin}; that one stays as it is"
            raise FeederFileError(f"{feeder.feeder_id}.json", "feeder_id", words)
        if record.content_hash == feeder.content_hash:
            return "unchanged"
        record.change_network(feeder)
        return "updated"
