"""Stored profiles: which day a feeder's studies follow, and that nothing is lost on the way."""

from datetime import date
from pathlib import Path
from shutil import copy

import numpy as np
import pytest
from django.db import IntegrityError

from simulator.grid.errors import FeederFileError, QuestionError
from simulator.grid.profiles import read_profiles
from simulator.grid.reading import NETWORKS_DIR
from simulator.importing.profiles.series import ProfileKind, Series
from simulator.models import FeederRecord, ProfileSet

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def record(tmp_path: Path) -> FeederRecord:
    """A stored feeder without profiles of its own."""
    copy(NETWORKS_DIR / "feeder_05.json", tmp_path)
    FeederRecord.objects.load(tmp_path)
    return FeederRecord.objects.get()


def year(
    first: date = date(2023, 1, 1), *, columns: int = 1, customers: tuple[str, ...] = (), seed: int = 1
) -> Series:
    """Return a year of hours by chance, the same on every run."""
    values = np.random.default_rng(seed).uniform(0, 1, (8760, columns))
    return Series(60, first, customers, values)


def keep(record: FeederRecord, kind: ProfileKind, series: Series) -> ProfileSet:
    return ProfileSet.objects.keep(record, kind, f"{kind}.csv", series)


def test_without_an_upload_the_site_s_own_are_followed(record: FeederRecord) -> None:
    assert record.subject.profiles is read_profiles()
    assert record.dates is None
    assert "the site's own" in record.subject.profiles.words


def test_what_is_kept_comes_back_as_it_was(record: FeederRecord) -> None:
    customers = tuple(customer.id for customer in record.feeder.customers)
    for series in (
        year(),
        year(columns=len(customers), customers=customers),
        Series(15, None, (), np.ones((96, 1))),
    ):
        keep(record, "load", series)
        stored = ProfileSet.objects.get(feeder=record)
        assert stored.series.content_hash == series.content_hash == stored.content_hash
        assert (stored.series.values == series.values).all()
        assert (stored.is_year, stored.last_day) == (series.is_year, series.last_day)


def test_a_day_stands_for_every_day(record: FeederRecord) -> None:
    keep(record, "pv", Series(15, None, (), np.linspace(0, 1, 96)[:, None]))
    profiles = record.subject.profiles
    assert (profiles.pv_pu == np.linspace(0, 1, 96)).all()
    assert profiles.load_pu is read_profiles().load_pu
    assert profiles.words == f"load from {read_profiles().load_from}; PV from pv.csv, a day"


def test_a_year_gives_load_at_its_peak_and_pv_at_its_best_or_the_date_that_is_asked_for(
    record: FeederRecord,
) -> None:
    load, pv = year(seed=2), year(seed=3)
    keep(record, "load", load)
    keep(record, "pv", pv)
    peak = int(np.argmax(load.values)) // 24
    sunny = int(np.argmax(pv.values.reshape(365, 24).sum(axis=1)))
    found = record.subject.profiles
    assert found.load_pu.tolist() == np.repeat(load.values[24 * peak : 24 * peak + 24, 0], 4).tolist()
    assert found.pv_pu.tolist() == np.repeat(pv.values[24 * sunny : 24 * sunny + 24, 0], 4).tolist()
    assert "its peak day" in found.words
    assert "its sunniest day" in found.words
    asked = record.subject_on(date(2023, 2, 1)).profiles
    assert asked.load_pu.tolist() == np.repeat(load.values[24 * 31 : 24 * 32, 0], 4).tolist()
    assert asked.pv_pu.tolist() == np.repeat(pv.values[24 * 31 : 24 * 32, 0], 4).tolist()
    assert asked.words == "load from load.csv, 2023-02-01; PV from pv.csv, 2023-02-01"


