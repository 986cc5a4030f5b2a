"""Feeders of people in the database: beside those that ship, and never in their place."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser, User

from simulator.grid.errors import FeederFileError, TooManyFeedersError
from simulator.grid.reading import NETWORKS_DIR, read_feeder, render_feeder
from simulator.grid.schema import Feeder
from simulator.models import FeederRecord

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ann() -> User:
    return User.objects.create_user("ann")


def seen_by(user: User | AnonymousUser) -> set[str]:
    return set(FeederRecord.objects.visible_to(user).values_list("feeder_id", flat=True))


def test_people_see_what_is_published_and_their_own_and_staff_see_all(
    ann: User, small_feeder: Feeder
) -> None:
    FeederRecord.objects.load(NETWORKS_DIR)
    FeederRecord.objects.take(small_feeder, ann, "a file")
    shipped = {f"feeder_{i:02d}" for i in range(12)}
    assert seen_by(AnonymousUser()) == seen_by(User.objects.create_user("bob")) == shipped
    assert seen_by(ann) == seen_by(User.objects.create_user("eve", is_staff=True)) == shipped | {"small"}


def test_loading_what_ships_takes_no_person_s_feeder_in_its_place(
    ann: User, small_feeder: Feeder, tmp_path: Path
) -> None:
    (tmp_path / "small.json").write_text(render_feeder(small_feeder), encoding="utf-8")
    record = FeederRecord.objects.take(small_feeder, ann, "pandapower JSON, a.json")
    with pytest.raises(
        FeederFileError, match=r"small\.json: feeder_id: is the id of a feeder that was imported"
    ):
        FeederRecord.objects.load(tmp_path)
    record.refresh_from_db()
    assert (record.owner, record.origin) == (ann, "pandapower JSON, a.json")


def test_a_feeder_under_another_id_is_the_same_network_with_a_hash_of_its_own(ann: User) -> None:
    feeder = read_feeder(NETWORKS_DIR / "feeder_00.json")
    records = [FeederRecord.objects.take(feeder, ann, "a file") for _ in range(3)]
    assert [record.feeder_id for record in records] == ["feeder_00", "feeder_00-2", "feeder_00-3"]
    assert len({record.content_hash for record in records}) == 3
    for record in records:
        assert record.feeder.content_hash == record.content_hash
        assert record.feeder.lines == feeder.lines


def test_the_fifty_first_is_refused_and_the_site_itself_has_no_bound(ann: User, small_feeder: Feeder) -> None:
    for _ in range(50):
        FeederRecord.objects.take(small_feeder, ann, "a file")
    with pytest.raises(TooManyFeedersError, match="50 feeders"):
        FeederRecord.objects.take(small_feeder, ann, "a file")
    assert FeederRecord.objects.count() == 50
    assert FeederRecord.objects.take(small_feeder, None, "a file").feeder_id == "small-51"


def test_a_person_who_goes_takes_their_feeders_along(ann: User, small_feeder: Feeder) -> None:
    FeederRecord.objects.take(small_feeder, ann, "a file")
    ann.delete()
    assert FeederRecord.objects.count() == 0
