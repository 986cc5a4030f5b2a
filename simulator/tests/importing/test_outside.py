"""Small files that stand for what people report come to the voltages that others computed for them."""

import ast
import re
from pathlib import Path

import pytest

from simulator.importing.importing import import_file
from simulator.powerflow.whole_grid import solve_whole_grid
from simulator.tests.importing.test_taps import ours

OUTSIDE = Path(__file__).resolve().parents[4] / "shared" / "outside"
CASES = (
    "02-tap-side-upper-case",
    "06-mv-grid-above",
    "09-source-at-low-voltage",
    "11-geo-busbar-as-line",
    "17-tap-between-two-positions",
    "21-tap-changer-type-false",
)


@pytest.mark.parametrize("case", CASES)
def test_a_file_from_outside_gives_the_voltages_that_are_right_for_it(case: str) -> None:
    folder = OUTSIDE / case
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there: these files come beside the repository")
    said = (folder / "expected.txt").read_text(encoding="utf-8")
    right = ast.literal_eval(re.findall(r"(?:Right|pandapower): (\{.*\})", said)[0])
    found = ours(import_file((folder / "net.json").read_bytes(), "net.json", solve_whole_grid)[1][0].feeder)
    assert found == pytest.approx(right, abs=2e-6)
