"""What is stored of a scenario: all or nothing, as it went in, within a limit, whoever goes."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from simulator.models import FeederRecord, SavedScenario, scenarios
from simulator.models.scenarios import MAX_BYTES, NAME_MAX, TooLargeError, TooManyScenariosError
from simulator.tests.writers import scenario_fields

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# What PostgreSQL's own JSON would change: the order of keys, numbers' form, a NUL that it refuses.
AWKWARD: dict[str, Any] = {
    "zeta": 1,
    "alpha": [0.1, -0.0, 1e-7, 1e22, 5e-324, 2**70, None, True],
    "mid": {"b": 'NUL \x00, quote ", \N{ELECTRIC PLUG}, \ud800', "a": ""},
}


@pytest.fixture
def record() -> FeederRecord:
    return FeederRecord.objects.create(
        feeder_id="feeder_00", name="Elm Road", network={}, content_hash="f" * 64
    )


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna")


def _keep(record: FeederRecord, owner: User, name: str = "Elm Road", **changes: Any) -> SavedScenario:
    return SavedScenario.objects.keep(record, owner=owner, **{**scenario_fields(name), **changes})


def test_plain_data_comes_back_to_the_letter_from_every_database(record: FeederRecord, anna: User) -> None:
    kept = SavedScenario.objects.get(pk=_keep(record, anna, answer=AWKWARD, question=AWKWARD).pk)
    assert json.dumps(kept.answer) == json.dumps(AWKWARD)
    assert json.dumps(kept.question) == json.dumps(AWKWARD)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_refused_and_nothing_is_stored(
    record: FeederRecord, anna: User, number: float
) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        _keep(record, anna, answer={"hosting_capacity": number})
    assert not SavedScenario.objects.exists()


def test_a_person_keeps_two_hundred_scenarios_and_a_hundred_million_bytes(
    record: FeederRecord, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (scenarios.MAX_OWN, scenarios.MAX_OWN_BYTES) == (200, 100_000_000)
    monkeypatch.setattr(scenarios, "MAX_OWN", 3)
    kept = [_keep(record, anna) for _ in range(2)]
    kept[0].duplicate_for(anna)
    with pytest.raises(TooManyScenariosError, match="You keep 3 scenarios, the most that one person may"):
        _keep(record, anna)
    with pytest.raises(TooManyScenariosError):
        kept[0].duplicate_for(anna)
    _keep(record, User.objects.create_user("ben"))  # others have their own share
    kept[0].delete()
    size = len(json.dumps(scenario_fields("Elm Road")["report"])) + len('{"hosting_capacity": 0.5}')
    assert {each.size for each in SavedScenario.objects.all()} == {size}
    monkeypatch.setattr(scenarios, "MAX_OWN_BYTES", 3 * size)
    kept[1].duplicate_for(anna)
    kept[1].delete()
    with pytest.raises(
        TooManyScenariosError, match=f"hold {2 * size:,} bytes and this one {size + 1:,}; one"
    ):
        _keep(record, anna, answer={"hosting_capacity": 0.55})
    assert SavedScenario.objects.filter(owner=anna).count() == 2


def test_an_answer_may_fill_the_limit_and_not_a_byte_more(record: FeederRecord, anna: User) -> None:
    report = scenario_fields("Elm Road")["report"]
    room = MAX_BYTES - len(json.dumps(report)) - len('{"x": ""}')
    _keep(record, anna, answer={"x": "x" * room})
    with pytest.raises(TooLargeError, match=r"6,000,001 bytes .* at most 6,000,000 are kept"):
        _keep(record, anna, answer={"x": "x" * (room + 1)})
    assert SavedScenario.objects.count() == 1


def test_a_feeder_that_was_deleted_a_moment_ago_is_left_out(record: FeederRecord, anna: User) -> None:
    FeederRecord.objects.filter(pk=record.pk).delete()
    kept = _keep(record, anna)
    assert (kept.feeder, kept.feeder_id_then) == (None, "feeder_00")


def test_a_scenario_outlives_its_feeder_and_goes_with_its_owner(record: FeederRecord, anna: User) -> None:
    kept = _keep(record, anna)
    record.delete()
    kept.refresh_from_db()
    assert (kept.feeder, kept.feeder_id_then) == (None, "feeder_00")
    anna.delete()
    assert not SavedScenario.objects.exists()


def test_a_failure_of_the_database_half_way_leaves_nothing(
    record: FeederRecord, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = SavedScenario.save

    def fail(self: SavedScenario, *args: Any, **options: Any) -> None:
        right(self, *args, **options)
        raise OSError("planted")

    monkeypatch.setattr(SavedScenario, "save", fail)
    with pytest.raises(OSError, match="planted"), transaction.atomic():
        _keep(record, anna)
    assert not SavedScenario.objects.exists()


def test_a_copy_has_all_but_the_link_and_belongs_to_whoever_made_it(record: FeederRecord, anna: User) -> None:
    kept = _keep(record, anna, name="n" * NAME_MAX, note="Ask first.", seed=2**32 - 1)
    kept.share(on=True)
    copy = SavedScenario.objects.get(pk=kept.duplicate_for(User.objects.create_user("ben")).pk)
    assert copy.owner.get_username() == "ben"
    assert (copy.shared, copy.token == kept.token) == (False, False)
    assert copy.name == "n" * (NAME_MAX - len(" (copy)")) + " (copy)"
    changed = {"id", "owner_id", "name", "token", "shared", "created", "updated"}
    for field in SavedScenario._meta.concrete_fields:
        if field.attname not in changed:
            assert getattr(copy, field.attname) == getattr(kept, field.attname), field.attname


def test_a_link_that_was_switched_off_stays_dead(record: FeederRecord, anna: User) -> None:
    kept = _keep(record, anna)
    kept.share(on=True)
    first = kept.token
    kept.share(on=True)
    assert kept.token == first
    kept.share(on=False)
    kept.share(on=True)
    assert kept.token != first
    kept.refresh_from_db()
    assert kept.shared
