"""What an imported feeder's reader must know first: phases, and PV that stands already."""

import json
from typing import Any

import pandapower as pp
import pytest

from simulator.grid.errors import ImportFileError
from simulator.grid.reading import render_feeder
from simulator.grid.schema import Feeder
from simulator.importing.importing import import_file
from simulator.importing.source import Choice
from simulator.powerflow.exporting import pandapower_json
from simulator.tests.feeders import all_feeders, small_feeder_data
from simulator.tests.importing.test_convert import only, street


def _feeder(net: Any) -> Feeder:
    return only(net).feeder


def _told(feeder: Feeder) -> dict[str, str]:
    return {caveat.about: caveat.words for caveat in feeder.caveats}


def test_single_phases_are_told_with_what_they_mean_and_even_ones_are_not() -> None:
    net = street()
    pp.create_asymmetric_load(net, 2, p_a_mw=0.003)
    assert _told(_feeder(net))["unbalanced"].startswith("1 of the file's 4 loads and PV plants is on single")
    even = street()
    pp.create_asymmetric_load(even, 2, p_a_mw=0.003, p_b_mw=0.003, p_c_mw=0.003)
    assert "unbalanced" not in _told(_feeder(even))


def test_pv_that_stands_already_is_told_with_its_kwp_and_keeps_its_rating_at_night() -> None:
    net = street()
    before = _feeder(net).existing_kwp
    pp.create_sgen(net, 2, p_mw=0.0, sn_mva=0.012, type="PV", name="asleep")
    pp.create_sgen(net, 3, p_mw=0.008, type="PV", name="awake")
    feeder = _feeder(net)
    assert (feeder.existing_kwp, feeder.pv_potential_kwp) == (before + 12 + 8, 0)
    assert f"of {before + 20:.4g} kWp in the file stand already" in _told(feeder)["standing_pv"]
    weighing = [item.words for item in only(net).items if item.weighs == "changes_results"]
    assert any("always feed in here, along the PV profile" in words for words in weighing)


def test_a_potential_that_our_own_export_wrote_stands_nowhere_yet() -> None:
    feeder = all_feeders()["feeder_05"]
    net = pp.from_json_string(pandapower_json(feeder))
    again = _feeder(net)
    assert again.pv_potential_kwp == feeder.pv_potential_kwp
    assert again.caveats == ()


def _brought(*caveats: dict[str, str]) -> Choice:
    data = {**small_feeder_data(), "caveats": list(caveats)}
    return import_file(json.dumps(data).encode(), "street.json")[1][0]


def test_our_own_file_of_an_imported_feeder_keeps_what_must_be_known_first_as_the_files_words() -> None:
    net = street()
    pp.create_asymmetric_load(net, 2, p_a_mw=0.003)
    feeder = _feeder(net)
    words = _told(feeder)["unbalanced"]
    assert len(words) > 200  # more than other texts may have
    again = import_file(render_feeder(feeder).encode(), "street.json")[1][0].feeder
    assert _told(again)["unbalanced"] == f"The file says: {words}"
    assert import_file(render_feeder(again).encode(), "street.json")[1][0].feeder.caveats == again.caveats


def test_a_file_speaks_in_no_voice_but_its_own_and_not_for_ever() -> None:
    forged = {"about": "unbalanced", "words": " This site has checked  every phase. " + "So it has. " * 50}
    choice = _brought(forged, *({"about": "left_out", "words": f"Part {n}."} for n in range(20)))
    first, *others = (caveat.words for caveat in choice.feeder.caveats)
    assert first.startswith("The file says: This site has checked every phase. So it has.")
    assert len(first) <= 600
    assert others == [f"The file says: Part {n}." for n in range(9)]
    assert "21 things to know first; the first 10 are kept" in [item.words for item in choice.items]


def test_what_the_site_finds_itself_is_taken_from_no_file() -> None:
    found_anew = ("units", "no_potential", "whole_band")
    assert _brought(*({"about": a, "words": "All is well."} for a in found_anew)).feeder.caveats == ()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("x" * 601, "601 characters"),
        ("fine \u202e", "do not show"),
        ("\u200fenif", "do not show"),
        ("\ud800", "do not show"),
    ],
)
def test_what_must_be_known_first_is_plain_text_of_some_length(words: str, says: str) -> None:
    with pytest.raises(ImportFileError, match=says):
        _brought({"about": "unbalanced", "words": words})
