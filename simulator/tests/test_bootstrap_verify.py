"""`verify`: which checks run, what counts as a failure, and what the last lines say."""

import argparse

import pytest

from lvtwin_site.bootstrap import postgresql, system, venv, verify
from lvtwin_site.bootstrap.steps import SetupError


@pytest.fixture
def nothing_to_install(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(venv, "install", lambda _: None)
    monkeypatch.setattr(system, "install_packages", lambda _: None)
    monkeypatch.setattr(system, "missing_for_browser", list)
    monkeypatch.setattr(postgresql, "missing", str)
    monkeypatch.delenv("CI", raising=False)
    return monkeypatch


@pytest.mark.parametrize(("option", "ci"), [(True, ""), (False, "true")])
def test_a_required_browser_that_is_missing_is_a_failure(
    nothing_to_install: pytest.MonkeyPatch, option: bool, ci: str
) -> None:
    nothing_to_install.setattr(system, "missing_for_browser", lambda: ["chromium"])
    nothing_to_install.setenv("CI", ci)
    with pytest.raises(SetupError, match=r"browser tests are required; to run them: sudo apt-get .*chromium"):
        verify.run(argparse.Namespace(require_all=option))


def test_every_check_runs_and_the_last_line_names_what_failed(
    nothing_to_install: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []

    def passes(name: str, command: list[str], **environment: str) -> bool:
        ran.append(" ".join(command))
        return name not in ("ruff check", "pytest")

    nothing_to_install.setattr(system, "missing_for_browser", lambda: ["chromium", "libatomic1"])
    nothing_to_install.setattr(postgresql, "missing", lambda: "connection refused")
    nothing_to_install.setattr(verify, "passes", passes)
    assert verify.run(argparse.Namespace(require_all=False)) == 1
    assert len(ran) == 5
    assert ran[-1] == "-m pytest -n auto --dist worksteal -m not browser"
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "verify: failed at ruff check, pytest"
    assert lines[-2].startswith(
        "skipped  database tests on PostgreSQL; to run them: start PostgreSQL with a "
    )
    assert lines[-2].endswith("(connection refused)")
    assert lines[-3].startswith("skipped  browser tests; to run them: sudo apt-get install")


@pytest.mark.parametrize(("option", "ci"), [(True, ""), (False, "true")])
def test_a_required_postgresql_that_is_missing_is_a_failure(
    nothing_to_install: pytest.MonkeyPatch, option: bool, ci: str
) -> None:
    nothing_to_install.setattr(postgresql, "missing", lambda: "connection refused")
    nothing_to_install.setenv("CI", ci)
    with pytest.raises(
        SetupError, match=r"database tests on PostgreSQL are required; to run them: .*refused"
    ):
        verify.run(argparse.Namespace(require_all=option))


def test_the_database_tests_run_on_postgresql_where_one_answers(
    nothing_to_install: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: dict[str, tuple[str, str]] = {}

    def passes(name: str, command: list[str], **environment: str) -> bool:
        ran[name] = (" ".join(command), environment.get("DATABASE_URL", ""))
        return name != "database tests on PostgreSQL"

    for name in ("PGHOST", "PGPORT", "PGDATABASE"):
        nothing_to_install.delenv(name, raising=False)
    nothing_to_install.setattr(verify, "passes", passes)
    assert verify.run(argparse.Namespace(require_all=True)) == 1
    assert ran["pytest"] == ("-m pytest -n auto --dist worksteal", "")
    assert ran["database tests on PostgreSQL"] == (
        "-m pytest -n auto --dist worksteal -m database",
        "postgres://127.0.0.1:5432/test",
    )
    assert capsys.readouterr().out.splitlines()[-1] == "verify: failed at database tests on PostgreSQL"


def test_the_environment_says_where_postgresql_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("PGHOST", "db.example"), ("PGPORT", "5433"), ("PGDATABASE", "twin")):
        monkeypatch.setenv(name, value)
    assert postgresql.url() == "postgres://db.example:5433/twin"


def test_a_postgresql_that_does_not_answer_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", "1")
    why = postgresql.missing()
    assert "refused" in why
    assert "\n" not in why
