"""``manage.py import_feeder``: the account on the terminal, and one feeder stored, or none."""

import io
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from simulator.models import FeederRecord
from simulator.tests.web.people import street, three_areas

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "street.json"
    path.write_bytes(street())
    return path


@pytest.fixture
def areas(tmp_path: Path) -> Path:
    path = tmp_path / "cigre.json"
    path.write_bytes(three_areas())
    return path


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("import_feeder", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_it_tells_the_account_and_stores_a_feeder_of_the_site_s(file: Path) -> None:
    told = run(file)
    for words in ("feeder JSON, street.json", "bus: 3 read", "Stored street, Elm Road; not published."):
        assert words in told
    record = FeederRecord.objects.get()
    assert (record.feeder_id, record.owner, record.published) == ("street", None, False)


def test_it_stores_for_a_person_and_publishes_where_that_is_asked_for(file: Path) -> None:
    ann = User.objects.create_user("ann")
    assert "; published." in run(file, "--user", "ann", "--publish")
    assert FeederRecord.objects.filter(owner=ann, published=True).count() == 1


def test_a_dry_run_stores_nothing_and_tells_the_choices(areas: Path) -> None:
    told = run(areas, "--dry-run")
    assert told.rstrip().endswith("Nothing was stored.")
    assert "  whole: Whole file: 3 transformers" in told
    assert "Simplified:" in told
    assert FeederRecord.objects.count() == 0


def test_a_choice_is_needed_where_there_are_several_and_taken(areas: Path) -> None:
    with pytest.raises(CommandError, match="choose which of this file's feeders to take: whole"):
        run(areas)
    assert FeederRecord.objects.count() == 0
    run(areas, "--choice", "whole")
    assert len(FeederRecord.objects.get().feeder.transformers) == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no network", "neither JSON nor a zip file"),
        (b" " * 5_000_001, "5,000,001 bytes"),
        (b"{}", "JSON, but not a network"),
    ],
)
def test_a_file_that_is_refused_says_why(file: Path, content: bytes, words: str) -> None:
    file.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        run(file)
    assert FeederRecord.objects.count() == 0


def test_a_file_that_is_not_there_and_a_user_whom_nobody_knows_are_named(file: Path) -> None:
    with pytest.raises(CommandError, match=r"nothing\.json cannot be read"):
        run(file.parent / "nothing.json")
    with pytest.raises(CommandError, match="cannot be read"):
        run(file.parent)
    with pytest.raises(CommandError, match="No user is named zoe"):
        run(file, "--user", "zoe")
    assert FeederRecord.objects.count() == 0
