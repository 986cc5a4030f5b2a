"""Feeders as sets: who may see them, loaded from files, taken from people."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.db import IntegrityError, models, transaction

from simulator.grid.errors import FeederFileError, TooManyFeedersError
from simulator.grid.reading import read_feeder
from simulator.grid.schema import Feeder
from simulator.models.content import renamed, stored_content

if TYPE_CHECKING:
    from simulator.models.feeders import FeederRecord

MOST_OWN = 50  # feeders of one person
ID_LENGTH = 64


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
        """Store a person's feeder under its id, or under its id with the first free number from 2 on.

        ``import_log`` tells item by item what became of the file.

        Raises: TooManyFeedersError where the owner keeps 50; nothing is stored then.
        """
        with transaction.atomic():
            if owner is not None:
                get_user_model().objects.select_for_update().get(pk=owner.pk)  # two imports at once count too
                if self.filter(owner=owner).count() >= MOST_OWN:
                    words = f"You keep {MOST_OWN} feeders, the most that one person may: delete one first."
                    raise TooManyFeedersError(words)
            while True:
                own = renamed(feeder, self._free_id(feeder.feeder_id))
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

    def _free_id(self, feeder_id: str) -> str:
        taken = set(self.values_list("feeder_id", flat=True))
        number, free = 1, feeder_id
        while free in taken:
            number += 1
            free = f"{feeder_id[: ID_LENGTH - len(f'-{number}')]}-{number}"
        return free

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
