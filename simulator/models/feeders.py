"""Feeders: their networks as loaded or imported, and their metadata as people edit it."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.db import IntegrityError, models, transaction

from simulator.grid.errors import FeederFileError, QuestionError, TooManyFeedersError
from simulator.grid.profiles import Profiles, read_profiles
from simulator.grid.reading import parse_feeder, read_feeder
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.models.content import stored_content

MOST_OWN = 50  # feeders of one person
ID_LENGTH = 64

_parsed: dict[str, Feeder] = {}  # by content hash: parsing costs more than reading the record


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
        self, feeder: Feeder, owner: User | None, origin: str, *, published: bool = False
    ) -> "FeederRecord":
        """Store a person's feeder under its id, or under its id with the first free number from 2 on.

        Raises: TooManyFeedersError where the owner keeps 50; nothing is stored then.
        """
        with transaction.atomic():
            if owner is not None:
                get_user_model().objects.select_for_update().get(pk=owner.pk)  # two imports at once count too
                if self.filter(owner=owner).count() >= MOST_OWN:
                    words = f"You keep {MOST_OWN} feeders, the most that one person may: delete one first."
                    raise TooManyFeedersError(words)
            while True:
                own = _renamed(feeder, self._free_id(feeder.feeder_id))
                whose = {"feeder_id": own.feeder_id, "owner": owner, "origin": origin[:200]}
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
        _refuse_other_customers(record, feeder)
        record.network, record.content_hash = stored_content(feeder)["network"], feeder.content_hash
        record.save(update_fields=["network", "content_hash", "updated"])
        return "updated"


class FeederRecord(models.Model):
    """A feeder: its network is read-only, its metadata is edited in the admin."""

    feeder_id = models.CharField("feeder", max_length=64, unique=True, editable=False)
    name = models.CharField(max_length=120)
    archetype = models.CharField(max_length=80, blank=True)
    description = models.TextField(blank=True)
    location = models.CharField(max_length=120, blank=True)
    notes = models.TextField(blank=True, help_text="For colleagues; shown in the admin only.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="feeders",
        help_text="Who imported it; nobody for feeders that come with the site.",
    )
    origin = models.CharField(max_length=200, blank=True, editable=False)
    published = models.BooleanField(default=True, help_text="Unpublished feeders vanish from pages and API.")
    network = models.JSONField(editable=False)
    content_hash = models.CharField(max_length=64, editable=False)
    updated = models.DateTimeField(auto_now=True)

    objects = FeederQuerySet.as_manager()

    class Meta:
        ordering = ["feeder_id"]
        verbose_name = "feeder"

    def __str__(self) -> str:
        return f"{self.feeder_id} {self.name}"

    @property
    def feeder(self) -> Feeder:
        """The feeder with its metadata as edited."""
        metadata = {"name": self.name, "archetype": self.archetype, "description": self.description}
        if self.content_hash not in _parsed:
            _parsed[self.content_hash] = parse_feeder(self.network, f"stored {self.feeder_id}")
        return _parsed[self.content_hash].model_copy(update=metadata)

    @property
    def subject(self) -> Subject:
        """The feeder with the profiles that its customers follow."""
        return self.subject_on(None)

    def subject_on(self, day: date | None) -> Subject:
        """Return the feeder with its profiles of a day.

        Without a day, a year of load gives its peak day, one of PV its sunniest; what nobody uploaded is the
        site's own.

        Raises: QuestionError for a date that is not in the years that were uploaded.
        """
        feeder, own = self.feeder, read_profiles()
        sets = {each.kind: each for each in self.profile_sets.all()}
        if day is not None:
            self._refuse_day(day)
        if not sets:
            return Subject(feeder, own)
        load, pv = sets.get("load"), sets.get("pv")
        profiles = Profiles(
            load.on(feeder, day)[1] if load else own.load_pu,
            pv.on(feeder, day)[1] if pv else own.pv_pu,
            load.words(feeder, day) if load else own.load_from,
            pv.words(feeder, day) if pv else own.pv_from,
        )
        return Subject(feeder, profiles)

    @property
    def dates(self) -> tuple[date, date] | None:
        """The first and the last day that may be asked for: those that every uploaded year has."""
        years = [e for e in self.profile_sets.all() if e.is_year]
        first = max((e.first_day for e in years if e.first_day), default=None)
        last = min((e.last_day for e in years if e.last_day), default=None)
        return (first, last) if first and last and first <= last else None

    def _refuse_day(self, day: date) -> None:
        dates = self.dates
        if dates is None:
            words = f"Date: {self.feeder_id} has no profile of a year that holds it; leave the date out."
            raise QuestionError("date", words)
        if not dates[0] <= day <= dates[1]:
            words = f"Date: {day} is not in the profiles; enter a date from {dates[0]} to {dates[1]}."
            raise QuestionError("date", words)


def _refuse_other_customers(record: FeederRecord, feeder: Feeder) -> None:
    """Refuse a network whose customers are not those that stored profiles name."""
    customers = [customer.id for customer in feeder.customers]
    for each in record.profile_sets.all():
        if each.customers and each.customers != customers:
            words = f"are not those of the stored {each.get_kind_display()} profile; delete that first"
            raise FeederFileError(f"{feeder.feeder_id}.json", "customers", words)


def _renamed(feeder: Feeder, feeder_id: str) -> Feeder:
    """Return the feeder with another id, and thereby another hash."""
    if feeder_id == feeder.feeder_id:
        return feeder
    data = {**feeder.model_dump(mode="json", by_alias=True), "feeder_id": feeder_id}
    return parse_feeder(data, feeder_id)
