"""`manage.py import_profiles`: a profile from a file, all of it or nothing."""

from pathlib import Path

import pytest

from simulator.models import ProfileSet
from simulator.tests.management.conftest import Shell

pytestmark = [pytest.mark.usefixtures("feeders"), pytest.mark.database]
DAY = "".join(f"{step / 96:.4f}\n" for step in range(96))


def test_a_file_is_stored_and_its_content_told(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "street.csv").write_text("\n".join(["77,75"] * 8760))
    words = ("feeder_00", str(tmp_path / "street.csv"), "--kind=load", "--unit=kw", "--year=2023")
    code, out, err = shell("import_profiles", *words)
    assert code == 1
    assert "--numbers decimal-comma (a comma stands before decimals): line 1 '77,75' is 77.75" in err
    assert "--numbers columns (a comma stands between columns): line 1 '77,75' is 77 and 75" in err
    assert ProfileSet.objects.count() == 0
    code, out, err = shell("import_profiles", *words, "--numbers=decimal-comma")
    assert (code, err) == (0, "")
    assert "Days: 365, from 2023-01-01 to 2023-12-31" in out
    assert "All customers: lowest 77.8, mean 77.8, highest 77.8 kW" in out
    stored = ProfileSet.objects.get()
    assert (stored.feeder.feeder_id, stored.kind, stored.file_name) == ("feeder_00", "load", "street.csv")
    assert stored.series.values[0, 0] == pytest.approx(77.75 / 155.5)  # what feeder_00's peaks sum to


def test_doubtful_numbers_are_held_back_and_what_was_done_is_told(shell: Shell, tmp_path: Path) -> None:
    """feeder_00's peaks sum to 155.5 kW: watts written for kilowatts, then a thousandth of it."""
    path = tmp_path / "street.csv"
    words = ("import_profiles", "feeder_00", str(path), "--kind=load", "--unit=kw")
    path.write_text(
        "Meter 7\n\ntime;P;Q\n" + "".join(f"{t // 4:02d}:{t % 4 * 15:02d};12,5;1\n" for t in range(96))
    )
    code, out, err = shell(*words, "--dry-run")
    assert code == 0
    assert "The table begins at line 3; above it are 2 lines of words." in out
    assert "Taken: column 1 (time), column 2 (P); not needed: column 3 (Q)." in out
    assert out.rstrip().endswith("Nothing was stored.")
    path.write_text("0.1555\n" * 96)
    code, out, err = shell(*words)
    assert code == 1
    assert "Doubtful: The highest is 0.001 per unit" in err
    assert "Plausible: the numbers are MW (then 1 per unit)" in err
    assert "Nothing was stored: choose another unit, or --accept-doubts to store it as it is." in err
    assert not ProfileSet.objects.exists()
    path.write_text("155500\n" * 96)
    code, out, err = shell(*words)
    assert "plausible: the numbers are W (then 1 per unit)" in err
    assert shell(*words[:-1], "--unit=w")[0] == 0
    assert ProfileSet.objects.get().series.values[0, 0] == pytest.approx(1)
    path.write_text("0.1555\n" * 96)
    assert shell(*words, "--accept-doubts")[0] == 0
    assert "0.001 per unit" in " ".join(ProfileSet.objects.get().import_log)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace("0.5000", "half"), "day.csv: line 49 column 1: 'half' is not a number"),
        (lambda text: text + "1\n", "day.csv: whole file: has 97 values a column"),
    ],
)
def test_a_bad_file_leaves_the_stored_one(shell: Shell, tmp_path: Path, change: object, says: str) -> None:
    path = tmp_path / "day.csv"
    path.write_text(DAY)
    words = ("feeder_05", str(path), "--kind=pv", "--unit=pu")
    assert shell("import_profiles", *words)[0] == 0
    before = ProfileSet.objects.get().content_hash
    path.write_text(change(DAY))  # type: ignore[operator]
    code, _, err = shell("import_profiles", *words)
    assert code == 1
    assert says in err
    assert err.rstrip().endswith("Nothing was stored.")
    assert ProfileSet.objects.get().content_hash == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("feeder_99", "day.csv", "--kind=load", "--unit=pu"), "No feeder is named feeder_99."),
        (("feeder_00", "no.csv", "--kind=load", "--unit=pu"), "No such file"),
        (("feeder_00", "day.csv", "--kind=wind", "--unit=pu"), "invalid choice: 'wind'"),
        (("feeder_00", "day.csv", "--kind=load"), "--unit"),
        (("feeder_00", "year.csv", "--kind=load", "--unit=pu"), "Year: the file has no dates"),
    ],
)
def test_what_is_wrong_is_named(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("day.csv").write_text(DAY)
    Path("year.csv").write_text("1\n" * 8760)
    code, _, err = shell("import_profiles", *words)
    assert code in (1, 2)
    assert says in err
    assert ProfileSet.objects.count() == 0


def test_a_date_s_day_in_a_terminal(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "year.csv"
    path.write_text("\n".join(f"{(hour % 24) / 24:.4f}" for hour in range(8760)))
    shell("import_profiles", "feeder_05", str(path), "--kind=load", "--unit=pu", "--year=2023")
    code, out, _ = shell("day", "feeder_05", "--date=2023-03-01")
    assert code == 0
    assert out.startswith("On 2023-03-01 with 30 % PV, feeder_05 ")
    assert "load from year.csv, 2023-03-01" in out
    code, _, err = shell("day", "feeder_05", "--date=2024-03-01")
    assert code == 1
    assert "Date: 2024-03-01 is not in the profiles; enter a date from 2023-01-01 to 2023-12-31." in err
    code, _, err = shell("day", "feeder_05", "--date=01.03.2023")
    assert code == 1
    assert "--date '01.03.2023' is refused. Date: enter a day" in err
