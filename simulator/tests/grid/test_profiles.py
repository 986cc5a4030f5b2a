"""The daily profiles: what they hold, where they come from, and what is refused."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from simulator.grid.clock import STEPS_PER_DAY, step_of
from simulator.grid.errors import ProfileFileError
from simulator.grid.profiles import read_profiles
from simulator.grid.reading import DATA_DIR

# BDEW H25 (2025), December, working day: kWh a quarter-hour of a customer group with 1 GWh a year.
H25_PEAK_KWH = 42.663
H25_KWH = {
    "03:15": 14.630,
    "07:00": 25.666,
    "12:00": 26.751,
    "18:30": 42.432,
    "18:45": 42.663,
    "23:45": 21.911,
}


def test_every_profile_has_a_finite_value_from_0_to_1_for_each_quarter_hour() -> None:
    profiles = read_profiles()
    for values in (profiles.load_pu, profiles.pv_pu):
        assert values.shape == (STEPS_PER_DAY,)
        assert ((values >= 0) & (values <= 1)).all()
        assert not values.flags.writeable


def test_profiles_are_read_once_a_process() -> None:
    assert read_profiles() is read_profiles()


@pytest.mark.parametrize(("time", "kwh"), H25_KWH.items())
def test_the_load_is_the_published_household_profile_on_its_peak(time: str, kwh: float) -> None:
    assert read_profiles().load_pu[step_of(time)] == pytest.approx(kwh / H25_PEAK_KWH, abs=5e-5)


def test_the_load_peaks_in_the_evening_and_half_past_six_is_as_good_as_the_peak() -> None:
    load = read_profiles().load_pu
    assert load.max() == 1
    assert step_of("18:00") <= load.argmax() <= step_of("19:30")
    assert load[step_of("18:30")] >= 0.98


def test_the_sun_shines_as_long_as_a_midsummer_day_lasts_at_50_degrees_north() -> None:
    """Sunrise equation: cos(hour angle) = -tan(latitude) tan(declination)."""
    half_day_hours = np.degrees(np.arccos(-np.tan(np.radians(50)) * np.tan(np.radians(23.44)))) / 15
    sunny = read_profiles().pv_pu > 0
    assert sunny.sum() / 4 == pytest.approx(2 * half_day_hours, abs=0.5)


def test_pv_is_highest_at_solar_noon_and_the_afternoon_mirrors_the_morning() -> None:
    pv = read_profiles().pv_pu
    assert pv.max() == pv[step_of("12:00")]
    assert np.array_equal(pv, pv[::-1])
    assert (np.diff(pv[: STEPS_PER_DAY // 2]) >= 0).all()


def test_pv_at_noon_is_a_clear_sky_s_irradiance() -> None:
    """Haurwitz at a zenith angle of 50 - 23.44 degrees: 1098 x 0.8945 x exp(-0.059 / 0.8945) = 919 W/m2."""
    assert read_profiles().pv_pu[step_of("12:00")] == pytest.approx(0.919, abs=0.001)


def _without_last_row(text: str) -> str:
    return text[: text.rstrip("\n").rindex("\n") + 1]


@pytest.mark.parametrize("name", ["load_profile.csv", "pv_profile.csv"])
@pytest.mark.parametrize(
    ("corrupt", "place", "reason"),
    [
        (_without_last_row, "whole file", "has 95 rows, not 96"),
        (lambda text: text + "96,24:00,0.1\n", "whole file", "has 97 rows, not 96"),
        (lambda text: "", "line 1", "the header must be step,time,value_pu"),
        (lambda text: text.replace("value_pu", "kw"), "line 1", "the header must be step,time,value_pu"),
        (
            lambda text: text.replace("48,12:00,0", "48,12:00,zero"),
            "line 50 column value_pu",
            "is not a number",
        ),
        (
            lambda text: text.replace("48,12:00,0", "48,12:00,-0"),
            "line 50 column value_pu",
            "not within 0 to 1",
        ),
        (
            lambda text: text.replace("48,12:00,0.", "48,12:00,1."),
            "line 50 column value_pu",
            "not within 0 to 1",
        ),
        (lambda text: text.replace("48,12:00", "48,12:05"), "line 50", "must begin with 48,12:00"),
        (lambda text: text.replace("48,12:00", "47,12:00"), "line 50", "must begin with 48,12:00"),
    ],
)
def test_a_corrupt_profile_is_refused_with_file_place_and_reason(
    tmp_path: Path, name: str, corrupt: Callable[[str], str], place: str, reason: str
) -> None:
    directory = copytree(DATA_DIR / "profiles", tmp_path / "profiles")
    path = directory / name
    path.write_text(corrupt(path.read_text()))
    with pytest.raises(ProfileFileError) as caught:
        read_profiles(directory)
    assert (caught.value.file, caught.value.place) == (name, place)
    assert reason in caught.value.reason


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e999"])
def test_a_profile_value_that_is_not_finite_is_refused(tmp_path: Path, value: str) -> None:
    directory = copytree(DATA_DIR / "profiles", tmp_path / "profiles")
    path = directory / "pv_profile.csv"
    lines = path.read_text().splitlines()
    lines[49] = f"48,12:00,{value}"
    path.write_text("\n".join(lines) + "\n")
    with pytest.raises(
        ProfileFileError, match=r"pv_profile\.csv: line 50 column value_pu: .* not within 0 to 1"
    ):
        read_profiles(directory)


def test_a_missing_profile_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ProfileFileError, match=r"^load_profile\.csv: whole file: "):
        read_profiles(tmp_path)


def test_a_profile_that_is_no_text_is_refused(tmp_path: Path) -> None:
    directory = copytree(DATA_DIR / "profiles", tmp_path / "profiles")
    (directory / "pv_profile.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ProfileFileError, match=r"^pv_profile\.csv: whole file: "):
        read_profiles(directory)
