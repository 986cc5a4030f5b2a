"""Fixtures and settings that tests share."""

import pytest
from hypothesis import settings

from simulator.grid.schema import Feeder
from simulator.tests.feeders import all_feeders, small_feeder_data

# The same examples on every run: a failure on one machine is a failure on all of them.
settings.register_profile("twin", deadline=None, derandomize=True, max_examples=15, database=None)
settings.load_profile("twin")


@pytest.fixture(autouse=True)
def _ids_as_in_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave people's feeders the ids of their files; `test_own_ids` holds the endings that they get."""
    monkeypatch.setattr("simulator.models.feeder_queries.own_ending", lambda owner: "")


@pytest.fixture
def small_feeder() -> Feeder:
    """Three buses in a row behind a 160 kVA transformer."""
    return Feeder.model_validate(small_feeder_data())


@pytest.fixture
def feeder30() -> Feeder:
    """The synthetic feeder of 30 nodes that other engines have solved."""
    return all_feeders()["feeder30"]
