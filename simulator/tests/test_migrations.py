"""Upgrading from the first migration keeps every row as it was."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from simulator.grid.reading import NETWORKS_DIR, read_feeder
from simulator.models import AccessToken, FeederRecord, SavedScenario
from simulator.tests.writers import scenario_fields

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
FIRST = ("simulator", "0001_initial")
EDITED: dict[str, dict[str, Any]] = {
    "feeder_00": {"name": "Elm Road"},
    "feeder_03": {"description": "Two\r\nlines, “quoted”, 變電所, \N{ELECTRIC PLUG}.", "notes": "Ask first."},
    "feeder_05": {"published": False, "location": "Leeds", "archetype": ""},
}


@pytest.fixture
def first(transactional_db: None) -> Iterator[Any]:
    """The models of the first migration, on a database that knows no other; later all migrations again."""
    yield _migrate([FIRST])
    call_command("migrate", verbosity=0)


def _migrate(targets: list[Any]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


def _rows(table: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY id")  # noqa: S608
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_feeders_with_edited_metadata_and_people_come_through_unchanged(first: Any) -> None:
    record_class = first.get_model("simulator", "FeederRecord")
    for path in sorted(NETWORKS_DIR.glob("*.json"))[:6]:
        feeder = read_feeder(path)
        fields = {key: getattr(feeder, key) for key in ("feeder_id", "name", "archetype", "description")}
        fields |= {
            "network": feeder.model_dump(mode="json", by_alias=True),
            "content_hash": feeder.content_hash,
        }
        record_class.objects.create(**{**fields, **EDITED.get(feeder.feeder_id, {})})
    User.objects.create_superuser("planner", "planner@twin.example", "a long password")
    tables = ("simulator_feederrecord", "auth_user")
    before = {table: _rows(table) for table in tables}
    assert len(before["simulator_feederrecord"]) == 6

    _migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())

    for table in tables:
        after = _rows(table)
        assert len(after) == len(before[table])
        for was, became in zip(before[table], after, strict=True):
            assert {key: became[key] for key in was} == was
    for record in FeederRecord.objects.all():
        assert (record.owner, record.origin) == (None, "")
        assert record.feeder.content_hash == record.content_hash
    assert set(FeederRecord.objects.filter(published=False).values_list("feeder_id", flat=True)) == {
        "feeder_05"
    }


def test_scenarios_that_are_there_already_count_with_their_bytes(transactional_db: None) -> None:
    before = _migrate([("simulator", "0005_profiles_looked_at")])
    anna = User.objects.create_user("anna")
    before.get_model("simulator", "SavedScenario").objects.create(
        owner_id=anna.pk, feeder_id_then="feeder_00", **scenario_fields("Kept")
    )
    _migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    fields = scenario_fields("Kept")
    assert SavedScenario.objects.get().size == len(json.dumps(fields["answer"])) + len(
        json.dumps(fields["report"])
    )


def test_what_was_upgraded_takes_scenarios_and_loads_its_files_again(first: Any) -> None:
    feeder = read_feeder(NETWORKS_DIR / "feeder_00.json")
    network = feeder.model_dump(mode="json", by_alias=True)
    first.get_model("simulator", "FeederRecord").objects.create(
        feeder_id="feeder_00", name="Elm Road", network=network, content_hash=feeder.content_hash
    )
    _migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    done = FeederRecord.objects.load(NETWORKS_DIR)
    assert done["unchanged"] == ["feeder_00"]
    record = FeederRecord.objects.get(feeder_id="feeder_00")
    assert record.name == "Elm Road"
    SavedScenario.objects.keep(record, owner=User.objects.create_user("anna"), **scenario_fields("Kept"))
    assert SavedScenario.objects.get().feeder == record
    secret = AccessToken.objects.make(User.objects.get(), "meter")[1]
    assert AccessToken.objects.owner_of(secret) == User.objects.get()
