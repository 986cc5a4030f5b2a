"""The settings: safe in production, and closed by default."""

import logging
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from lvtwin_site.logs import Overload

ROOT = Path(__file__).resolve().parents[2]


def manage(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py in an environment that holds nothing of the site's but `env`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        cwd="/", env=kept | env, text=True, capture_output=True, check=False,
    )  # fmt: skip


def test_production_passes_the_deployment_check() -> None:
    result = manage(
        "check", "--deploy", "--fail-level", "WARNING",
        LVTWIN_HTTPS="true", LVTWIN_SECRET_KEY=secrets.token_urlsafe(64), LVTWIN_ALLOWED_HOSTS="twin.example",
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize(
    ("name", "value", "accepts"),
    [
        (
            "LVTWIN_HTTPS",
            "true",
            "LVTWIN_SECRET_KEY is not set: with LVTWIN_HTTPS it must hold a long random",
        ),
        ("DATABASE_URL", "oracle://x", "DATABASE_URL must be sqlite:////<file> or postgres://"),
    ],
)
def test_a_wrong_environment_is_one_line(name: str, value: str, accepts: str) -> None:
    result = manage("check", **{name: value})
    assert result.returncode == 1
    assert result.stderr.startswith(f"Configuration: {accepts}")
    assert result.stderr.count("\n") == 1


@pytest.mark.django_db
def test_pages_may_load_nothing_inline_and_nothing_from_elsewhere(client: Client) -> None:
    policy = client.get("/admin/login/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"https?:", policy) == []


@pytest.mark.django_db
def test_other_sites_read_the_api_only_when_named(client: Client) -> None:
    asked = {"origin": "https://other.example"}
    assert "Access-Control-Allow-Origin" not in client.get("/api/feeders", headers=asked).headers
    with override_settings(CORS_ALLOWED_ORIGINS=["https://other.example"]):
        answer = client.get("/api/feeders", headers=asked)
        assert answer.headers["Access-Control-Allow-Origin"] == "https://other.example"
        assert "Access-Control-Allow-Origin" not in client.get("/admin/login/", headers=asked).headers


def test_a_request_for_another_host_is_refused_and_is_no_error(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert {record.levelno for record in caplog.records} == {logging.WARNING}


def test_an_overloaded_site_does_not_flood_its_log() -> None:
    overload = Overload()
    records = [logging.makeLogRecord({"levelno": logging.ERROR, "status_code": 503}) for _ in range(100)]
    assert [overload.filter(record) for record in records] == [True] + 99 * [False]
    assert records[0].levelno == logging.WARNING
    assert overload.filter(logging.makeLogRecord({"levelno": logging.ERROR, "status_code": 500}))


@pytest.mark.django_db
@override_settings(SECURE_SSL_REDIRECT=True)
def test_health_checks_are_answered_behind_the_proxy(client: Client) -> None:
    assert client.get("/").headers["Location"].startswith("https://")
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_the_models_have_their_migrations() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
