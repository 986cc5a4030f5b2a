"""Whatever a reader lets through becomes feeders or is refused by name, and quickly."""

import random
from dataclasses import replace
from time import perf_counter

import pandapower as pp

from simulator.grid.errors import ImportFileError
from simulator.importing.columns import COLUMNS, NEEDED, ColumnKind
from simulator.importing.convert import convert
from simulator.importing.importing import import_file
from simulator.importing.source import Cell, Source
from simulator.tests.importing.test_convert import PLATE, second_transformer, street
from simulator.tests.yardstick import seconds_here

VALUES: dict[ColumnKind, tuple[Cell, ...]] = {
    ColumnKind.TRUTH: (True, False, None),
    ColumnKind.COUNT: (1, 2, 100, None),
    ColumnKind.WHOLE: (0, 1, 2, 3, 5, -1, 77, 2**53, None),
    ColumnKind.BUS: (0, 1, 2, 3, 5, -1, 77, 2**53),
    ColumnKind.NUMBER: (0, -1, 1e15, -1e15, 1e-15, 1e-300, 0.5, 99, None),
    ColumnKind.POINT: (
        None,
        '{"type": "Point", "coordinates": [1e15, -1e15]}',
        '{"type":"Point","coordinates":[8,50,3]}',
    ),
    ColumnKind.NAME: ("", "ä" * 200, "whole", "=1+1", None),
    ColumnKind.PLACE: (0, -1, 1e8, 1e-300, None),
    ColumnKind.LABEL: ("", "b", "l", "t", "PV", "hv", "Ratio", "ä" * 200, "whole", "=1+1", None),
}


def source() -> Source:
    """Return tables with something of nearly every kind in them."""
    net = street()
    second_transformer(net, at=5)
    pp.create_switch(net, 2, 3, et="b", z_ohm=0.1)
    pp.create_switch(net, 1, 0, et="l")
    pp.create_storage(net, 2, 0.01, 0.1)
    pp.create_asymmetric_load(net, 2, p_a_mw=0.01)
    pp.create_sgen(net, 3, 0.01, type="PV")
    pp.create_shunt(net, 2, 0.01)
    pp.create_gen(net, 2, 0.01)
    net.bus["geo"] = '{"type": "Point", "coordinates": [8.0, 50.0]}'
    return import_file(pp.to_json(net).encode(), "odd.json")[0]


def test_mutated_tables_convert_or_are_refused() -> None:
    good, rng = source(), random.Random(7)
    converted, refusals = 0, []
    for _ in range(350):
        tables = {name: [dict(row) for row in rows] for name, rows in good.tables.items()}
        for _ in range(rng.randint(1, 4)):
            name = rng.choice([name for name, rows in tables.items() if name in COLUMNS and rows])
            if rng.random() < 0.1:
                tables[name].pop(rng.randrange(len(tables[name])))
                continue
            column = rng.choice(list(COLUMNS[name]))
            value = rng.choice(VALUES[COLUMNS[name][column]])
            if value is not None or column not in NEEDED.get(name, ()):
                rng.choice(tables[name])[column] = value
        try:
            convert(replace(good, tables={name: tuple(rows) for name, rows in tables.items()}))
            converted += 1
        except ImportFileError as error:
            refusals.append(error)
    assert min(converted, len(refusals)) > 17
    assert all(error.file == "odd.json" and len(error.reason) < 1000 for error in refusals)


def test_a_thousand_networks_in_one_file_take_no_longer_than_they_must() -> None:
    net, count = pp.create_empty_network(), 1000
    pp.create_bus(net, 10.0)
    low = [int(bus) for bus in pp.create_buses(net, count, 0.4)]
    pp.create_ext_grid(net, 0)
    pp.create_transformers_from_parameters(net, [0] * count, low, **PLATE)
    pp.create_loads(net, low, p_mw=0.001)
    read = import_file(pp.to_json(net).encode(), "many.json")[0]
    started = perf_counter()
    assert len(convert(read)) == 1 + count
    assert perf_counter() - started < seconds_here(5)
