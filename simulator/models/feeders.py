"""A feeder: its network as loaded or imported, and its metadata as people edit it."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.dispatch import receiver

from simulator.grid.caveats import Caveat
from simulator.grid.errors import FeederFileError, QuestionError
from simulator.grid.memory import MEMORY
from simulator.grid.profiles import Profiles, read_profiles
from simulator.grid.reading import parse_feeder
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.grid.weights import feeder_bytes
from simulator.models.content import stored_content
from simulator.models.feeder_queries import FeederQuerySet
from simulator.models.kept_json import KeptJSON
from simulator.models.plain_text import refuse_hidden, refuse_hidden_in_lines
from simulator.studies.feeders.line import FeederLine


class FeederRecord(models.Model):
    """A feeder: its network is read-only, its metadata is edited in the admin."""

    feeder_id = models.CharField("feeder", max_length=64, unique=True, editable=False)
    name = models.CharField(max_length=120, validators=[refuse_hidden])
    archetype = models.CharField(max_length=80, blank=True, validators=[refuse_hidden])
    description = models.TextField(blank=True, validators=[refuse_hidden_in_lines])
    location = models.CharField(max_length=120, blank=True, validators=[refuse_hidden])
    notes = models.TextField(
        blank=True, validators=[refuse_hidden_in_lines], help_text="For colleagues; shown in the admin only."
    )
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
    import_log = KeptJSON(default=list, editable=False)
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
    def text(self) -> str:
        """All words that a search looks through, in small letters."""
        fields = (self.feeder_id, self.name, self.archetype, self.description, self.location)
        return "\n".join(fields).casefold()

    @property
    def feeder(self) -> Feeder:
        """The feeder with its metadata as edited."""
        metadata = {"name": self.name, "archetype": self.archetype, "description": self.description}
        parsed = MEMORY.recall(
            "feeders",
            self.content_hash,
            lambda: parse_feeder(self.network, f"stored {self.feeder_id}"),
            feeder_bytes,
            self.feeder_id,
        )
        caveats = tuple(Caveat(**each) for each in self.network.get("caveats", ()))
        return parsed.model_copy(update={**metadata, "caveats": caveats})

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

    def line(self, plain: dict[str, Any]) -> FeederLine:
        """Return its line in a list, as it was kept, with its metadata as edited."""
        return FeederLine.read(plain, feeder_id=self.feeder_id, name=self.name, archetype=self.archetype)

    def change_network(self, feeder: Feeder) -> None:
        """Store another network under the same id.

        Raises: FeederFileError where stored profiles name other customers.
        """
        self.refuse_other_customers(feeder)
        self.network, self.content_hash = stored_content(feeder)["network"], feeder.content_hash
        self.save(update_fields=["network", "content_hash", "updated"])
        self.day_statuses.all().delete()
        MEMORY.drop_owned(self.feeder_id)

    def refuse_other_customers(self, feeder: Feeder) -> None:
        """Refuse a network whose customers are not those that stored profiles name."""
        customers = [customer.id for customer in feeder.customers]
        for each in self.profile_sets.all():
            if each.customers and each.customers != customers:
                words = f"are not those of the stored {each.get_kind_display()} profile; delete that first"
                raise FeederFileError(f"{feeder.feeder_id}.json", "customers", words)


@receiver(models.signals.post_delete, sender=FeederRecord, dispatch_uid="forget-feeder")
def _forget(instance: FeederRecord, **signal: object) -> None:
    """Give back what was kept in memory of a feeder that is gone, by whichever way."""
    MEMORY.drop_owned(instance.feeder_id)
