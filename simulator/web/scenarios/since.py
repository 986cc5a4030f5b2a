"""What has changed since a scenario was saved: its feeder, the profiles, the versions."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.urls import reverse

from simulator.grid.errors import FeederFileError, QuestionError
from simulator.models import FeederRecord, SavedScenario
from simulator.studies.unusable import CANNOT, reason_of
from simulator.web.pages.answered import ANSWERED, open_form, subject_of
from simulator.web.site.versions import versions

SAME = "Nothing that this answer depends on has changed since."
NO_LONGER = "The question can no longer be asked as it was"


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
    seen = record is not None and FeederRecord.objects.visible_to(user).filter(pk=record.pk).exists()
    changes = [] if record is None else [*_of_content(scenario, record, told=seen)]
    if record is None:
        changes.append(f"The feeder {scenario.feeder_id_then} has been deleted since.")
    changes += _of_versions(scenario)
    if record is not None and not seen:
        changes.append(f"The feeder {scenario.feeder_id_then} is not public, so you cannot ask it again.")
    known = scenario.study in ANSWERED
    return Since(tuple(changes), ask_again(scenario) if seen and known else "")


def ask_again(scenario: SavedScenario) -> str:
    """Return the address that asks a scenario's question on its feeder as it is now."""
    place = {"feeder_id": scenario.feeder.feeder_id} if scenario.feeder else {}
    return reverse(scenario.study, kwargs=place) + scenario.query


def _of_content(scenario: SavedScenario, record: FeederRecord, *, told: bool) -> list[str]:
    """Return what has changed; why a question no longer holds is ``told`` to who may see the feeder."""
    found = []
    if record.content_hash != scenario.feeder_hash:
        found.append("The feeder has changed since: asked again, it may answer otherwise.")
    if scenario.study not in ANSWERED:
        return found
    try:
        form = open_form(record, scenario.study, QueryDict(scenario.query.removeprefix("?")))
    except FeederFileError as error:
        return [*found, _because(f"The feeder {CANNOT} as it is stored now", f"{reason_of(error)}.", told)]
    if not form.is_valid():
        return [*found, _because(NO_LONGER, form.messages[0][1], told)]
    try:
        profiles_hash = subject_of(record, form).profiles.content_hash
    except QuestionError as error:
        return [*found, _because(NO_LONGER, error.message, told)]
    if profiles_hash != scenario.profiles_hash:
        found.append("The load or PV profiles have changed since: asked again, it may answer otherwise.")
    return found


def _because(words: str, reason: str, told: bool) -> str:
    return f"{words}: {reason}" if told else f"{words}."


def _of_versions(scenario: SavedScenario) -> list[str]:
    if scenario.versions == versions():
        return []
    return [f"It was solved by {scenario.versions}; the site has {versions()} now."]
