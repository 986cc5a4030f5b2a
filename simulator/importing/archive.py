"""Zip files, opened without trust: names, sizes and flags are checked, and bytes counted as they come."""

import codecs
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable

from simulator.importing.bounds import MAX_UNPACKED_BYTES, MAX_ZIP_FILES, RefusedError, quoted
from simulator.importing.cells import check_text

codecs.lookup("cp437")  # zipfile needs it for old names; to load it while reading would be an import

_CENTRAL_ENTRY = b"PK\x01\x02"
_LOCAL_ENTRY = b"PK\x03\x04"
_BAD_ZIP = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)


class Archive:
    """A zip file's members by name, read at need and never more than the bound in all.

    What is never read is not judged, but for names that lead elsewhere.
    """

    def __init__(self, content: bytes) -> None:
        """Open the zip file and check every entry's name.

        Raises:
            RefusedError: no zip file, or one with an entry that is not taken; names the entry.
        """
        if content.count(_CENTRAL_ENTRY) > 2 * MAX_ZIP_FILES:
            raise RefusedError("zip file", f"more than {MAX_ZIP_FILES} files")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (*_BAD_ZIP, UnicodeDecodeError) as error:
            raise RefusedError("zip file", f"cannot be opened: {quoted(str(error))}") from error
        # Not `is_dir`, which fails on a name of no characters.
        entries = [entry for entry in self._zip.infolist() if not entry.filename.endswith("/")]
        if len(entries) > MAX_ZIP_FILES:
            raise RefusedError("zip file", f"{len(entries)} files; at most {MAX_ZIP_FILES} are taken")
        for entry in self._zip.infolist():
            _check_entry(entry)
        entries = [entry for entry in entries if not _is_litter(entry.filename)]
        _refuse_repeats(entry.filename for entry in entries)
        self._entries = {entry.filename: entry for entry in entries}
        self._left = MAX_UNPACKED_BYTES

    @property
    def names(self) -> list[str]:
        """The files' names, with their folders."""
        return list(self._entries)

    def read(self, name: str) -> bytes:
        """Return a file's bytes.

        Raises:
            RefusedError: it is packed in a way that is not read, does not unpack, or unpacks to more than is
                taken, or is a zip file itself.
        """
        _check_packing(self._entries[name])
        try:
            with self._zip.open(self._entries[name]) as packed:
                content = packed.read(self._left + 1)
        except _BAD_ZIP as error:
            raise RefusedError(f"zip file, {name}", f"does not unpack: {quoted(str(error))}") from error
        self._left -= len(content)
        if self._left < 0:
            raise RefusedError(f"zip file, {name}", f"what is read unpacks to more than {_MEGABYTES}")
        if content.startswith(_LOCAL_ENTRY):
            raise RefusedError(f"zip file, {name}", "a zip file within a zip file is not read")
        return content


_MEGABYTES = f"{MAX_UNPACKED_BYTES // 1_000_000} MB"


def is_zip(content: bytes) -> bool:
    """Whether bytes begin as a zip file does."""
    return content.startswith(_LOCAL_ENTRY)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    place = f"zip file, {quoted(entry.filename)}"
    try:
        check_text(entry.filename)
    except ValueError as error:
        raise RefusedError("zip file, a name", str(error)) from error
    parts = entry.filename.rstrip("/").split("/")
    if any(part in ("", ".", "..") for part in parts) or re.search(r"[\\:]", entry.filename):
        raise RefusedError(place, "a path that leads out of its folder is not read")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise RefusedError(place, "a link or a device is not read")


def _check_packing(entry: zipfile.ZipInfo) -> None:
    place = f"zip file, {quoted(entry.filename)}"
    if entry.flag_bits & 0x1 or entry.flag_bits & 0x2000:
        raise RefusedError(place, "an encrypted file is not read")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RefusedError(place, "packed in a way that is not read; zip it anew")


def _is_litter(path: str) -> bool:
    """Whether a file is what a Mac or an editor leaves beside the files that people mean."""
    return any(part == "__MACOSX" or part.startswith(".") for part in path.split("/"))


def _refuse_repeats(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name.lower() in seen:
            raise RefusedError("zip file", f"{quoted(name)} is there twice")
        seen.add(name.lower())
