"""A feeder as a pandapower file: JSON and Excel as pandapower itself writes and reads them."""

import io
import json
from math import acos, tan
from typing import Any

import numpy as np

from simulator.grid.elements import Bus
from simulator.grid.formulas import would_run
from simulator.grid.schema import Feeder
from simulator.importing.customers import POTENTIAL_TYPE
from simulator.powerflow.libraries import pandapower
from simulator.powerflow.network import SOURCE_BUS, build_network

EXCEL_MAX_TEXT = 32_767


def export_network(feeder: Feeder) -> Any:
    """Return a pandapower net for people: names, coordinates, a load and a PV plant for each customer.

    Loads stand at their peak, plants at their rated power with all potential built.
    """
    pp = pandapower()

    net = build_network(feeder)
    net.name = feeder.name
    net.bus["geo"] = [None, *(_point(bus) for bus in feeder.buses)]
    net.line["std_type"] = [line.std_type for line in feeder.lines]
    net.load = net.load.iloc[:0].copy()
    index = {bus.id: i + 1 for i, bus in enumerate(feeder.buses)}
    if not any(feeder.rated):
        _leave_out_transformers(net)
    if feeder.customers:
        pp.create_loads(
            net,
            [index[c.bus] for c in feeder.customers],
            p_mw=[c.peak_kw / 1000 for c in feeder.customers],
            q_mvar=[c.peak_kw / 1000 * tan(acos(c.power_factor)) for c in feeder.customers],
            name=[c.id for c in feeder.customers],
        )
    for kind, field in ((POTENTIAL_TYPE, "pv_kwp"), ("PV", "existing_kwp")):
        plants = [(c, getattr(c, field)) for c in feeder.customers if getattr(c, field)]
        if plants:
            rated_mw = [kwp / 1000 for _, kwp in plants]
            names = [f"PV {c.id}" for c, _ in plants]
            buses = [index[c.bus] for c, _ in plants]
            pp.create_sgens(net, buses, p_mw=rated_mw, sn_mva=rated_mw, name=names, type=kind)
    return net


def _leave_out_transformers(net: Any) -> None:
    """Put the source where transformers without a rating bring it: people's files have none there."""
    buses = list(dict.fromkeys(net.trafo.lv_bus))
    sources = net.ext_grid.loc[[0] * len(buses)].reset_index(drop=True)
    net["ext_grid"] = sources.assign(bus=buses, name=list(net.trafo.drop_duplicates("lv_bus").name))
    net["trafo"], net["bus"] = net.trafo.iloc[:0].copy(), net.bus.drop(SOURCE_BUS)


def pandapower_json(feeder: Feeder) -> str:
    """Return the feeder as pandapower's JSON."""
    pp = pandapower()

    return str(pp.to_json(export_network(feeder)))


def pandapower_excel(feeder: Feeder) -> bytes:
    """Return the feeder as the workbook that pandapower reads: a sheet a table, its index in column A.

    Text that a spreadsheet would run as a formula is stored as text, and marked as such with the quote
    prefix, so that it stays text when somebody edits the cell.
    """
    from openpyxl import Workbook

    pandapower()
    from pandapower.io_utils import to_dict_of_dfs

    workbook = Workbook(write_only=True)
    tables = to_dict_of_dfs(export_network(feeder), include_std_types=False, include_empty_tables=False)
    for name, table in tables.items():
        sheet = workbook.create_sheet(name)
        sheet.append([_cell(sheet, value) for value in (None, *table.columns)])
        for index, *values in table.itertuples(name=None):
            sheet.append([_cell(sheet, value) for value in (index, *values)])
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _cell(sheet: Any, value: Any) -> Any:
    """Return a value that Excel takes, or a cell where it must not be taken for a formula."""
    import pandas as pd
    from openpyxl.cell import WriteOnlyCell

    if pd.isna(value):
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value[:EXCEL_MAX_TEXT])
    if would_run(value):
        cell.data_type, cell.quotePrefix = "s", True
    return cell


def _point(bus: Bus) -> str:
    """Return a bus's longitude and latitude, or where it stands on the plan if nobody knows its place."""
    place = [bus.x, bus.y] if bus.lon is None else [bus.lon, bus.lat]
    return json.dumps({"coordinates": place, "type": "Point"})
