"""SimBench's CSV files are read as SimBench's own converter reads them."""

import json
from collections.abc import Mapping
from math import pi
from pathlib import Path
from typing import Any

import pandapower.networks
import pytest
import simbench as sb

from simulator.importing.reading import read_file
from simulator.importing.source import Source
from simulator.tests.importing.comparison import differences
from simulator.tests.importing.plain_nets import simbench, simbench_files, zipped

EXAMPLE = Path(sb.__file__).parent / "test" / "converter" / "test_network"

pytestmark = pytest.mark.filterwarnings("ignore")  # simbench itself warns of what pandas will change


def read_folder(folder: Path) -> Source:
    """Return what a folder in a zip file gives; its profiles would be one file too many."""
    paths = [path for path in folder.glob("*.csv") if "Profile" not in path.name]
    return read_file(zipped({f"{folder.name}/{path.name}": path.read_bytes() for path in paths}), "net.zip")


def without_tap_changers(found: list[str]) -> list[str]:
    """SimBench's converter names no kind of tap changer; pandapower 3 ignores one that has none."""
    return [line for line in found if "tap_changer_type: 'Ratio' for None" not in line]


def test_the_converters_own_example_is_read_alike() -> None:
    expected = sb.csv2pp(str(EXAMPLE))
    found = differences(expected, read_folder(EXAMPLE), relative=1e-12)
    assert without_tap_changers(found) == []


def test_a_low_voltage_network_is_read_alike(tmp_path: Path) -> None:
    sb.pp2csv(pandapower.networks.create_cigre_network_lv(), str(tmp_path))
    expected = sb.csv2pp(str(tmp_path))
    source = read_folder(tmp_path)
    assert source.format == "SimBench CSV"
    assert len(source.tables["bus"]) == 44
    assert without_tap_changers(differences(expected, source, relative=1e-12)) == []


def row(source: Source, table: str) -> Mapping[str, Any]:
    (only,) = source.tables[table]
    return only


def test_types_and_units_by_hand() -> None:
    source = read_file(simbench(), "net.zip")
    line, trafo = row(source, "line"), row(source, "trafo")
    assert line["c_nf_per_km"] == pytest.approx(82e-6 / (2 * pi * 50) * 1e9)
    assert (line["max_i_ka"], line["type"], line["std_type"]) == (0.27, "cs", "NAYY 4x150")
    assert trafo["vkr_percent"] == pytest.approx(100 * 3.3 / 250)
    assert (trafo["tap_side"], trafo["tap_pos"]) == ("hv", 1.0)
    assert row(source, "ext_grid")["vm_pu"] == 1.0
    assert (row(source, "load")["p_mw"], row(source, "sgen")["type"]) == (0.004, "PV")
    assert json.loads(str(source.tables["bus"][0]["geo"]))["coordinates"] == [8.1, 50.2]


def test_a_switch_at_an_auxiliary_node_is_hung_at_the_line() -> None:
    source = read_file(simbench(), "net.zip")
    assert [bus["name"] for bus in source.tables["bus"]] == ["MV", "LV", "house"]
    switch, line = row(source, "switch"), row(source, "line")
    assert (switch["bus"], switch["et"], switch["element"], switch["closed"]) == (1, "l", line["index"], True)
    assert (line["from_bus"], line["to_bus"]) == (1, 2)


def test_files_at_the_top_of_the_zip_file_are_read_too() -> None:
    top = read_file(zipped({**simbench_files()}), "net.zip")
    assert top.tables == read_file(simbench(), "net.zip").tables


def test_files_not_read_are_told() -> None:
    source = read_file(simbench(LoadProfile="time;a\n", Notes="x;y\n"), "net.zip")
    told = {(item.outcome, item.table, item.elements) for item in source.items}
    assert told == {
        ("dropped", "zip file", ("network/Notes.csv",)),
        ("dropped", "other tables", ("LoadProfile",)),
    }
