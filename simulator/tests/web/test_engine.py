"""Which engine has answered: the foot says where it is the slower one, and the numbers are the same."""

import numpy as np
import pytest
from django.core.management import call_command

from simulator.grid.memory import MEMORY
from simulator.powerflow.sweep import engine
from simulator.powerflow.sweep.engine import NotCompiledError
from simulator.tests.web.addresses import PAGES
from simulator.tests.web.conftest import Fetch

WHY = "the sweep is not compiled for this machine"


@pytest.mark.usefixtures("empty_cache")
def test_the_foot_says_why_full_matrices_have_answered(read: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    swept = read(PAGES["run"])
    assert "full matrices" not in swept.text
    monkeypatch.setattr(engine, "loaded", lambda: NotCompiledError(WHY))
    MEMORY.drop_part("answers")
    dense = read(PAGES["run"])
    assert f"Solved by full matrices: {WHY}." in dense.text
    for name, value in swept.kpis.items():
        assert np.array_equal(dense.kpis[name], value), name


def test_the_command_compiles_once_and_says_where_it_cannot(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("compile_solver")
    assert capsys.readouterr().out == ""

    def fail(*, may_compile: bool) -> None:
        raise NotCompiledError("the sweep cannot be loaded (no room on the disk)")

    monkeypatch.setattr(engine, "_load", fail)
    call_command("compile_solver")
    assert "answers take longer: the sweep cannot be loaded (no room on the disk)" in capsys.readouterr().out
    engine.loaded.cache_clear()
    assert engine.trouble() == "the sweep cannot be loaded (no room on the disk)"
    monkeypatch.undo()
    engine.loaded.cache_clear()
    assert engine.is_there()
