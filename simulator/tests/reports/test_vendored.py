"""Vendored files are what their checksums say, nothing is missing, nothing is added."""

import hashlib
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[3] / "static"
PACKAGES = sorted(path.parent for path in (STATIC / "vendor").glob("*/VERSION"))


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_checksums_cover_every_file(package: Path) -> None:
    listed = dict(line.split("  ")[::-1] for line in (package / "SHA256SUMS").read_text().splitlines())
    files = [path for path in package.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    assert {
        str(path.relative_to(package)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    } == listed
    assert any(path.name.startswith("LICENSE") for path in files)


def test_both_packages_are_there() -> None:
    assert [path.name for path in PACKAGES] == ["leaflet", "pico"]


def test_every_class_of_the_pictures_has_its_colour_in_light_and_dark() -> None:
    css = (STATIC / "css" / "pictures.css").read_text()
    themes = re.findall(r":root \{([^}]*)\}", css)
    assert len(themes) == 2
    names = [set(re.findall(r"(--[\w-]+):", theme)) for theme in themes]
    used = set(re.findall(r"var\((--[\w-]+)\)", css))
    assert names[0] == names[1] >= used
