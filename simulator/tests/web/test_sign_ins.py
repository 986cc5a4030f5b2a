"""Wrong passwords are counted by name and address, and hashing one keeps nobody waiting."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher, PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.db.models import F
from django.test import Client, RequestFactory

from simulator.tests.web.conftest import Answer
from simulator.tests.web.html import Document
from simulator.tests.web.people import PASSWORD
from simulator.web.people.visitors import address_of
from simulator.web.work.executor import EXECUTOR

pytestmark = pytest.mark.database
LOGINS = ("/login/", "/admin/login/")


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Hash passwords quickly: what is slow on purpose would be slow here as well."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def ann(feeders: None, _quick_passwords: None) -> User:
    return User.objects.create_superuser("ann", password=PASSWORD)


def sign_in(name: str, password: str, address: str = "192.0.2.1", at: str = LOGINS[0]) -> Answer:
    return Client(REMOTE_ADDR=address).post(at, {"username": name, "password": password})


@pytest.mark.parametrize("login", LOGINS)
def test_after_five_wrong_passwords_not_even_the_right_one_is_looked_at(
    login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [sign_in("ann", "wrong", at=login).status_code for _ in range(60)]
    assert answers[4:] == [429] * 56
    assert 429 not in answers[:4]
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *_: 1 / 0)
    answer = sign_in("ann", PASSWORD, at=login)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    page = Document(answer.content.decode())
    assert "Too many wrong passwords. Try again in 15 minutes." in page.text
    assert page.links["All feeders"] == "/"


def test_other_people_and_other_addresses_are_not_kept_out() -> None:
    User.objects.create_user("bob", password=PASSWORD)
    for _ in range(5):
        sign_in("ann", "wrong")
    assert sign_in("bob", PASSWORD).status_code == 302
    assert sign_in("ann", PASSWORD, address="192.0.2.2").status_code == 302
    assert sign_in("ann", PASSWORD).status_code == 429


def test_a_right_password_forgives_four_wrong_ones_and_a_quarter_of_an_hour_forgives_all() -> None:
    for _ in range(4):
        sign_in("ann", "wrong")
    assert sign_in("ann", PASSWORD).status_code == 302
    assert not AccessAttempt.objects.exists()
    for _ in range(5):
        sign_in("ann", "wrong")
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=14))
    answer = sign_in("ann", PASSWORD)
    assert (answer.status_code, 0 < int(answer.headers["Retry-After"]) <= 60) == (429, True)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=1))
    assert sign_in("ann", PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("who", "most"),
    [
        (lambda n: (f"name{n}", "192.0.2.9"), 20),
        (lambda n: ("ann", f"192.0.2.{n + 10}"), 50),
        (lambda n: (f"name{n}", f"2001:db8::{n + 1:x}"), 20),
    ],
    ids=["one address, many names", "one name, many addresses", "one network of 64 bits"],
)
def test_changing_the_name_or_the_address_helps_nobody(
    who: Callable[[int], tuple[str, str]], most: int
) -> None:
    codes = [sign_in(name, "wrong", address).status_code for name, address in map(who, range(most + 1))]
    assert codes == [422] * (most - 1) + [429] * 2


def test_what_is_kept_of_wrong_passwords_is_bounded_and_holds_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.web.people.sign_ins.MAX_ROWS", 3)
    for n in range(8):
        sign_in(f"name{n}", "a secret mistake")
    assert AccessAttempt.objects.count() <= 4
    assert not [row for row in AccessAttempt.objects.values() if "a secret mistake" in str(row)]


def test_others_compute_while_a_password_is_hashed(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = ["simulator.web.people.hashing.HasherAside"]
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 10)
    encode, computed = PBKDF2PasswordHasher.encode, []

    def slow(*args: Any) -> str:
        def compute() -> None:
            with EXECUTOR.turn.taken():
                computed.append(True)

        thread = Thread(target=compute)
        thread.start()
        thread.join(10)
        return encode(*args)

    User.objects.create_user("bob", password=PASSWORD)
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", slow)
    assert sign_in("bob", PASSWORD).status_code == 302
    assert computed


@pytest.mark.parametrize(
    ("headers", "https", "expected"),
    [
        ({"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "198.51.100.7"}, False, "192.0.2.1"),
        ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "1.1.1.1, 198.51.100.7"}, True, "198.51.100.7"),
        ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "nonsense"}, True, "10.0.0.1"),
        ({"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, False, "2001:db8:1:2::"),
        ({"REMOTE_ADDR": "::ffff:192.0.2.1"}, False, "192.0.2.1"),
        ({"REMOTE_ADDR": ""}, False, "0.0.0.0"),
    ],
)
def test_only_the_proxy_that_is_told_of_names_an_address(
    headers: dict[str, str], https: bool, expected: str, settings: Any
) -> None:
    settings.LVTWIN_HTTPS = https
    assert address_of(RequestFactory().get("/", **headers)) == expected  # type: ignore[arg-type]
