"""Small networks as plain data and bytes, in the formats that are read; made without pandapower."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

Table = dict[str, list[Any]]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def net_tables() -> dict[str, Table]:
    """Return a street of two houses behind a transformer, column by column, anew at each call."""
    point = '{"type":"Point", "coordinates":[8.1, 50.2]}'
    return {
        "bus": {"name": ["MV", "LV", "house"], "vn_kv": [20.0, 0.4, 0.4], "geo": [point, point, None]},
        "ext_grid": {"name": ["grid"], "bus": [0], "vm_pu": [1.0], "in_service": [True]},
        "trafo": {
            "name": ["T1"], "std_type": ["0.25 MVA 20/0.4 kV"],
            "hv_bus": [0], "lv_bus": [1], "sn_mva": [0.25],
            "vn_hv_kv": [20.0], "vn_lv_kv": [0.4], "vk_percent": [6.0], "vkr_percent": [1.44],
            "pfe_kw": [0.8], "i0_percent": [0.32], "shift_degree": [150.0], "tap_side": ["hv"],
            "tap_neutral": [0.0], "tap_min": [-2.0], "tap_max": [2.0], "tap_step_percent": [2.5],
            "tap_pos": [0.0], "tap_changer_type": ["Ratio"], "parallel": [1], "in_service": [True],
        },
        "line": {
            "name": ["L1"], "std_type": ["NAYY 4x150 SE"], "from_bus": [1], "to_bus": [2], "length_km": [0.1],
            "r_ohm_per_km": [0.208], "x_ohm_per_km": [0.08], "c_nf_per_km": [261.0], "max_i_ka": [0.27],
            "parallel": [1], "in_service": [True],
        },
        "load": {"name": ["A", "B"], "bus": [2, 2], "p_mw": [0.004, 0.003], "q_mvar": [0.001, 0.0]},
        "switch": {"bus": [1], "element": [0], "et": ["l"], "closed": [True], "name": ["S1"]},
    }  # fmt: skip


def frame(table: Table, **more: Any) -> dict[str, Any]:
    """Return a table as pandapower's JSON holds it."""
    rows = [list(row) for row in zip(*table.values(), strict=True)]
    split = {"columns": list(table), "index": list(range(len(rows))), "data": rows}
    return framed(json.dumps(split)) | more


def framed(text: Any) -> dict[str, Any]:
    """Return what claims to be a table whose content is ``text``."""
    return {"_module": "pandas.core.frame", "_class": "DataFrame", "_object": text, "orient": "split"}


def pandapower_data(tables: Mapping[str, Table] | None = None, **more: Any) -> dict[str, Any]:
    """Return a pandapower net as plain data; ``more`` adds or replaces entries of the net."""
    frames = {name: frame(table) for name, table in (tables or net_tables()).items()}
    settings = {"version": "3.5.6", "format_version": "3.3.0", "name": "street", "f_hz": 50.0, "sn_mva": 1.0}
    return {"_module": "pandapower.auxiliary", "_class": "pandapowerNet", "_object": frames | settings | more}


def pandapower_json(tables: Mapping[str, Table] | None = None, **more: Any) -> bytes:
    """Return the same as a file's bytes."""
    return json.dumps(pandapower_data(tables, **more)).encode()


def zipped(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return target.getvalue()


def workbook_parts(sheets: Mapping[str, str]) -> dict[str, str]:
    """Return the parts of a workbook whose sheets hold the given XML rows."""
    names = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    spaces = f'xmlns="{MAIN}" xmlns:r="{RELATIONS}"'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f"<workbook {spaces}><sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
    }
    for at, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{at}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
    return parts


