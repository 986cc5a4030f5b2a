"""A file that somebody brings, read into a ``Source``: its format is told from its content, not its name."""

from collections.abc import Iterator
from typing import Any

from simulator.grid.errors import FeederFileError, ImportFileError
from simulator.grid.reading import parse_feeder
from simulator.grid.schema import Feeder
from simulator.importing.archive import Archive, is_zip
from simulator.importing.bounds import (
    ACCEPTED,
    MAX_BUSES,
    MAX_DESCRIPTION,
    MAX_FILE_BYTES,
    MAX_TABLE_ROWS,
    MAX_TEXT,
    RefusedError,
    legible,
)
from simulator.importing.cells import check_text, tidy
from simulator.importing.excel import read_excel
from simulator.importing.import_log import Item
from simulator.importing.intake import Intake
from simulator.importing.own_caveats import MAX_WORDS, as_the_file_says
from simulator.importing.pandapower_json import is_pandapower, read_pandapower
from simulator.importing.plain import OTHER_ENCODINGS, parse_json
from simulator.importing.simbench import read_simbench
from simulator.importing.source import Format, Source
from simulator.importing.workbook import open_workbook

WORDS = {"name": 120, "archetype": 80, "description": MAX_DESCRIPTION}  # characters

CASE = (
    "a PYPOWER or MATPOWER case: its branches are in per unit, without lengths, types or tap changers. Bring "
    "it as pandapower JSON: pandapower.converter.from_ppc or from_mpc, then pandapower.to_json"
)
PICKLE = (
    "neither JSON nor a zip file but a pickle, which is not read here, since reading one can run code: load "
    "it where you trust it, and save it with pandapower.to_json"
)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read_file(content: bytes, name: str) -> Source:
    """Return what a file holds; ``name`` is what it is called, for messages.

    Raises:
        ImportFileError: the file is too large, of no format that is accepted, or wrong; with the place in
            it, a table or a sheet with row and column where there is one, and the reason.
    """
    file = legible(name, 100) or "file"
    try:
        if len(content) > MAX_FILE_BYTES:
            raise RefusedError("whole file", f"{len(content):,} bytes; at most {MAX_FILE_BYTES:,} are taken")
        return _read_zip(content, file) if is_zip(content) else _read_json(content, file)
    except RefusedError as error:
        raise ImportFileError(file, legible(error.place), legible(error.reason)) from None


def _read_zip(content: bytes, file: str) -> Source:
    workbook = open_workbook(content)
    if workbook is not None:
        return _source(file, "pandapower Excel", read_excel(workbook))
    archive = Archive(content)
    if not any(path.endswith("Node.csv") for path in archive.names):
        raise RefusedError("zip file", f"no Node.csv in it; accepted are {ACCEPTED}")
    return _source(file, "SimBench CSV", read_simbench(archive))


def _read_json(content: bytes, file: str) -> Source:
    if content.startswith(_OLD_EXCEL):
        raise RefusedError("whole file", "an Excel file of the old kind; save it as .xlsx")
    begins = content.removeprefix(b"\xef\xbb\xbf")[:1_000].lstrip()
    if begins.startswith((b"function mpc", b"mpc.")) or b"mpc.branch" in content:
        raise RefusedError("whole file", CASE)
    if content.startswith(b"\x80"):
        raise RefusedError("whole file", PICKLE)
    if not begins.startswith((b"{", b"[", *OTHER_ENCODINGS)):
        raise RefusedError("whole file", f"neither JSON nor a zip file; accepted are {ACCEPTED}")
    data = parse_json(content, "whole file")
    if isinstance(data, dict) and "feeder_id" in data:
        feeder, items = _feeder(data, file)
        return Source(file, "feeder JSON", feeder=feeder, items=items)
    if is_pandapower(data):
        return _source(file, "pandapower JSON", read_pandapower(data))
    if isinstance(data, dict) and "branch" in data and {"baseMVA", "gen", "gencost"} & set(data):
        raise RefusedError("whole file", CASE)
    raise RefusedError("whole file", f"JSON, but not a network; accepted are {ACCEPTED}")


def _source(file: str, of: Format, intake: Intake) -> Source:
    return Source(file, of, tables=intake.finished(), items=intake.log())


def _feeder(data: dict[str, Any], file: str) -> tuple[Feeder, tuple[Item, ...]]:
    for key, value in data.items():
        at_most = MAX_BUSES if key == "buses" else MAX_TABLE_ROWS
        if isinstance(value, list) and len(value) > at_most:
            raise RefusedError(legible(key, 60), f"{len(value):,} entries; at most {at_most:,} are taken")
    items = tuple(_tidy(data))
    _check_texts(data, "whole feeder")
    try:
        feeder = parse_feeder(data, file)
    except FeederFileError as error:
        raise RefusedError(error.place, error.reason) from error
    caveats, told = as_the_file_says(feeder.caveats)
    return feeder.model_copy(update={"caveats": caveats}), (*items, *told)


def _tidy(data: dict[str, Any]) -> Iterator[Item]:
    """Make the feeder's words fit, and tell of each that was changed; nothing depends on them."""
    for key, at_most in WORDS.items():
        given = data.get(key)
        if not isinstance(given, str):
            continue
        try:
            lines = given[: at_most + 1].split("\n") if key == "description" else [given]
            fit = "\n".join(tidy(line, at_most)[0] for line in lines)[:at_most]
        except ValueError as error:
            raise RefusedError(key, str(error)) from error
        if fit != given:
            cut = f"its {key} is cut to {at_most} characters"
            data[key] = fit
            spaced = f"tabs or line breaks in its {key} are spaces now"
            yield Item("read", "feeder", (), cut if len(given) > at_most else spaced, "not_needed")


def _check_texts(data: object, place: str) -> None:
    """Look through all texts; only the description may have several lines."""
    if isinstance(data, dict):
        for key, value in data.items():
            inner = f"{place}, {legible(key, 60)}"
            if key == "description" and isinstance(value, str):
                _check_text(" ".join(value.split("\n")), inner, MAX_DESCRIPTION)
            elif key == "words" and isinstance(value, str):  # of a caveat
                _check_text(value, inner, MAX_WORDS)
            else:
                _check_texts(value, inner)
    elif isinstance(data, list):
        for at, value in enumerate(data, start=1):
            _check_texts(value, f"{place}, {at}")
    elif isinstance(data, str):
        _check_text(data, place, MAX_TEXT)


def _check_text(text: str, place: str, at_most: int) -> None:
    try:
        check_text(text, at_most)
    except ValueError as error:
        raise RefusedError(place, str(error)) from error
