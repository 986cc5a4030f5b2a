"""What is stored: loading is idempotent, all or nothing, and edits stay."""

import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from simulator.grid.errors import FeederFileError
from simulator.grid.profiles import read_profiles
from simulator.grid.reading import NETWORKS_DIR
from simulator.models import FeederRecord

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NAMES = [f"feeder_{i:02d}" for i in range(12)]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A copy of the network files, to change."""
    return Path(shutil.copytree(NETWORKS_DIR, tmp_path / "networks"))


def _change(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def _stored() -> list[dict[str, Any]]:
    return [dict(row) for row in FeederRecord.objects.values()]


def test_loading_twice_changes_nothing() -> None:
    first = FeederRecord.objects.load(NETWORKS_DIR)
    before = _stored()
    second = FeederRecord.objects.load(NETWORKS_DIR)
    assert (first["created"], second["unchanged"]) == (NAMES, NAMES)
    assert (second["created"], second["updated"]) == ([], [])
    assert _stored() == before


def test_what_people_edited_survives_a_reload_even_of_a_changed_network(directory: Path) -> None:
    FeederRecord.objects.load(directory)
    edited = {
        "name": "Elm Road",
        "archetype": "terrace",
        "description": "Ours.",
        "location": "Leeds",
        "notes": "Ask first.",
        "published": False,
    }
    FeederRecord.objects.filter(feeder_id="feeder_05").update(**edited)
    _change(directory / "feeder_05.json", lambda f: f["source"].update(vm_pu=1.02))
    done = FeederRecord.objects.load(directory)
    assert (done["updated"], len(done["unchanged"])) == (["feeder_05"], 11)
    record = FeederRecord.objects.get(feeder_id="feeder_05")
    assert {key: getattr(record, key) for key in edited} == edited
    assert record.feeder.source.vm_pu == 1.02
    assert (record.feeder.name, record.feeder.archetype) == ("Elm Road", "terrace")


def test_a_new_file_is_added_beside_the_others(directory: Path) -> None:
    FeederRecord.objects.load(directory)
    shutil.copy(directory / "feeder_00.json", directory / "feeder_12.json")
    _change(directory / "feeder_12.json", lambda f: f.update(feeder_id="feeder_12"))
    assert FeederRecord.objects.load(directory)["created"] == ["feeder_12"]
    assert FeederRecord.objects.count() == 13


def _truncate(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: len(text) // 2], encoding="utf-8")


BROKEN: list[tuple[str, Callable[[Path], object], str]] = [
    ("truncated", _truncate, r"feeder_07\.json: line \d+ column \d+: "),
    (
        "bus missing",
        lambda path: _change(path, lambda f: f["lines"][4].update(to="bus_99")),
        r"feeder_07\.json: whole feeder: line_5 is at bus_99",
    ),
    (
        "negative length",
        lambda path: _change(path, lambda f: f["buses"][3].update(lat=91)),
        r"feeder_07\.json: buses\.3\.lat: 91 degrees .* to 90 degrees",
    ),
    ("no text", lambda path: path.write_bytes(b"\xff\xfe"), r"feeder_07\.json: whole file: "),
    (
        "another's name",
        lambda path: _change(path, lambda f: f.update(feeder_id="feeder_08")),
        r"feeder_07\.json: feeder_id: 'feeder_08' does not match the file's name",
    ),
]


@pytest.mark.parametrize(("damage", "says"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_one_corrupt_file_of_twelve_stops_the_load_and_leaves_the_stored_feeders(
    directory: Path, damage: Callable[[Path], object], says: str
) -> None:
    FeederRecord.objects.load(directory)
    before = _stored()
    _change(directory / "feeder_01.json", lambda f: f["source"].update(vm_pu=1.03))
    damage(directory / "feeder_07.json")
    with pytest.raises(FeederFileError, match=says):
        FeederRecord.objects.load(directory)
    assert _stored() == before


def test_a_failure_of_the_database_half_way_stores_nothing(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, seen = FeederRecord.objects.all()._store, []

    def fail(self: object, feeder: Any) -> str:
        seen.append(feeder.feeder_id)
        if len(seen) == 6:
            raise OSError("planted")
        return right(feeder)

    monkeypatch.setattr("simulator.models.FeederQuerySet._store", fail)
    with pytest.raises(OSError, match="planted"):
        FeederRecord.objects.load(directory)
    assert FeederRecord.objects.count() == 0


def _load_command() -> str:
    out = StringIO()
    call_command("load_feeders", stdout=out)
    return out.getvalue()


def test_the_command_says_what_changed() -> None:
    assert _load_command() == "Feeders: 16 created, 0 updated, 0 unchanged.\n"
    assert _load_command() == "Feeders: 0 created, 0 updated, 16 unchanged.\n"


def test_the_command_stops_at_a_corrupt_file_in_one_line(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _load_command()
    before = _stored()
    _truncate(directory / "feeder_03.json")
    monkeypatch.setattr("simulator.management.commands.load_feeders.NETWORKS_DIR", directory)
    with pytest.raises(CommandError) as caught:
        _load_command()
    message = str(caught.value)
    assert message.startswith("feeder_03.json: line ")
    assert message.endswith("The stored feeders are as they were.")
    assert "\n" not in message
    assert _stored() == before


def test_the_command_stops_at_a_corrupt_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _load_command()
    before = _stored()
    profiles = Path(shutil.copytree(NETWORKS_DIR.parent / "profiles", tmp_path / "profiles"))
    lines = (profiles / "pv_profile.csv").read_text(encoding="utf-8").splitlines()
    lines[49] = "48,12:00,bright"
    (profiles / "pv_profile.csv").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(
        "simulator.management.commands.load_feeders.read_profiles", lambda: read_profiles(profiles)
    )
    with pytest.raises(
        CommandError, match=r"pv_profile\.csv: line 50 column value_pu: 'bright' is not a number"
    ):
        _load_command()
    assert _stored() == before
