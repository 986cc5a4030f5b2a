"""System packages: what is missing, and who may install it."""

import os
import shutil
import subprocess

import pytest

from lvtwin_site.bootstrap import system, up


def test_the_apt_line_names_what_is_missing_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "can_open", lambda library: "subset" not in library)
    monkeypatch.setattr(system, "has_font", lambda: False)
    assert system.apt_line(system.missing_for_pdf()) == (
        "sudo apt-get install -y --no-install-recommends libharfbuzz-subset0 fonts-dejavu-core"
    )


def test_a_library_is_found_by_the_name_that_the_loader_uses() -> None:
    assert system.can_open("libc.so.6")
    assert not system.can_open("libnowhere.so.0")


@pytest.mark.parametrize(("user", "sudo", "prefix"), [(0, 1, []), (1000, 0, ["sudo", "-n"]), (1000, 1, None)])
def test_apt_is_used_by_root_and_by_sudo_without_password(
    monkeypatch: pytest.MonkeyPatch, user: int, sudo: int, prefix: list[str] | None
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(system, "run_quietly", lambda _: subprocess.CompletedProcess([], sudo))
    assert system.apt_prefix() == prefix


def test_pdf_libraries_that_may_not_be_installed_are_a_notice_not_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "apt_prefix", lambda: None)
    monkeypatch.setattr(system, "missing_for_pdf", lambda: ["libpango-1.0-0"])
    up.prepare_pdf()
    assert capsys.readouterr().out.endswith(
        "sudo apt-get install -y --no-install-recommends libpango-1.0-0\n"
    )
