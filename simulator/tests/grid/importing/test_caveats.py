"""What an imported feeder's reader must know first: phases, and PV that stands already."""

from typing import Any

import pandapower as pp

from simulator.grid.schema import Feeder
from simulator.powerflow.exporting import pandapower_json
from simulator.tests.feeders import all_feeders
from simulator.tests.grid.importing.test_convert import only, street


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
    before = sum(customer.pv_kwp for customer in _feeder(net).customers)
    pp.create_sgen(net, 2, p_mw=0.0, sn_mva=0.012, type="PV", name="asleep")
    pp.create_sgen(net, 3, p_mw=0.008, type="PV", name="awake")
    feeder = _feeder(net)
    assert sum(customer.pv_kwp for customer in feeder.customers) == before + 12 + 8
    assert f"of {before + 20:.4g} kWp in the file stand already" in _told(feeder)["existing_pv"]


def test_a_potential_that_our_own_export_wrote_stands_nowhere_yet() -> None:
    feeder = all_feeders()["feeder_05"]
    net = pp.from_json_string(pandapower_json(feeder))
    again = _feeder(net)
    assert again.pv_potential_kwp == feeder.pv_potential_kwp
    assert again.caveats == ()
