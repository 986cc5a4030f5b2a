"""A feeder file that is wrong is refused with the file, the place in it and the reason."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.grid.errors import FeederFileError
from simulator.grid.reading import NETWORKS_DIR, read_feeder

NAME = "feeder_02.json"
GOOD = (NETWORKS_DIR / NAME).read_text(encoding="utf-8")

Change = Callable[[dict[str, Any]], object]


def _bare(feeder: dict[str, Any]) -> dict[str, Any]:
    """Return the fifth line, without the derived totals that a changed length contradicts as well."""
    line: dict[str, Any] = feeder["lines"][4]
    del line["r_ohm"], line["x_ohm"]
    return line


def _refusal(directory: Path, text: str, name: str = NAME) -> FeederFileError:
    path = directory / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FeederFileError) as caught:
        read_feeder(path)
    assert caught.value.file == name
    assert str(caught.value) == f"{name}: {caught.value.place}: {caught.value.reason}"
    return caught.value


@pytest.mark.parametrize(
    ("change", "place", "reason"),
    [
        (lambda f: f.update(colour="blue"), "colour", "Extra inputs are not permitted"),
        (lambda f: f["lines"][4].update(colour="blue"), "lines.4.colour", "Extra inputs are not permitted"),
        (lambda f: f.pop("buses"), "buses", "Field required"),
        (lambda f: f["lines"][4].pop("max_i_ka"), "lines.4.max_i_ka", "Field required"),
        (lambda f: f.update(schema_version=2), "schema_version", "Input should be 1"),
        (lambda f: _bare(f).update(length_km=-0.1), "lines.4.length_km", "0.000001 to 10,000 km"),
        (lambda f: _bare(f).update(length_km=0), "lines.4.length_km", "0.000001 to 10,000 km"),
        (lambda f: f["lines"][4].update(length_km="long"), "lines.4.length_km", "valid number"),
        (lambda f: f["lines"][4].update(parallel=0), "lines.4.parallel", "1 to 1,000 conductors"),
        (lambda f: f["buses"][3].update(lat=91), "buses.3.lat", "91 degrees is outside"),
        (lambda f: f["buses"][3].pop("lat"), "whole feeder", "give lat and lon for every bus or for none"),
        (lambda f: f["customers"][0].update(power_factor=1.1), "customers.0.power_factor", "1.1 is outside"),
        (lambda f: f["customers"][0].update(pv_kwp=-1), "customers.0.pv_kwp", "-1 kWp is outside"),
        (lambda f: f["customers"][0].update(households=1.5), "customers.0.households", "valid integer"),
        (lambda f: f["lines"][4].update(r_ohm=1.0), "lines.4", "r_ohm 1.0 is not r_ohm_per_km x length_km"),
        (lambda f: f["lines"][4].update(x_ohm=1.0), "lines.4", "x_ohm 1.0 is not x_ohm_per_km x length_km"),
        (lambda f: f["transformers"][0]["tap"].update(pos=3), "transformers.0.tap", "outside -2 to 2"),
        (lambda f: f["transformers"][0].update(vkr_percent=5), "transformers.0", "exceeds vk_percent"),
        (
            lambda f: f["lines"][4].update(to="bus_99"),
            "whole feeder",
            "line_5 is at bus_99, which is not a bus",
        ),
        (lambda f: f["customers"][4].update(bus="bus_99"), "whole feeder", "customer_5 is at bus_99"),
        (lambda f: f["transformers"][0].update(lv_bus="bus_99"), "whole feeder", "trafo_0 is at bus_99"),
        (lambda f: f["buses"][3].update(id="bus_2"), "whole feeder", "buses name bus_2 twice"),
        (lambda f: f["lines"][3].update(id="line_3"), "whole feeder", "lines name line_3 twice"),
        (lambda f: f["lines"][4].update(to="bus_4"), "whole feeder", "line_5 begins and ends at bus_4"),
        (lambda f: f["lines"].pop(28), "whole feeder", "no transformer feeds bus_29"),
        (lambda f: f.update(transformer_kva=400), "whole feeder", "400.0 is not the transformers' total"),
        (lambda f: f.update(transformers=[]), "transformers", "at least 1 item"),
        (lambda f: f.update(feeder_id="feeder_03"), "feeder_id", "does not match the file's name"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, change: Change, place: str, reason: str) -> None:
    data = json.loads(GOOD)
    change(data)
    refused = _refusal(tmp_path, json.dumps(data))
    assert refused.place == place
    assert reason in refused.reason


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_constants_that_are_no_json_numbers_are_refused(tmp_path: Path, constant: str) -> None:
    text = GOOD.replace('"vm_pu": 1.01', f'"vm_pu": {constant}')
    assert text != GOOD
    assert _refusal(tmp_path, text).reason == f"{constant} is no JSON number"


def test_a_number_too_large_for_a_float_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace('"pfe_kw": 0.73', '"pfe_kw": 1e999')
    refused = _refusal(tmp_path, text)
    assert (refused.place, refused.reason) == ("transformers.0.pfe_kw", "Input should be a finite number")


def test_a_truncated_file_is_refused_with_the_line_where_it_ends(tmp_path: Path) -> None:
    half = GOOD[: len(GOOD) // 2]
    assert _refusal(tmp_path, half).place.startswith(f"line {half.count(chr(10)) + 1} column ")


@pytest.mark.parametrize(
    ("text", "place"), [("", "line 1 column 1"), ("[]", "whole feeder"), ("7", "whole feeder")]
)
def test_a_file_that_is_no_feeder_at_all_is_refused(tmp_path: Path, text: str, place: str) -> None:
    assert _refusal(tmp_path, text).place == place


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FeederFileError, match=r"^feeder_02\.json: whole file: "):
        read_feeder(tmp_path / NAME)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(FeederFileError, match=r"^feeder_99\.json: whole file: "):
        read_feeder(tmp_path / "feeder_99.json")
