"""Figures a thousand times off are taken as they stand, and doubted with what would be usual."""

from pathlib import Path
from typing import Any

import pytest

from simulator.grid.reading import GALLERY_DIR, NETWORKS_DIR, read_feeder
from simulator.importing.importing import import_file
from simulator.importing.plausible import doubt
from simulator.importing.source import Choice
from simulator.tests.importing.plain_nets import net_tables, pandapower_json
from simulator.tests.importing.test_outside import OUTSIDE


def _imported(table: str, column: str, *values: Any) -> Choice:
    tables = net_tables()
    tables[table][column] = list(values)
    return import_file(pandapower_json(tables), "street.json")[1][0]


@pytest.mark.parametrize(
    ("table", "column", "values", "found", "usual", "slip"),
    [
        ("line", "max_i_ka", (270.0,), "L1: 270 kA", "0.27 kA", "A typed where kA belongs"),
        ("line", "length_km", (60.0,), "L1: 60 km", "0.06 km", "m typed where km belongs"),
        ("line", "r_ohm_per_km", (208.0,), "208 ohm/km", "0.208 ohm/km", "mohm typed where ohm belongs"),
        ("line", "r_ohm_per_km", (0.000208,), "0.000208 ohm/km", "0.208 ohm/km", "ohm/m typed where ohm/km"),
        ("line", "c_nf_per_km", (261_000.0,), "261,000 nF/km", "261 nF/km", "pF typed where nF belongs"),
        ("trafo", "sn_mva", (250.0,), "T1: 250,000 kVA", "250 kVA", "kVA typed where MVA belongs"),
        ("trafo", "pfe_kw", (800.0,), "T1: 800 kW", "0.8 kW", "W typed where kW belongs"),
        (
            "load",
            "p_mw",
            (20.0, 5.0),
            "A: 20,000 kW, and 1 more like it",
            "20 kW",
            "kW typed where MW belongs",
        ),
        (
            "load",
            "p_mw",
            (4e-6, 3e-6),
            "A: 0.004 kW, and 1 more",
            "4 kW",
            "divided by a thousand once too",
        ),
    ],
)
def test_a_figure_a_thousand_times_off_is_doubted_with_what_would_be_usual(
    table: str, column: str, values: tuple[float, ...], found: str, usual: str, slip: str
) -> None:
    choice = _imported(table, column, *values)
    (item,) = [item for item in choice.items if "would be usual" in item.words]
    assert found in item.words
    assert f"; {usual} would be usual at low voltage: was " in item.words
    assert slip in item.words
    assert item.weighs == "changes_results"
    (caveat,) = [caveat for caveat in choice.feeder.caveats if caveat.about == "units"]
    assert item.words.partition(": was")[0] in caveat.words


def test_a_percentage_typed_in_per_unit_is_doubted() -> None:
    tables = net_tables()
    tables["trafo"] |= {"vk_percent": [0.06], "vkr_percent": [0.0144]}
    items = import_file(pandapower_json(tables), "street.json")[1][0].items
    assert any(
        "0.06 %; 6 % would be usual at low voltage: was pu typed where % belongs" in i.words for i in items
    )


def test_nothing_is_changed_by_a_doubt() -> None:
    feeder = _imported("line", "max_i_ka", 270.0).feeder
    assert feeder.lines[0].max_i_ka == 270.0


@pytest.mark.parametrize("ka", [0.27, 10.0, 99_999.0])
def test_usual_ratings_and_those_that_stand_for_no_limit_are_not_doubted(ka: float) -> None:
    assert not [item for item in _imported("line", "max_i_ka", ka).items if "usual" in item.words]


@pytest.mark.parametrize(
    "path", sorted((*NETWORKS_DIR.glob("*.json"), *GALLERY_DIR.glob("*.json"))), ids=lambda path: path.stem
)
def test_nothing_is_doubted_of_the_feeders_that_come_with_the_site(path: Path) -> None:
    assert doubt(read_feeder(path), "feeder JSON")[1] == ()


def test_the_file_from_outside_is_doubted_in_lines_transformer_and_houses() -> None:
    path = OUTSIDE / "29-units-a-thousand-times-off" / "net.json"
    if not path.is_file():
        pytest.skip(f"{path} is not there: these files come beside the repository")
    items = import_file(path.read_bytes(), "net.json")[1][0].items
    doubted = {item.table: item.elements for item in items if "would be usual" in item.words}
    assert doubted == {"line": ("L12", "L23", "L34"), "trafo": ("T1",), "load": ("H2", "H3", "H4")}
