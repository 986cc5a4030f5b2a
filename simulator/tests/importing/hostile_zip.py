"""Hostile zip files, and hostile tables of text in them."""

import io
import random
import stat
import struct
import zipfile
from collections.abc import Callable

from simulator.tests.importing.hostile import READ, Hostile
from simulator.tests.importing.plain_nets import pandapower_json, simbench, simbench_files, zipped


def _with_entry(name: str, change: Callable[[zipfile.ZipInfo], object] = lambda entry: None) -> bytes:
    """Return the network with one more entry, of any name and any attributes."""
    target = io.BytesIO(zipped({**simbench_files()}))
    with zipfile.ZipFile(target, "a") as packed:
        entry = zipfile.ZipInfo(name)
        change(entry)
        packed.writestr(entry, "id;vmR\nx;0.4\n")
    return target.getvalue()


def _link(entry: zipfile.ZipInfo) -> None:
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16


def _device(entry: zipfile.ZipInfo) -> None:
    entry.external_attr = (stat.S_IFCHR | 0o666) << 16


def _twice() -> bytes:
    """Return the network with a second Load.csv: written under another name, which is then overwritten."""
    return _with_entry("Lowd.csv").replace(b"Lowd.csv", b"Load.csv")


def _lying_bomb() -> bytes:
    """Return 25 MB whose headers claim 100 bytes."""
    content = zipped({"Node.csv": bytes(25_000_000)})
    return content.replace(struct.pack("<I", 25_000_000), struct.pack("<I", 100))


