"""A profile file's text: its bytes as lines, within bounds, and one line as cells."""

import csv
import re
from dataclasses import dataclass

from simulator.grid.errors import ProfileFileError

MAX_BYTES = 5_000_000
MAX_LINES = 75_000  # two years of quarter-hours; fifty days of minutes
MAX_COLUMNS = 5_001
_SEP = re.compile(r'"?sep=(.)"?', re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    """A file's lines as a text editor counts them; ``separator`` is what a line ``sep=`` says."""

    file: str
    lines: list[str]
    separator: str
    told: tuple[str, ...]

    def error(self, place: str, reason: str) -> ProfileFileError:
        """Return an error of this file."""
        return ProfileFileError(self.file, place, reason)


def read_text(content: bytes, file: str) -> Text:
    """Return a file's lines.

    Raises: ProfileFileError for what is not text, or too large.
    """
    text, told = _decoded(content, file)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip().split("\n")
    if not any(line.strip() for line in lines[:1_000]):
        raise ProfileFileError(file, "line 1", "is empty; a header or the first value is expected")
    if len(lines) > MAX_LINES:
        words = f"has {len(lines):,} lines; at most {MAX_LINES:,} are accepted, so that fewer days fit"
        raise ProfileFileError(file, "whole file", words)
    separator = _SEP.fullmatch(lines[0].strip())
    if separator:
        told = (*told, f"Line 1 says that {separator[1]!r} separates columns.")
    return Text(file, lines, separator[1] if separator else "", told)


def split(file: str, number: int, line: str, separator: str, splits: int = -1) -> list[str]:
    """Return a line's cells; quoted ones may hold the separator.

    Raises: ProfileFileError naming the line.
    """
    if not separator:
        return [line.strip().removeprefix('"').removesuffix('"')]
    if line.count(separator) >= MAX_COLUMNS:
        raise ProfileFileError(file, f"line {number}", f"has more than {MAX_COLUMNS:,} columns")
    if '"' not in line:
        return line.split(separator, splits)
    if f'{separator}="' in line:  # how numbers that are names are kept from a spreadsheet: ="541"
        line = line.replace(f'{separator}="', f'{separator}"')
    try:
        return next(csv.reader([line], delimiter=separator, strict=True))
    except csv.Error as error:
        raise ProfileFileError(file, f"line {number}", f"its quotes cannot be read: {error}") from error


def shorten(cell: str) -> str:
    """Return a cell as errors show it: printable, and not too long."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in cell[:41])
    return shown if len(shown) <= 40 else f"{shown[:37]}..."


def _decoded(content: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    if len(content) > MAX_BYTES:
        words = f"has {len(content):,} bytes; at most {MAX_BYTES:,} are accepted"
        raise ProfileFileError(file, "whole file", words)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        words = "is a workbook or an archive; save its sheet as CSV, or unpack it"
        raise ProfileFileError(file, "whole file", words)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return _plain(content.decode("utf-16"), file), ("The text is UTF-16.",)
        except UnicodeDecodeError as error:
            raise ProfileFileError(file, "whole file", "is UTF-16 text, and cut off") from error
    try:
        return _plain(content.decode("utf-8-sig"), file), ()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        try:
            text = _plain(content.decode("cp1252"), file)
        except UnicodeDecodeError:
            words = "is not UTF-8 text; save it as CSV in UTF-8"
            raise ProfileFileError(file, f"line {line}", words) from error
    return text, (f"Line {line} is not UTF-8: the text is taken as Windows-1252, as Excel writes it.",)


def _plain(text: str, file: str) -> str:
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise ProfileFileError(file, f"line {line}", "holds a zero byte; only text is accepted")
    return text
