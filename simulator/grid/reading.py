"""Feeder files: read one into a ``Feeder``, or say which file, where in it, and why not."""

import json
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from simulator.grid.errors import FeederFileError
from simulator.grid.schema import Feeder

DATA_DIR = Path(__file__).resolve().parents[2] / "data"
NETWORKS_DIR = DATA_DIR / "networks"
GALLERY_DIR = DATA_DIR / "gallery"


def read_feeder(path: Path) -> Feeder:
    """Read a feeder file.

    Raises:
        FeederFileError: the file is missing, no JSON, or no valid feeder; with the place and the reason.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FeederFileError(path.name, "whole file", str(error)) from error
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise FeederFileError(path.name, f"line {error.lineno} column {error.colno}", error.msg) from error
    except ValueError as error:
        raise FeederFileError(path.name, "whole file", str(error)) from error
    feeder = parse_feeder(data, path.name)
    if feeder.feeder_id != path.stem:
        raise FeederFileError(path.name, "feeder_id", f"{feeder.feeder_id!r} does not match the file's name")
    return feeder


def parse_feeder(data: Any, name: str) -> Feeder:
    """Return the feeder that plain data describes; ``name`` tells in errors where the data came from.

    Raises:
        FeederFileError: the data is no valid feeder; names the first place that is wrong.
    """
    try:
        return Feeder.model_validate(data)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        # An element's own fault before that of a sum over elements.
        first = min(faults, key=lambda fault: len(fault["loc"]) < 2)
        place = ".".join(str(part) for part in first["loc"]) or "whole feeder"
        raise FeederFileError(name, place, first["msg"].removeprefix("Value error, ")) from error


def render_feeder(feeder: Feeder) -> str:
    """Return the feeder as JSON text, one element a line: the format of this site's own files."""
    data = feeder.model_dump(mode="json", by_alias=True)
    parts = []
    for key, value in data.items():
        if isinstance(value, list):
            rows = ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in value)
            parts.append(f" {json.dumps(key)}: [\n{rows}\n ]")
        else:
            parts.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")
