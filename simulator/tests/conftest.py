"""Fixtures and settings that tests share."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from hypothesis import settings
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

from simulator.grid.schema import Feeder
from simulator.powerflow.libraries import pandapower
from simulator.powerflow.sweep.engine import compile_sweep
from simulator.tests.feeders import all_feeders, small_feeder_data

# The same examples on every run: a failure on one machine is a failure on all of them.
settings.register_profile("twin", deadline=None, derandomize=True, max_examples=15, database=None)
settings.load_profile("twin")


@pytest.fixture(autouse=True)
def _ids_as_in_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave people's feeders the ids of their files; `test_own_ids` holds the endings that they get."""
    monkeypatch.setattr("simulator.models.feeder_queries.own_ending", lambda owner: "")


@pytest.fixture(autouse=True)
def _lists_are_computed_in_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """Solve what a list of feeders lacks at once: another thread does not see a test's own rows."""
    monkeypatch.setattr("simulator.web.pages.feeders_view.PATIENCE_S", None)


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_listed_once() -> Iterator[None]:
    """Keep the list of static files: each test client would make it anew, which takes longer than a page."""
    listed: dict[str, dict[str, Any]] = {}
    right = WhiteNoiseMiddleware.add_files_from_finders

    def add(self: Any) -> None:
        if self.static_prefix not in listed:
            right(self)
            listed[self.static_prefix] = self.files
        self.files = dict(listed[self.static_prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add)
        yield


@pytest.fixture(scope="session", autouse=True)
def _the_sweep_is_compiled() -> None:
    """Compile the solver as `up` does, in some 15 s the first time; pandapower is loaded as the site does."""
    pandapower()
    compile_sweep()


@pytest.fixture(scope="session", autouse=True)
def _passwords_are_hashed_in_few_rounds() -> Iterator[None]:
    """Hash passwords quickly: what is slow on purpose would be slow here as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PBKDF2PasswordHasher, "iterations", 10)
        yield


@pytest.fixture
def small_feeder() -> Feeder:
    """Three buses in a row behind a 160 kVA transformer."""
    return Feeder.model_validate(small_feeder_data())


@pytest.fixture
def feeder30() -> Feeder:
    """The synthetic feeder of 30 nodes that other engines have solved."""
    return all_feeders()["feeder30"]