def sheet_rows(table: Table) -> str:
    """Return a table as a sheet's rows: names in the first row, the index in the first column."""
    rows = [[None, *table], *([at, *row] for at, row in enumerate(zip(*table.values(), strict=True)))]
    return "".join(
        f'<row r="{number}">{"".join(cell(column, number, value) for column, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )


def cell(column: int, row: int, value: Any) -> str:
    """Return a cell with a value; nothing for None."""
    at = f"{chr(65 + column)}{row}"
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{at}"><v>{value}</v></c>'


def excel_sheets(tables: Mapping[str, Table] | None = None) -> dict[str, str]:
    """Return the network's sheets as XML rows."""
    return {name: sheet_rows(table) for name, table in (tables or net_tables()).items()}


def excel(tables: Mapping[str, Table] | None = None, parts: Mapping[str, str] | None = None) -> bytes:
    """Return the network as a workbook; ``parts`` adds or replaces parts by name."""
    return zipped(workbook_parts(excel_sheets(tables)) | dict(parts or {}))


def simbench_files() -> dict[str, str]:
    """Return the same network as SimBench's CSV files, with a switch at the line."""
    return {
        "Node.csv": _csv(
            "id type vmSetp vaSetp vmR vmMin vmMax substation coordID subnet voltLvl",
            ["MV", "busbar", 1.0, 0.0, 20, 0.9, 1.1, "NULL", "c1", "N", 5],
            ["LV", "busbar", "NULL", "NULL", 0.4, 0.9, 1.1, "NULL", "c1", "N", 7],
            ["house", "node", "NULL", "NULL", 0.4, 0.9, 1.1, "NULL", "NULL", "N", 7],
            ["LV_1", "auxiliary", "NULL", "NULL", 0.4, 0.9, 1.1, "NULL", "NULL", "N", 7],
        ),
        "Coordinates.csv": _csv("id x y subnet voltLvl", ["c1", 8.1, 50.2, "N", 7]),
        "Line.csv": _csv(
            "id nodeA nodeB type length loadingMax subnet voltLvl",
            ["L1", "LV_1", "house", "NAYY 4x150", 0.1, 100, "N", 7],
        ),
        "LineType.csv": _csv("id r x b iMax type", ["NAYY 4x150", 0.208, 0.08, 82, 270, "cable"]),
        "Transformer.csv": _csv(
            "id nodeHV nodeLV type tappos autoTap autoTapSide loadingMax substation subnet voltLvl",
            ["T1", "MV", "LV", "T250", 1, 0, "NULL", 100, "NULL", "N", 6],
        ),
        "TransformerType.csv": _csv(
            "id sR vmHV vmLV va0 vmImp pCu pFe iNoLoad tapable tapside dVm dVa tapNeutr tapMin tapMax",
            ["T250", 0.25, 20, 0.4, 150, 6, 3.3, 0.88, 0.35, 1, "HV", 2.5, 0, 0, -2, 2],
        ),
        "ExternalNet.csv": _csv(
            "id node calc_type dspf pExtNet qExtNet pWardShunt qWardShunt rXWard xXWard vmXWard subnet",
            ["grid", "MV", "vavm", 1, *["NULL"] * 7, "N"],
        ),
        "Load.csv": _csv(
            "id node profile pLoad qLoad sR subnet voltLvl",
            ["A", "house", "H0-A", 0.004, 0.001, 0.0042, "N", 7],
        ),
        "RES.csv": _csv(
            "id node type profile calc_type pRES qRES sR subnet voltLvl",
            ["P1", "house", "PV", "PV1", "pq", 0.01, 0, 0.01, "N", 7],
        ),
        "Switch.csv": _csv(
            "id nodeA nodeB type cond substation subnet voltLvl",
            ["S1", "LV", "LV_1", "LS", 1, "NULL", "N", 7],
        ),
    }


def simbench(**changed: bytes | str) -> bytes:
    """Return the network as a zip file; names without their ending give a file another content."""
    files: dict[str, bytes | str] = {**simbench_files()}
    files.update({f"{name}.csv": content for name, content in changed.items()})
    return zipped({f"network/{name}": content for name, content in files.items()})


def _csv(header: str, *rows: Sequence[object]) -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=";", lineterminator="\n").writerows([header.split(), *rows])
    return target.getvalue()
