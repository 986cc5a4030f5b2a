"""Hostile workbooks: entities, formulas, macros, links, and sheets without end."""

from simulator.tests.importing.hostile import READ, Hostile
from simulator.tests.importing.plain_nets import (
    MAIN,
    RELATIONS,
    excel,
    excel_sheets,
    net_tables,
    workbook_parts,
    zipped,
)

BOOK, LINKS, FIRST = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + at)} '{f'&{chr(97 + at)};' * 10}'>" for at in range(9))
    + "]>"
)


def _book(part: str, old: str, new: str) -> bytes:
    """Return the workbook with a piece of a part exchanged."""
    parts = workbook_parts(excel_sheets())
    assert old in parts[part], old
    parts[part] = parts[part].replace(old, new, 1)
    return zipped(parts)


def _sheet(rows: str) -> bytes:
    return zipped(workbook_parts(excel_sheets() | {"bus": rows}))


def _with_texts(texts: str) -> bytes:
    parts = workbook_parts(excel_sheets())
    link = f'<Relationship Id="rId99" Type="{RELATIONS}/sharedStrings" Target="texts.xml"/></Relationships>'
    parts[LINKS] = parts[LINKS].replace("</Relationships>", link)
    return zipped(parts | {"xl/texts.xml": texts})


def _cells(count: int) -> str:
    return "".join(f'<row><c r="A{at}"><v>1</v></c></row>' for at in range(1, count))


def _with(table: str, column: str, *values: object) -> bytes:
    tables = net_tables()
    tables[table][column] = list(values)
    return excel(tables)


def _with_many_buses() -> bytes:
    return excel({**net_tables(), "bus": {"vn_kv": [0.4] * 2_001}})


def _sheet_in_utf_16() -> bytes:
    parts: dict[str, bytes | str] = {**workbook_parts(excel_sheets())}
    parts[FIRST] = str(parts[FIRST]).encode("utf-16")
    return zipped(parts)


HEADER = '<row><c r="B1" t="str"><v>vn_kv</v></c></row>'


def _as_large_as_is_taken() -> bytes:
    """Return 2,000 buses and 18,000 other rows, with little short of 150,000 cells."""
    row: dict[str, object] = {"name": "x", "p_mw": 0.001234567, "q_mvar": 0.0001, "sn_mva": 0.002, "bus": 1}
    many = {
        table: {name: [value] * 5_000 for name, value in row.items()} for table in ("load", "sgen", "storage")
    }
    buses: dict[str, list[object]] = {"name": [f"bus {at}" for at in range(2_000)], "vn_kv": [0.4] * 2_000}
    return excel({"bus": buses, **many})


def _cell(kind: str, value: str) -> bytes:
    """Return the workbook with one cell of a kind in the column of voltages."""
    return _sheet(HEADER + f'<row><c r="A2"><v>0</v></c><c r="B2" {kind}><v>{value}</v></c></row>')


WIDE = "<si><t>" + "x" * 80 + "\N{GRINNING FACE}</t></si>"