def _encrypted() -> bytes:
    content = bytearray(zipped({**simbench_files()}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(signature)
        content[at + offset] |= 1
    return bytes(content)


def _directory_of_100_000() -> bytes:
    return b"PK\x03\x04" + (b"PK\x01\x02" + bytes(42)) * 100_000


def _noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)


ZIPS = {
    "bomb": Hostile(lambda: zipped({"Node.csv": bytes(25_000_000)}), "unpacks to more than 10 MB"),
    "bomb_with_lying_headers": Hostile(_lying_bomb, "Node.csv: does not unpack"),
    "damage_in_a_file_not_read": Hostile(lambda: _with_entry("x").replace(b"x;0.4", b"x;0.5"), READ),
    "path_upward": Hostile(lambda: _with_entry("../../etc/cron.d/owned"), "leads out of its folder"),
    "no_name": Hostile(lambda: _with_entry(""), "leads out of its folder"),
    "path_upward_within": Hostile(lambda: _with_entry("a/../../b.csv"), "leads out of its folder"),
    "absolute_path": Hostile(lambda: _with_entry("/etc/passwd"), "leads out of its folder"),
    "path_of_another_system": Hostile(lambda: _with_entry("..\\..\\windows\\owned.csv"), "leads out of"),
    "drive": Hostile(lambda: _with_entry("C:Node.csv"), "leads out of its folder"),
    "escape_in_a_path": Hostile(lambda: _with_entry("\x1b[2J.csv"), "characters that do not show"),
    "long_path": Hostile(lambda: _with_entry("x" * 60_000), "a text of 60,000 characters"),
    "link": Hostile(lambda: _with_entry("Storage.csv", _link), "a link or a device is not read"),
    "device": Hostile(lambda: _with_entry("Storage.csv", _device), "a link or a device is not read"),
    "encrypted": Hostile(_encrypted, "an encrypted file is not read"),
    "same_name_twice": Hostile(_twice, "“Load.csv” is there twice"),
    "same_table_in_two_folders": Hostile(lambda: _with_entry("other/Load.csv"), "in two folders"),
    "zip_within_by_name": Hostile(lambda: _with_entry("more.zip"), READ),
    "zip_within_by_content": Hostile(
        lambda: simbench(Storage=zipped({"a": b"b"})), "within a zip file is not"
    ),
    "lzma": Hostile(lambda: zipped({**simbench_files()}, zipfile.ZIP_LZMA), "zip it anew"),
    "bzip2": Hostile(lambda: zipped({**simbench_files()}, zipfile.ZIP_BZIP2), "zip it anew"),
    "five_hundred_files_more": Hostile(
        lambda: zipped({**simbench_files(), **{f"{at}.csv": "" for at in range(500)}}), "at most 500 are"
    ),
    "a_hundred_thousand_files": Hostile(_directory_of_100_000, "more than 500 files"),
    "cells_without_end_in_text": Hostile(
        lambda: simbench(
            Storage=";".join(f"c{at}" for at in range(200)) + "\n" + (";".join("1" * 200) + "\n") * 4_999
        ),
        "more than 300,000 cells",
    ),
    "truncated": Hostile(lambda: simbench()[:-30], "cannot be opened"),
    "checksum_wrong": Hostile(
        lambda: zipped({"Node.csv": "id;a\n"}, 0).replace(b"id;a", b"id;b"), "does not unpack"
    ),
    "noise_after_the_signature": Hostile(lambda: b"PK\x03\x04" + _noise(4_000_000), "cannot be opened"),
    "other_files": Hostile(
        lambda: zipped({"net.json": pandapower_json()}), "no Node.csv in it; accepted are"
    ),
}

TEXTS = {
    "commas_between_columns": Hostile(lambda: simbench(Node="id,vmR\nx,0.4\n"), "semicolons between columns"),
    "ragged_row": Hostile(lambda: simbench(Load="id;node\nx;LV;7\n"), "Load.csv, line 2: 3 values"),
    "rows_without_end": Hostile(
        lambda: simbench(Load="id;node\n" + "x;LV\n" * 5_001), "more than 5,000 rows"
    ),
    "empty_lines_without_end": Hostile(
        lambda: simbench(Load="id;node\n" + "\n" * 3_000_000), "more than 5,000 rows"
    ),
    "nodes_without_end": Hostile(
        lambda: simbench(Node="id;vmR\n" + "".join(f"{at};0.4\n" for at in range(2_001))), "2,001 rows"
    ),
    "cell_of_megabytes": Hostile(lambda: simbench(Load="id;node\n" + "x" * 4_000_000 + ";LV\n"), "no table"),
    "one_line_without_end": Hostile(lambda: simbench(Load=";" * 9_000_000), "a line of 9,000,000 characters"),
    "columns_without_end_in_text": Hostile(lambda: simbench(Load=";" * 400_000 + "\n"), "at most 200"),
    "quote_without_end": Hostile(lambda: simbench(Load='id;node\n"x;LV\n'), "no table: “unexpected end"),
    "infinity_as_text": Hostile(
        lambda: simbench(LineType="id;r;x;b;iMax;type\nNAYY 4x150;inf;0;0;1;cable\n"), "“inf” is not a number"
    ),
    "underscore_in_a_number": Hostile(
        lambda: simbench(LineType="id;r;x;b;iMax;type\nNAYY 4x150;1_0;0;0;1;cable\n"), "“1_0” is not a number"
    ),
    "overflow_as_text": Hostile(
        lambda: simbench(LineType="id;r;x;b;iMax;type\nNAYY 4x150;1e999;0;0;1;cable\n"),
        "Infinity is",
    ),
    "type_that_is_nowhere": Hostile(
        lambda: simbench(LineType="id;r;x;b;iMax;type\n"), "there is no “NAYY 4x150” in LineType.csv"
    ),
    "node_that_is_nowhere": Hostile(lambda: simbench(Load="id;node\nx;y\n"), "there is no node “y”"),
    "node_twice": Hostile(lambda: simbench(Node="id;vmR\nx;0.4\nx;0.4\n"), "missing or there twice"),
    "utf_16_in_a_zip": Hostile(lambda: simbench(Node="id;vmR\n".encode("utf-16")), "not in UTF-8"),
    "nul_in_a_table": Hostile(lambda: simbench(Load="id;node\n\0;LV\n"), "table load, row 1, column name"),
    "formula_in_a_table": Hostile(
        lambda: simbench(Load="id;node;pLoad;qLoad\n=HYPERLINK(A1);LV;0.1;0\n"), READ
    ),
}

FILES = ZIPS | TEXTS
