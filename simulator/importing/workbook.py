"""An Excel workbook's cells: plain values from its XML, with no entity, link, macro or formula followed."""

import posixpath
import re
from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from simulator.importing.archive import Archive
from simulator.importing.bounds import (
    MAX_TABLE_ROWS,
    MAX_XML_TAGS,
    RefusedError,
    quoted,
)
from simulator.importing.workbook_cells import Sheet, Value
from simulator.importing.workbook_parts import Part, Relations, SheetNames, Strings

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_RUNS = re.compile(r"vbaProject|externalLink|activeX|embeddings|macrosheets", re.IGNORECASE)
_CHUNK = 32_768

Rows = list[tuple[int, dict[int, Value]]]


class Workbook:
    """A workbook's sheets by name; each is parsed when it is asked for."""

    def __init__(self, archive: Archive) -> None:
        """Find sheets and shared texts.

        Raises:
            RefusedError: macros, links to elsewhere, or parts that are missing or no XML.
        """
        self._archive, self._tags_left = archive, MAX_XML_TAGS
        for name in archive.names:
            if _RUNS.search(name):
                raise RefusedError(
                    f"workbook, {quoted(name)}",
                    "macros, links and embedded files are not read; save plain cells",
                )
        relations, sheets = Relations(), SheetNames()
        self._parse(_RELATIONS, relations)
        self._parse(_BOOK, sheets)
        self._parts = {name: relations.target(name, key) for name, key in sheets.keys.items()}
        self._texts: list[str] = []
        if relations.texts:
            texts = Strings()
            self._parse(_path(relations.texts), texts)
            self._texts = texts.found

    @property
    def sheets(self) -> list[str]:
        """The sheets' names in their order."""
        return list(self._parts)

    def rows(self, name: str) -> Rows:
        """Return a sheet's rows that hold anything: the row's number, and values by column number.

        Raises:
            RefusedError: a formula, a date, an error, or too many rows or columns; names the cell.
        """
        sheet = Sheet(f"sheet {name}", self._texts, MAX_TABLE_ROWS + 1)
        self._parse(_path(self._parts[name]), sheet)
        return sheet.rows

    def _parse(self, path: str, part: Part) -> None:
        place = f"workbook, {path}"
        if path not in self._archive.names:
            raise RefusedError(place, "this part is missing")
        content = self._archive.read(path)
        self._tags_left -= max(content.count(b"<"), content.count(b"="))  # of tags, or of their attributes
        if self._tags_left < 0:
            raise RefusedError(place, f"with it the workbook has more than {MAX_XML_TAGS // 4:,} cells")
        parser = _parser(part)
        try:
            for chunk in _chunks(content):
                before = part.events
                parser.Parse(chunk, False)
                if part.events == before and len(chunk) == _CHUNK:
                    raise RefusedError(place, "a single tag or text is too long")
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise RefusedError(place, f"not valid XML: {quoted(str(error))}") from error


def _parser(part: Part) -> expat.XMLParserType:
    """Return a parser that knows no document type, so that no entity can be declared.

    Its encoding is given, so that none that the file names is looked up.
    """
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = part.start
    parser.EndElementHandler = part.end
    parser.CharacterDataHandler = part.data
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def _refuse_document_type(*_: object) -> NoReturn:
    raise RefusedError("workbook", "document types and entities are not read")


def open_workbook(content: bytes) -> Workbook | None:
    """Return the workbook in a zip file's bytes; None where the zip file is no workbook.

    Raises:
        RefusedError: a zip file, or a workbook, that is not taken.
    """
    if b"xl/workbook.xml" not in content:
        return None
    return Workbook(Archive(content))


def _path(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else posixpath.join("xl", target)


def _chunks(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _CHUNK):
        yield content[start : start + _CHUNK]