def test_beside_a_year_the_site_s_own_or_a_day_serves_every_date(record: FeederRecord) -> None:
    keep(record, "load", year())
    keep(record, "pv", Series(15, None, (), np.full((96, 1), 0.25)))
    assert (record.subject_on(date(2023, 12, 31)).profiles.pv_pu == 0.25).all()


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2024, 1, 1)])
def test_a_date_outside_the_year_is_refused_by_name(record: FeederRecord, day: date) -> None:
    keep(record, "load", year())
    with pytest.raises(
        QuestionError, match=f"{day} is not in the profiles.* 2023-01-01 to 2023-12-31"
    ) as caught:
        record.subject_on(day)
    assert caught.value.field == "date"


def test_a_date_without_a_year_is_refused_by_name(record: FeederRecord) -> None:
    keep(record, "pv", Series(15, None, (), np.ones((96, 1))))
    with pytest.raises(QuestionError, match="feeder_05 has no profile of a year") as caught:
        record.subject_on(date(2023, 6, 1))
    assert caught.value.field == "date"


def test_two_years_allow_the_dates_that_both_have(record: FeederRecord) -> None:
    keep(record, "load", year())
    keep(record, "pv", year(date(2023, 7, 1)))
    both = record.dates
    assert both == (date(2023, 7, 1), date(2023, 12, 31))
    keep(record, "pv", year(date(2030, 1, 1)))
    none = record.dates
    assert none is None
    with pytest.raises(QuestionError, match="no profile of a year that holds it"):
        record.subject_on(date(2023, 6, 1))
    assert record.subject.profiles.words.count(".csv") == 2


def test_answers_depend_on_the_profiles_content(record: FeederRecord) -> None:
    before = record.subject.content
    keep(record, "load", year())
    other, another = record.subject.content, record.subject_on(date(2023, 5, 5)).content
    assert len({before, other, another}) == 3
    assert {content[0] for content in (before, other, another)} == {record.content_hash}
    keep(record, "load", year(seed=9))
    assert record.subject.content != other


def test_a_second_upload_takes_the_first_s_place(record: FeederRecord) -> None:
    keep(record, "load", year())
    keep(record, "load", Series(15, None, (), np.ones((96, 1))))
    assert [each.is_year for each in ProfileSet.objects.all()] == [False]


def test_a_save_that_fails_leaves_the_old_one(record: FeederRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(record, "load", year())
    right = ProfileSet.save

    def fail(self: ProfileSet, **options: object) -> None:
        right(self, **options)  # type: ignore[arg-type]
        raise IntegrityError("planted")

    monkeypatch.setattr(ProfileSet, "save", fail)
    with pytest.raises(IntegrityError, match="planted"):
        keep(record, "load", year(seed=4))
    monkeypatch.undo()
    assert ProfileSet.objects.get().series.content_hash == year().content_hash


def test_profiles_go_with_their_feeder(record: FeederRecord) -> None:
    keep(record, "load", year())
    record.delete()
    assert ProfileSet.objects.count() == 0


def test_a_network_with_other_customers_than_the_stored_profile_is_not_loaded(
    record: FeederRecord, tmp_path: Path
) -> None:
    customers = tuple(customer.id for customer in record.feeder.customers)
    keep(record, "load", year(columns=len(customers), customers=customers))
    path = tmp_path / "feeder_05.json"
    path.write_text(path.read_text().replace('"id": "customer_7"', '"id": "customer_x"'))
    with pytest.raises(
        FeederFileError, match=r"feeder_05.json: customers: are not those of the stored load profile"
    ):
        FeederRecord.objects.load(tmp_path)
    ProfileSet.objects.all().delete()
    assert FeederRecord.objects.load(tmp_path)["updated"] == ["feeder_05"]


def test_lists_of_feeders_fetch_no_values(
    record: FeederRecord, django_assert_num_queries: "pytest.FixtureRequest"
) -> None:
    keep(record, "load", year())
    assert record.subject is not None  # the day is known from here on
    with django_assert_num_queries(2):  # type: ignore[operator]
        (found,) = FeederRecord.objects.prefetch_related("profile_sets")
        assert found.subject.profiles.words.startswith("load from load.csv")