FILES = {
    "as_large_as_is_taken": Hostile(_as_large_as_is_taken, READ),
    "billion_laughs": Hostile(
        lambda: _book(BOOK, "<workbook", LAUGHS + "<workbook"), "document types and entities"
    ),
    "billion_laughs_in_a_sheet": Hostile(
        lambda: _book(FIRST, "<worksheet", LAUGHS + "<worksheet"), "document types and entities"
    ),
    "billion_laughs_in_texts": Hostile(
        lambda: _with_texts(LAUGHS + "<sst><si><t>&j;</t></si></sst>"), "entities"
    ),
    "external_entity": Hostile(
        lambda: _book(
            FIRST, "<worksheet", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet'
        ),
        "document types and entities",
    ),
    "external_document_type": Hostile(
        lambda: _book(BOOK, "<workbook", '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><workbook'),
        "document types",
    ),
    "undeclared_entity": Hostile(lambda: _book(FIRST, "vn_kv", "&owned;"), "undefined entity"),
    "formula": Hostile(
        lambda: _book(FIRST, '<c r="A2">', "<c r=\"A2\"><f>cmd|' /C calc'!A0</f>"),
        "cell “A2”: a formula is not read",
    ),
    "formula_that_calls_out": Hostile(
        lambda: _book(FIRST, '<c r="A2">', '<c r="A2"><f>WEBSERVICE("http://127.0.0.1")</f>'),
        "a formula is not",
    ),
    "macros": Hostile(lambda: excel(parts={"xl/vbaProject.bin": "x"}), "macros, links and embedded files"),
    "old_macros": Hostile(
        lambda: excel(parts={"xl/macrosheets/sheet1.xml": "<x/>"}), "macros, links and embedded"
    ),
    "embedded_program": Hostile(
        lambda: excel(parts={"xl/embeddings/oleObject1.bin": "MZ"}), "macros, links and embedded"
    ),
    "external_workbook": Hostile(
        lambda: excel(parts={"xl/externalLinks/externalLink1.xml": "<x/>"}), "macros, links"
    ),
    "sheet_at_an_address": Hostile(
        lambda: _book(
            LINKS, 'Target="worksheets/sheet1.xml"', 'TargetMode="External" Target="http://127.0.0.1/"'
        ),
        "outside the file, is not followed",
    ),
    "sheet_upward": Hostile(
        lambda: _book(LINKS, "worksheets/sheet1.xml", "../../../etc/passwd"), "this part is missing"
    ),
    "sheet_without_part": Hostile(
        lambda: _book(BOOK, 'r:id="rId1"', 'r:id="rId77"'), "in no part of the workbook"
    ),
    "sheet_twice": Hostile(
        lambda: _book(BOOK, 'name="load"', 'name="bus"'), "the sheet “bus” is there twice"
    ),
    "no_sheet_of_buses": Hostile(lambda: _book(BOOK, 'name="bus"', 'name="Sheet1"'), "no sheet named bus"),
    "claims_all_cells": Hostile(
        lambda: _book(FIRST, "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'), READ
    ),
    "row_far_below": Hostile(
        lambda: _sheet(
            HEADER + '<row r="1048576"><c r="A1048576"><v>0</v></c><c r="B1048576"><v>20</v></c></row>'
        ),
        "there is no bus 1",
    ),
    "column_far_right": Hostile(
        lambda: _sheet('<row><c r="XFD1"><v>1</v></c></row>'), "more than 200 columns"
    ),
    "column_without_name": Hostile(
        lambda: _sheet(HEADER + '<row><c r="C2"><v>1</v></c></row>'), "row's number is missing"
    ),
    "no_cell_at_all": Hostile(lambda: _sheet('<row><c r="1A"><v>1</v></c></row>'), "is not a cell"),
    "cell_twice": Hostile(
        lambda: _sheet('<row><c r="B1"><v>1</v></c><c r="B1"><v>2</v></c></row>'), "the cell is there twice"
    ),
    "text_that_is_nowhere": Hostile(
        lambda: _cell('t="s"', "999"),
        "“999” is not a number, a truth value or a short",
    ),
    "text_number_of_100_000_digits": Hostile(
        lambda: _cell('t="s"', "9" * 100_000), "is not a number, a truth value"
    ),
    "error_as_cell": Hostile(lambda: _cell('t="e"', "#REF!"), "“#REF!” is not a number"),
    "date_as_cell": Hostile(lambda: _cell('t="d"', "2026-01-01"), "is not a number"),
    "infinity_as_cell": Hostile(lambda: _cell("", "INF"), "“INF” is not a number"),
    "overflow_as_cell": Hostile(
        lambda: _sheet(HEADER + '<row><c r="A2"><v>0</v></c><c r="B2"><v>1e999</v></c></row>'),
        "Infinity is",
    ),
    "number_of_100_000_digits": Hostile(
        lambda: _sheet(HEADER + f'<row><c r="A2"><v>0</v></c><c r="B2"><v>{"9" * 100_000}</v></c></row>'),
        "not a number",
    ),
    "code_as_point": Hostile(lambda: _with("bus", "geo", '"{\\"_module\\": \\"os\\"}"', None, None), READ),
    "broken_point": Hostile(lambda: _with("bus", "geo", '"{', None, None), READ),
    "kilowatts_in_a_workbook": Hostile(
        lambda: excel({"parameters": {"version": ["1.6.0"]}} | net_tables()), "counted in kW"
    ),
    "rows_without_end_in_a_sheet": Hostile(lambda: _sheet(_cells(5_003)), "more than 5,000 rows"),
    "buses_without_end_in_a_sheet": Hostile(_with_many_buses, "2,001 rows; at most 2,000"),
    "cells_without_end": Hostile(
        lambda: _sheet(_cells(160_000)), "with it the workbook has more than 150,000 cells"
    ),
    "texts_without_end": Hostile(
        lambda: _with_texts("<sst>" + "<si/>" * 400_000 + "</sst>"), "100,000 texts"
    ),
    "phonetic_guides_without_end": Hostile(
        lambda: _with_texts(f"<sst><si>{'<t>a</t>' * 90_000}{'<rPh/>' * 90_000}</si></sst>"), READ
    ),
    "wide_texts_without_end": Hostile(
        lambda: _with_texts("<sst>" + f"<si><t>{'x' * 80}\N{GRINNING FACE}</t></si>" * 95_000 + "</sst>"),
        READ,
    ),
    "a_new_tag_each_time": Hostile(
        lambda: _sheet("".join(f"<t{at}{'z' * 20}/>" for at in range(290_000))), "there are no buses"
    ),
    "attributes_without_end_in_many_tags": Hostile(
        lambda: _sheet(("<row " + " ".join(f'a{at}=""' for at in range(3_000)) + "/>") * 300), "150,000 cells"
    ),
    "depth_in_a_sheet": Hostile(lambda: _sheet("<row>" * 500_000), "XML nested more than 12 deep"),
    "attributes_without_end": Hostile(
        lambda: _sheet("<row " + " ".join(f'a{at}=""' for at in range(100_000)) + "/>"),
        "a single tag or text",
    ),
    "one_tag_without_end": Hostile(
        lambda: _sheet("<row" + "x" * 3_000_000), "a single tag or text is too long"
    ),
    "comment_without_end": Hostile(lambda: _sheet("<!--" + "x" * 3_000_000 + "-->"), "a single tag or text"),
    "text_without_end": Hostile(
        lambda: _cell('t="str"', "x" * 3_000_000),
        "is not a number, a truth value",
    ),
    "other_encoding_declared": Hostile(
        lambda: _book(FIRST, "<worksheet", '<?xml version="1.0" encoding="cp1252"?><worksheet'), READ
    ),
    "utf_16_in_a_sheet": Hostile(_sheet_in_utf_16, READ),
    "no_xml": Hostile(lambda: excel(parts={FIRST: "PK"}), "not valid XML"),
    "sheet_of_text": Hostile(lambda: _sheet("</sheetData></worksheet>"), "not valid XML"),
    "bomb_in_a_workbook": Hostile(lambda: excel(parts={"xl/media/image1.png": "x" * 25_000_000}), READ),
    "unknown_namespace": Hostile(lambda: _book(FIRST, MAIN, "urn:owned"), READ),
}
