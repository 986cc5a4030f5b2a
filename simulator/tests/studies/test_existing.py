"""PV that stands already: it feeds in at any adoption, and what is counted is what is added beside it."""

import json

import numpy as np
import pytest

from simulator.grid.limits import LIMIT_SETS
from simulator.grid.profiles import read_profiles
from simulator.grid.reading import render_feeder
from simulator.grid.schema import Feeder
from simulator.tests.feeders import all_feeders, changed, plain
from simulator.tests.studies.asking import asking, day, monte_carlo, powers, sweep

FEEDER = all_feeders()["feeder_05"]
NONE = {"existing_kwp": 0.0}


def _standing(share: float) -> Feeder:
    """The feeder with so much of each potential built already, and the rest of it left."""
    customers = [
        {**c, "pv_kwp": (1 - share) * c["pv_kwp"], "existing_kwp": share * c["pv_kwp"]}
        for c in plain(FEEDER)["customers"]
    ]
    return changed(FEEDER, customers=customers)


@pytest.mark.parametrize("added", [0.0, 0.5, 1.0])
def test_what_stands_and_what_is_added_feed_in_together(added: float) -> None:
    found = powers(_standing(0.4), read_profiles(), [added], 0.0).net_kw
    wanted = powers(FEEDER, read_profiles(), [0.4 + 0.6 * added], 0.0).net_kw
    assert found == pytest.approx(wanted, abs=1e-9)


def test_batteries_come_with_what_is_added() -> None:
    table = powers(_standing(0.4), read_profiles(), [0.5], 1.0)
    added_kwp = [0.5 * 0.6 * customer.pv_kwp for customer in FEEDER.customers]
    assert table.sizes["battery"][0] == pytest.approx(added_kwp)
    assert table.added["pv"][0] == pytest.approx(added_kwp)


def test_a_hosting_capacity_counts_what_is_added() -> None:
    asked = ((28, 48, 74), 0.0, LIMIT_SETS["twin"])
    whole, rest = (sweep(feeder, read_profiles(), *asked) for feeder in (FEEDER, _standing(0.2)))
    assert rest.potential == pytest.approx(0.8 * whole.potential)
    standing_kwp = 0.2 * whole.potential
    assert rest.capacity.installed + standing_kwp == pytest.approx(
        whole.capacity.installed, abs=0.002 * whole.potential
    )


def test_a_rise_is_measured_from_no_generation_at_all() -> None:
    limits = LIMIT_SETS["vde_4105"]
    standing = day(_standing(0.4), read_profiles(), 0.0, 0.0, limits)
    usual = day(FEEDER, read_profiles(), 0.4, 0.0, limits)
    assert standing.assessment.excess == pytest.approx(usual.assessment.excess, abs=1e-9)


def test_chance_counts_what_is_added() -> None:
    asked = {"placements": 60, "seed": 2, "limits": LIMIT_SETS["uk"]}
    found = monte_carlo(_standing(0.1), read_profiles(), **asked)
    assert found.potential == pytest.approx(0.9 * FEEDER.pv_potential_kwp)
    assert np.max(found.installed) <= found.potential + 1e-9


def test_it_is_absent_from_file_and_hash_where_there_is_none() -> None:
    assert "existing" not in render_feeder(FEEDER)
    customers = plain(FEEDER)["customers"]
    absent, none = (changed(FEEDER, customers=[{**c, **more} for c in customers]) for more in ({}, NONE))
    assert none.content_hash == absent.content_hash != _standing(0.1).content_hash
    again = Feeder.model_validate(json.loads(render_feeder(_standing(0.1))))
    assert again.existing_kwp == pytest.approx(0.1 * FEEDER.pv_potential_kwp)
    assert asking(again).feeder.content_hash == _standing(0.1).content_hash
