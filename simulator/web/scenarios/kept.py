"""Saved scenarios as a person may see them, and as plain data."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from simulator.grid.clock import time_of
from simulator.models import SavedScenario, ScenarioQuerySet
from simulator.models.kept_json import as_text
from simulator.questions.fields import fields_of
from simulator.reports.kept_comparison import Kept
from simulator.reports.report import Column, Table
from simulator.reports.stored import parse_report
from simulator.studies.over import declared_over
from simulator.technologies.registry import USUAL
from simulator.web.pages.answered import GIVES
from simulator.web.pages.studies import QUESTIONS, STUDIES

# The fields of questions by the labels that reports give them.
LABELS = {
    name: field.label
    for question in QUESTIONS
    for field in fields_of(question)
    for name in (field.key, field.was)
} | {
    "own": "Own limits",
    "when": "When",
}
Person = AbstractBaseUser | AnonymousUser


def find_scenario(pk: int, user: Person) -> SavedScenario:
    """Return a scenario that a person may see.

    Raises: Http404 where there is none; it tells no more about scenarios of others.
    """
    return _find(SavedScenario.objects.visible_to(user), pk)


def find_own(pk: int, user: Person) -> SavedScenario:
    """Return a scenario that a person may change.

    Raises: Http404 where there is none of theirs.
    """
    return _find(SavedScenario.objects.owned_by(user), pk)


def _find(among: ScenarioQuerySet, pk: int) -> SavedScenario:
    found = among.select_related("feeder", "owner").filter(pk=pk).first()
    if found is None:
        raise Http404(f"You have no scenario with the number {pk}; signed in, you see your own.")
    return found


def study_label(scenario: SavedScenario) -> str:
    """Return what the study's tab says."""
    return STUDIES[scenario.study].label if scenario.study in STUDIES else scenario.study.capitalize()


def scenario_data(scenario: SavedScenario) -> dict[str, Any]:
    """Return all that is kept of a scenario."""
    return {
        "id": scenario.pk,
        "name": scenario.name,
        "note": scenario.note,
        "owner": scenario.owner.get_username(),
        "saved": scenario.created.isoformat(),
        "feeder_id": scenario.feeder_id_then,
        "study": scenario.study,
        "query": scenario.query,
        "sentence": scenario.sentence,
        "question": scenario.question,
        "answer": scenario.answer,
        "tables": scenario.report["tables"],
        **dict(_depends(scenario)),
        "seed": scenario.seed,
    }


def _depends(scenario: SavedScenario) -> tuple[tuple[str, str], ...]:
    return (
        ("feeder_hash", scenario.feeder_hash),
        ("profiles_hash", scenario.profiles_hash),
        ("versions", scenario.versions),
    )


def asked_words(scenario: SavedScenario) -> tuple[tuple[str, str], ...]:
    """Return the question in words, with the study and the seed."""
    report = parse_report(scenario.report)
    seed = () if scenario.seed is None else (("Seed", str(scenario.seed)),)
    return (("Study", study_label(scenario)), *report.question, *seed)


def saved_words(scenario: SavedScenario) -> str:
    """Return when a scenario was saved, and by whom."""
    return f"{scenario.created:%Y-%m-%d %H:%M} UTC by {scenario.owner.get_username()}"


def scenario_table(scenario: SavedScenario) -> Table:
    """Return a scenario's own data and its question as a table, before those of the answer."""
    rows = (
        ("Name", scenario.name),
        ("Note", scenario.note),
        ("Saved", saved_words(scenario)),
        *asked_words(scenario),
        ("Answer", scenario.sentence),
        *((key.replace("_", " ").capitalize(), value) for key, value in _depends(scenario)),
    )
    return Table("scenario", "Scenario", (Column("field", "Field"), Column("value", "Value")), rows)


def kept(scenario: SavedScenario) -> Kept:
    """Return a scenario as the comparison takes it."""
    return Kept(
        pk=scenario.pk,
        name=scenario.name,
        asked=asked_words(scenario),
        exact=tuple((LABELS.get(key, key), _exact(key, value)) for key, value in scenario.question.items()),
        depends=(
            ("Feeder's content", scenario.feeder_hash[:12]),
            ("Profiles' content", scenario.profiles_hash[:12]),
            ("Versions", scenario.versions),
        ),
        sentence=scenario.sentence,
        gives=declared_over(GIVES[scenario.study], scenario.question.get("over", USUAL)),
        answer=scenario.answer,
        saved=f"{scenario.created:%Y-%m-%d %H:%M} UTC",
    )


def _exact(key: str, value: Any) -> str:
    if key in ("step", "steps", "hour", "hours"):
        return ", ".join(map(time_of, value if isinstance(value, list) else [value]))
    return value if isinstance(value, str) else as_text(value)
