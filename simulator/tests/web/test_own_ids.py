"""The id of an imported feeder tells nothing of what others keep."""

import pytest
from django.contrib.auth.models import User

from simulator.grid.reading import parse_feeder
from simulator.models import FeederRecord, feeder_queries
from simulator.tests.feeders import small_feeder_data
from simulator.tests.web.html import Document
from simulator.tests.web.people import bring, person, street

pytestmark = pytest.mark.database
own_ending = feeder_queries.own_ending


@pytest.fixture(autouse=True)
def _as_served(_ids_as_in_files: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeder_queries, "own_ending", own_ending)


def ids(name: str) -> list[str]:
    return list(FeederRecord.objects.filter(owner__username=name).values_list("feeder_id", flat=True))


def test_an_id_is_the_same_whether_somebody_else_has_it_or_not() -> None:
    bob = person("bob")
    bring(bob, street())
    alone = ids("bob")
    FeederRecord.objects.filter(owner__isnull=False).delete()
    bring(person("ann"), street())
    bring(bob, street())
    assert ids("bob") == alone
    assert alone[0].startswith("street-")
    assert not alone[0].rpartition("-")[2].isdecimal()
    assert set(ids("ann")).isdisjoint(alone)
    said = bob.get("/mine/").content.decode()
    assert ids("ann")[0] not in said
    told = []
    for feeder_id in (ids("ann")[0], "street-aaaaa"):
        answer = bob.get(f"/feeders/{feeder_id}/")
        assert answer.status_code == 404
        told.append(Document(answer.content.decode()).text.replace(feeder_id, "it"))
    assert told[0] == told[1]


def test_a_person_s_second_is_numbered_and_one_that_comes_back_keeps_one_ending() -> None:
    ann = person("ann")
    for _ in range(2):
        bring(ann, street())
    first, second = ids("ann")
    assert second == f"{first}-2"
    bring(ann, ann.get(f"/feeders/{first}/export/feeder.json").content)
    assert ids("ann") == [first, second, f"{first}-3"]


def test_long_ids_are_cut_and_the_site_s_and_staff_s_own_stay_as_they_are() -> None:
    ann = User.objects.create_user("ann")
    feeder = parse_feeder({**small_feeder_data(), "feeder_id": "s" * 64}, "long")
    taken = [FeederRecord.objects.take(feeder, ann, "a file").feeder_id for _ in range(2)]
    assert {len(each) for each in taken} == {64}
    assert len(set(taken)) == 2
    boss = User.objects.create_user("boss", is_staff=True)
    for owner, feeder_id in ((None, "elm"), (boss, "oak")):
        own = parse_feeder({**small_feeder_data(), "feeder_id": feeder_id}, feeder_id)
        assert FeederRecord.objects.take(own, owner, "a file").feeder_id == feeder_id
