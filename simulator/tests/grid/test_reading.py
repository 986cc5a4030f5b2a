"""Feeder files: what is written is read back; a bad file is refused with file, place and reason."""

import json
from pathlib import Path

import pytest

from simulator.grid.errors import FeederFileError, FileError, TwinError
from simulator.grid.reading import NETWORKS_DIR, parse_feeder, read_feeder, render_feeder
from simulator.grid.schema import Feeder
from simulator.tests.feeders import all_feeders, small_feeder_data


def write(directory: Path, text: str | bytes, name: str = "small.json") -> Path:
    path = directory / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refusal(path: Path) -> FeederFileError:
    with pytest.raises(FeederFileError) as caught:
        read_feeder(path)
    return caught.value


def test_a_file_is_read(tmp_path: Path, small_feeder: Feeder) -> None:
    assert read_feeder(write(tmp_path, json.dumps(small_feeder_data()))) == small_feeder


def test_what_is_rendered_is_read_back(tmp_path: Path) -> None:
    for feeder in all_feeders().values():
        path = write(tmp_path, render_feeder(feeder), f"{feeder.feeder_id}.json")
        assert read_feeder(path) == feeder
        assert read_feeder(path).content_hash == feeder.content_hash


def test_rendering_puts_one_element_a_line(small_feeder: Feeder) -> None:
    """So that a change of one line of the network is a change of one line of the file."""
    lines = render_feeder(small_feeder).splitlines()
    assert sum('"std_type"' in line for line in lines) == 2
    assert sum('"lat"' in line for line in lines) == 3


@pytest.mark.parametrize("path", sorted(NETWORKS_DIR.glob("*.json")), ids=lambda path: path.name)
def test_stored_files_are_as_rendered(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == render_feeder(read_feeder(path))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path / "nowhere.json")
    assert (error.file, error.place) == ("nowhere.json", "whole file")
    assert "No such file" in error.reason
    assert isinstance(error, FileError)
    assert isinstance(error, TwinError)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    assert "utf-8" in refusal(write(tmp_path, b"\xff\xfe{}")).reason


def test_broken_json_is_refused_with_line_and_column(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, '{"schema_version": 1,\n "name" 3}'))
    assert str(error) == "small.json: line 2 column 9: Expecting ':' delimiter"


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    assert refusal(write(tmp_path, text)).place.startswith("line 1")


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_constants_that_json_lacks_are_refused(tmp_path: Path, constant: str) -> None:
    text = json.dumps(small_feeder_data()).replace('"peak_kw": 12.0', f'"peak_kw": {constant}')
    error = refusal(write(tmp_path, text))
    assert error.reason == f"{constant} is no JSON number"


def test_a_number_too_large_for_a_float_is_refused(tmp_path: Path) -> None:
    text = json.dumps(small_feeder_data()).replace('"peak_kw": 12.0', '"peak_kw": 1e999')
    error = refusal(write(tmp_path, text))
    assert error.place == "customers.0.peak_kw"
    assert "finite number" in error.reason


@pytest.mark.parametrize("text", ["[]", "3", '"feeder"', "null"])
def test_json_that_is_no_object_is_refused(tmp_path: Path, text: str) -> None:
    assert refusal(write(tmp_path, text)).place == "whole feeder"


def test_the_first_wrong_place_is_named(tmp_path: Path) -> None:
    data = small_feeder_data()
    data["lines"][1]["length_km"] = "far"
    error = refusal(write(tmp_path, json.dumps(data)))
    assert error.place == "lines.1.length_km"
    assert "valid number" in error.reason


def test_what_contradicts_itself_is_refused_in_our_words(tmp_path: Path) -> None:
    data = small_feeder_data()
    data["lines"].pop()
    assert (
        str(refusal(write(tmp_path, json.dumps(data))))
        == "small.json: whole feeder: no transformer feeds bus_2"
    )


def test_a_file_under_another_feeders_name_is_refused(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, json.dumps(small_feeder_data()), "large.json"))
    assert (error.place, error.reason) == ("feeder_id", "'small' does not match the file's name")


def test_plain_data_is_parsed_under_the_name_it_came_by(small_feeder: Feeder) -> None:
    assert parse_feeder(small_feeder_data(), "upload") == small_feeder
    with pytest.raises(FeederFileError, match="upload: schema_version: Field required"):
        parse_feeder({}, "upload")
