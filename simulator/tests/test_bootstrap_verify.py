"""`verify`: which checks run, what counts as a failure, and what the last lines say."""

import argparse

import pytest

from lvtwin_site.bootstrap import system, venv, verify
from lvtwin_site.bootstrap.steps import SetupError


@pytest.fixture
def nothing_to_install(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(venv, "install", lambda _: None)
    monkeypatch.setattr(system, "install_packages", lambda _: None)
    monkeypatch.delenv("CI", raising=False)
    return monkeypatch


@pytest.mark.parametrize(("option", "ci"), [(True, ""), (False, "true")])
def test_a_required_browser_that_is_missing_is_a_failure(
    nothing_to_install: pytest.MonkeyPatch, option: bool, ci: str
) -> None:
    nothing_to_install.setattr(system, "missing_for_browser", lambda: ["chromium"])
    nothing_to_install.setenv("CI", ci)
    with pytest.raises(SetupError, match=r"browser tests are required; to run them: sudo apt-get .*chromium"):
        verify.run(argparse.Namespace(require_browser=option))


def test_every_check_runs_and_the_last_line_names_what_failed(
    nothing_to_install: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []

    def passes(name: str, command: list[str]) -> bool:
        ran.append(" ".join(command))
        return name not in ("ruff check", "pytest")

    nothing_to_install.setattr(system, "missing_for_browser", lambda: ["chromium", "libatomic1"])
    nothing_to_install.setattr(verify, "passes", passes)
    assert verify.run(argparse.Namespace(require_browser=False)) == 1
    assert len(ran) == 5
    assert ran[-1] == "-m pytest -n auto --dist worksteal -m not browser"
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "verify: failed at ruff check, pytest"
    assert lines[-2].startswith("skipped  browser tests; to run them: sudo apt-get install")
