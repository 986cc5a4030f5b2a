"""Good files changed at random, from a seed: bits, pieces, numbers and names; also in what they enclose."""

import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence

NASTY = (
    b"1e999", b"-1e308", b"NaN", b"Infinity", b"9" * 400, b"-1", b"0", b"2147483648", b"1.5", b"true",
    b"null", b"0.4", b"1", b"2", b"0.001",
    b"[]", b"{}", b"[" * 16, b'""', b'"\\ud800"', b'"\\u0000"', b"\x00", b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"../../", b"=1+1", b";;;;", b"NULL", b"auxiliary", b"\r\n\r\n", b'"_class": "system"', b"&a;",
    b"<f>1</f>",
    b"<!DOCTYPE x>", b"<c/>", b"</row>", b"XFD1048576", b"A0",
)  # fmt: skip
_NUMBER = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?")
_NAME = re.compile(rb'"[^"\\<>]{1,30}"|[A-Za-z]\w{1,20}')

Change = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def mutated(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Return the file after one to three changes, as it is or within a table or a file that it encloses."""
    if content.startswith(b"PK") and rng.random() < 0.7:
        members = _members(content)
        name = rng.choice(list(members))
        return _archive(members | {name: _changed(rng, members[name], others)})
    if b"pandapowerNet" in content and rng.random() < 0.7:
        return _with_changed_table(rng, content, others)
    return _changed(rng, content, others)


def _changed(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        content = rng.choice(CHANGES)(rng, content, others)
    return content


def _with_changed_table(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    data = json.loads(content)
    table = rng.choice([value for value in data["_object"].values() if isinstance(value, dict)])
    changed = _changed(rng, table["_object"].encode(), others)
    table["_object"] = changed.decode(errors="surrogateescape")
    return json.dumps(data).encode()


def _members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _archive(members: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return target.getvalue()


def _flip(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randint(1, 4) if content else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _truncate(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def _splice(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    other = rng.choice(others)
    begin, at = rng.randrange(len(other)), rng.randrange(len(content) + 1)
    return content[:at] + other[begin : begin + rng.randint(1, 300)] + content[at + rng.randint(0, 300) :]


def _repeat(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    begin = rng.randrange(len(content) + 1)
    end = begin + rng.randint(1, 200)
    return content[:end] + content[begin:end] * rng.choice((1, 1, 1, 50)) + content[end:]


def _insert(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + rng.choice(NASTY) + content[at:]


def _replace_number(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    found = list(_NUMBER.finditer(content))
    if not found:
        return content
    begin, end = rng.choice(found).span()
    return content[:begin] + rng.choice(NASTY) + content[end:]


def _swap_names(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    found = list(_NAME.finditer(content))
    if len(found) < 2:
        return content
    one, other = sorted(rng.sample(found, 2), key=lambda match: match.start())
    return b"".join(
        (content[: one.start()], other[0], content[one.end() : other.start()], one[0], content[other.end() :])
    )


def _copy_number(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    found = list(_NUMBER.finditer(content))
    if not found:
        return content
    begin, end = rng.choice(found).span()
    return content[:begin] + rng.choice(found)[0] + content[end:]


CHANGES: tuple[Change, ...] = (
    _flip,
    _truncate,
    _splice,
    _repeat,
    _insert,
    _replace_number,
    _copy_number,
    _copy_number,
    _swap_names,
    _swap_names,
)
