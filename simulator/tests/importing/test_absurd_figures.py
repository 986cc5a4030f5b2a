"""An absurd figure in a file is refused by name, or changes nothing: what is read has a solution."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from simulator.grid.elements import Bus, Customer, Line, Source, Tap, Transformer
from simulator.grid.errors import FeederFileError, ImportFileError
from simulator.grid.limits import DEFAULT_LIMITS
from simulator.grid.physical import LARGEST_TO_SMALLEST, SPANS
from simulator.grid.profiles import read_profiles
from simulator.grid.reading import parse_feeder
from simulator.grid.schema import Feeder
from simulator.importing.columns import COLUMNS, ColumnKind
from simulator.importing.importing import import_file
from simulator.tests.absurd import ABSURD, absurd_feeders
from simulator.tests.feeders import small_feeder_data
from simulator.tests.importing.plain_nets import net_tables, pandapower_json, simbench, simbench_files
from simulator.tests.studies.asking import day_status

MORE: dict[str, dict[str, list[Any]]] = {
    "sgen": {"bus": [2], "p_mw": [0.01], "q_mvar": [0.0], "sn_mva": [0.01], "scaling": [1.0], "type": ["PV"]},
    "storage": {"bus": [2], "p_mw": [0.01], "q_mvar": [0.0], "max_e_mwh": [0.02], "soc_percent": [50.0]},
    "asymmetric_load": {"bus": [2], **{f"p_{phase}_mw": [0.001] for phase in "abc"}, "q_a_mvar": [0.001]},
    "bus_geodata": {"x": [8.1, 8.2, 8.3], "y": [50.0, 50.1, 50.2]},
}


def _numbers(kinds: dict[str, ColumnKind], columns: dict[str, list[Any]]) -> Iterator[str]:
    numeric = (ColumnKind.NUMBER, ColumnKind.PLACE, ColumnKind.COUNT, ColumnKind.WHOLE, ColumnKind.BUS)
    return (column for column in columns if kinds.get(column) in numeric)


def _pandapower() -> Iterator[tuple[str, bytes]]:
    tables = net_tables() | MORE
    for table, columns in tables.items():
        for column in _numbers(COLUMNS[table], columns):
            for value in ABSURD:
                changed = {**columns, column: [value, *columns[column][1:]]}
                yield f"{table}.{column} = {value}", pandapower_json({**tables, table: changed})
    for name in ("f_hz", "sn_mva"):
        yield from ((f"{name} = {value}", pandapower_json(tables, **{name: value})) for value in ABSURD)


def _simbench() -> Iterator[tuple[str, bytes]]:
    for name, text in simbench_files().items():
        rows = [line.split(";") for line in text.splitlines()]
        for at, row in enumerate(rows[1:], 1):
            for column, cell in enumerate(row):
                if not cell.replace(".", "").isdigit():
                    continue
                for value in ABSURD:
                    changed = [*row[:column], str(value), *row[column + 1 :]]
                    lines = [";".join(changed if i == at else each) for i, each in enumerate(rows)]
                    table = {name.removesuffix(".csv"): "\n".join(lines) + "\n"}
                    yield f"{name} {rows[0][column]} = {value}", simbench(**table)


@pytest.mark.parametrize("files", [_pandapower, _simbench])
def test_what_is_read_of_an_absurd_file_has_a_solution(files: Any) -> None:
    refused, solved = 0, set()
    for name, content in files():
        try:
            feeder = import_file(content, "absurd")[1][0].feeder
        except ImportFileError:
            refused += 1
            continue
        json.dumps(feeder.model_dump(mode="json"), allow_nan=False)
        if feeder.content_hash not in solved:
            solved.add(feeder.content_hash)
            status = day_status(feeder, read_profiles(), 0.3, 0.1, DEFAULT_LIMITS)
            assert status.tightest.kind != "no_solution", name
    assert refused > 100
    assert len(solved) > 5


def test_an_absurd_figure_of_a_feeder_of_ours_is_named_with_its_value_and_what_is_taken() -> None:
    for place, value, data in absurd_feeders():
        with pytest.raises(FeederFileError) as refusal:
            parse_feeder(data, "absurd.json")
        assert refusal.value.place == ".".join(map(str, place)), (place, value)
        assert "is outside the accepted range: " in refusal.value.reason


@pytest.mark.parametrize("model", [Source, Tap, Transformer, Bus, Line, Customer, Feeder])
def test_every_number_of_a_feeder_has_a_span_in_the_table(model: Any) -> None:
    for name, field in model.model_fields.items():
        number = any(kind in str(field.annotation) for kind in ("float", "int"))
        if number and name != "schema_version":
            assert f"{model.__name__.lower()}.{name}" in SPANS


def test_the_file_s_own_names_are_used() -> None:
    tables = net_tables()
    tables["trafo"]["sn_mva"] = [1e9]
    with pytest.raises(
        ImportFileError, match=r"transformer T1 sn_mva: 1e\+12 kVA is outside the accepted range"
    ):
        import_file(pandapower_json(tables), "street.json")


def test_impedances_that_double_precision_cannot_hold_together_are_refused_by_name() -> None:
    data = small_feeder_data()
    data["lines"][0] |= {"length_km": 1e-6, "r_ohm_per_km": 0.02, "x_ohm_per_km": 0}  # 2e-8 ohm
    data["lines"][1] |= {"length_km": 1.0, "r_ohm_per_km": 1e5, "x_ohm_per_km": 0}  # 1e5 ohm: 5e12 times
    with pytest.raises(
        FeederFileError, match="line_1 has 2e-08 ohm and line_2 1e\\+05; at most 10,000,000,000"
    ):
        parse_feeder(data, "far.json")
    assert LARGEST_TO_SMALLEST == 1e10


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"vn_hv_kv": 1000.0}, "trafo_0 turns the source's voltage into 0.01 pu"),
        ({"vk_percent": 1e-6, "vkr_percent": 0, "sn_kva": 1e8}, "1.6e-14 ohm is outside the accepted range"),
        (
            {"tap": {"side": "hv", "pos": 30, "min": 0, "max": 30, "step_percent": 50}},
            "its ratio at this position",
        ),
    ],
)
def test_what_follows_from_several_figures_is_bounded_too(change: dict[str, Any], words: str) -> None:
    data = small_feeder_data()
    data["transformers"][0] |= change
    data["transformer_kva"] = data["transformers"][0]["sn_kva"]
    with pytest.raises(FeederFileError) as refusal:
        parse_feeder(data, "derived.json")
    assert words in refusal.value.reason


def test_noise_is_read_as_nothing_and_that_is_told() -> None:
    tables = net_tables()
    tables["line"]["c_nf_per_km"] = [1e-12]
    choice = import_file(pandapower_json(tables), "street.json")[1][0]
    assert choice.feeder.lines[0].c_nf_per_km == 0
    (item,) = [item for item in choice.items if "too small to be any" in item.words]
    assert (item.elements, item.weighs) == (("L1, c_nf_per_km",), "not_needed")
