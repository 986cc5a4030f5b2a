"""Every study answers for networks of others: several transformers, long names, no tap, no place."""

import pytest

from simulator.tests.web.addresses import SHOWS_A_FEEDER
from simulator.tests.web.conftest import Fetch


@pytest.mark.parametrize("name", SHOWS_A_FEEDER)
@pytest.mark.parametrize("feeder_id", ["gallery_cigre_lv", "gallery_kerber_landnetz_kabel_1"])
def test_a_study_of_a_published_network_has_an_answer(read: Fetch, feeder_id: str, name: str) -> None:
    place = "" if name == "run" else f"{name}/"
    document = read(f"/feeders/{feeder_id}/{place}?pv_adoption=0.7")
    assert feeder_id in document.status or name in ("nodes", "why")
    assert document.status.endswith(".")
