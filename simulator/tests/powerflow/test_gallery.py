"""The gallery: published networks, the same on every run, and solved as pandapower solves the originals."""

import random
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from simulator.grid.reading import GALLERY_DIR, read_feeder
from simulator.management.commands import generate_gallery
from simulator.powerflow.gallery import EXHIBITS, Exhibit, published_network, render_gallery
from simulator.tests.engines import solve_batch
from simulator.tests.feeders import changed, plain
from simulator.tests.importing.real_networks import newton
from simulator.tests.importing.test_real_networks import own_state

every_exhibit = pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda exhibit: exhibit.feeder_id)


def test_the_stored_files_are_what_the_published_networks_give_byte_for_byte() -> None:
    files = render_gallery()
    assert sorted(files) == sorted(GALLERY_DIR.glob("*.json"))
    for path, text in files.items():
        assert path.read_bytes() == text.encode(), path.name


@every_exhibit
def test_an_exhibit_without_pv_solves_to_what_pandapower_gives_for_the_original(exhibit: Exhibit) -> None:
    feeder = read_feeder(GALLERY_DIR / f"{exhibit.feeder_id}.json")
    dark = changed(feeder, customers=[{**c, "pv_kwp": 0.0} for c in plain(feeder)["customers"]])
    net = published_network(exhibit.function)
    ours = sorted(solve_batch(dark, *own_state(dark)).vm_pu[0])
    theirs = sorted(newton(net)[net.bus.vn_kv < 1])
    assert ours == pytest.approx(theirs, abs=1e-6)


@every_exhibit
def test_an_exhibit_says_where_it_comes_from_and_what_was_added(exhibit: Exhibit) -> None:
    feeder = read_feeder(GALLERY_DIR / f"{exhibit.feeder_id}.json")
    assert exhibit.source in feeder.description
    assert "PV potential is this site's addition, 1 kWp for each kW of load." in feeder.description
    assert feeder.archetype.startswith("gallery: ")
    assert [c.pv_kwp for c in feeder.customers] == pytest.approx([c.peak_kw for c in feeder.customers])


def test_drawing_a_network_leaves_the_random_numbers_of_others_alone() -> None:
    random.seed(5)
    expected = random.random()
    random.seed(5)
    published_network("create_kerber_landnetz_kabel_1")
    assert random.random() == expected


def test_the_command_writes_what_differs_and_checks_without_writing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    texts = {
        tmp_path / "gallery" / path.name: path.read_text(encoding="utf-8") for path in GALLERY_DIR.glob("*")
    }
    monkeypatch.setattr(generate_gallery, "render_gallery", lambda: texts)
    with pytest.raises(CommandError, match=r"not what pandapower's networks give: gallery_"):
        call_command("generate_gallery", check=True)
    assert list(tmp_path.iterdir()) == []
    for says in ("Wrote gallery_", "All files are as pandapower's networks give them (4 feeders)"):
        out = StringIO()
        call_command("generate_gallery", stdout=out)
        assert out.getvalue().startswith(says)
    call_command("generate_gallery", check=True, stdout=StringIO())
