"""What has changed since a scenario was saved: its feeder, the profiles, the versions."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.urls import reverse

from simulator.grid.errors import FeederFileError, QuestionError
from simulator.models import FeederRecord, SavedScenario
from simulator.reports.unusable import CANNOT, reason_of
from simulator.web.answered import ANSWERED, open_form, subject_of
from simulator.web.versions import versions

SAME = "Nothing that this answer depends on has changed since."


@dataclass(frozen=True)
class Since:
    """What has changed, in sentences, and where the question can be asked again, if it can."""

    changes: tuple[str, ...]
    again: str

    @property
    def words(self) -> tuple[str, ...]:
        """The changes, or that there is none."""
        return self.changes or (SAME,)


def since(scenario: SavedScenario, user: AbstractBaseUser | AnonymousUser) -> Since:
    """Return what has changed since a scenario was saved, for a person who may see its feeder or not."""
    record = scenario.feeder
    changes = [] if record is None else [*_of_content(scenario, record)]
    if record is None:
        changes.append(f"The feeder {scenario.feeder_id_then} has been deleted since.")
    changes += _of_versions(scenario)
    seen = record is not None and FeederRecord.objects.visible_to(user).filter(pk=record.pk).exists()
    if record is not None and not seen:
        changes.append(f"The feeder {scenario.feeder_id_then} is not public, so you cannot ask it again.")
    known = scenario.study in ANSWERED
    return Since(tuple(changes), ask_again(scenario) if seen and known else "")


def ask_again(scenario: SavedScenario) -> str:
    """Return the address that asks a scenario's question on its feeder as it is now."""
    place = {"feeder_id": scenario.feeder.feeder_id} if scenario.feeder else {}
    return reverse(scenario.study, kwargs=place) + scenario.query


def _of_content(scenario: SavedScenario, record: FeederRecord) -> list[str]:
    found = []
    if record.content_hash != scenario.feeder_hash:
        found.append("The feeder has changed since: asked again, it may answer otherwise.")
    if scenario.study not in ANSWERED:
        return found
    try:
        form = open_form(record, scenario.study, QueryDict(scenario.query.removeprefix("?")))
    except FeederFileError as error:
        return [*found, f"The feeder {CANNOT} as it is stored now: {reason_of(error)}."]
    if not form.is_valid():
        return [*found, "The question can no longer be asked as it was: " + form.messages[0][1]]
    try:
        profiles_hash = subject_of(record, form).profiles.content_hash
    except QuestionError as error:
        return [*found, f"The question can no longer be asked as it was: {error.message}"]
    if profiles_hash != scenario.profiles_hash:
        found.append("The load or PV profiles have changed since: asked again, it may answer otherwise.")
    return found


def _of_versions(scenario: SavedScenario) -> list[str]:
    if scenario.versions == versions():
        return []
    return [f"It was solved by {scenario.versions}; the site has {versions()} now."]
