"""Tokens of programs: made once, listed with their last use, withdrawn; a password is taken nowhere else."""

import hashlib
from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from simulator.models import AccessToken
from simulator.tests.web.conftest import read_json
from simulator.tests.web.html import Document
from simulator.tests.web.people import bring, person, street

pytestmark = pytest.mark.database


@pytest.fixture
def ann(feeders: None) -> Client:
    return person("ann")


def make(client: Client, name: str = "meter") -> tuple[Any, str]:
    """Make a token on the page; return the answer and what it shows."""
    answer = client.post("/account/", {"name": name})
    shown = [
        e.text for e in Document(answer.content.decode()).tree.iter("code") if e.get("class") == "secret"
    ]
    return answer, (shown[0] or "") if shown else ""


def ask(secret: str, address: str = "/api/feeders", scheme: str = "Bearer") -> Any:
    return Client().get(address, headers={"Authorization": f"{scheme} {secret}"})


def test_a_token_is_shown_once_and_only_its_hash_is_kept(ann: Client) -> None:
    answer, secret = make(ann)
    assert answer.status_code == 200
    assert len(secret) == 4 + 43  # lvt_ and 256 bits in base 64
    row = AccessToken.objects.values().get()
    assert row["digest"] == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(row)
    again = ann.get("/account/").content.decode()
    assert secret not in again
    assert secret[:8] in again


def test_a_program_is_who_made_its_token_until_it_is_withdrawn(ann: Client) -> None:
    bring(ann, street())
    _, secret = make(ann)
    assert "never" in Document(ann.get("/account/").content.decode()).text
    for scheme in ("Bearer", "bearer"):
        assert "street" in ask(secret, scheme=scheme).json()["feeders"]
    assert ask(secret, "/feeders/street/").status_code == 404  # a token opens the API alone
    used = AccessToken.objects.get().last_used
    assert used is not None
    assert timezone.now() - used < timedelta(minutes=1)
    assert f"{used:%Y-%m-%d %H:%M}" in ann.get("/account/").content.decode()
    address = f"/account/tokens/{AccessToken.objects.get().pk}/withdraw/"
    assert person("bob").post(address).status_code == 404
    assert ann.get(address).status_code == 200
    assert ask(secret).status_code == 200
    assert ann.post(address).headers["Location"] == "/account/"
    assert ask(secret).status_code == 401


def test_who_is_shut_out_is_shut_out_with_all_tokens(ann: Client) -> None:
    _, secret = make(ann)
    User.objects.update(is_active=False)
    assert ask(secret).status_code == 401


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Basic " + b64encode(b"ann:a right password").decode(), "Names and passwords are not taken here."),
        ("Basic", "Names and passwords are not taken here."),
        ("Digest x", "Names and passwords are not taken here."),
        ("Bearer", "Nobody has this token"),
        ("Bearer lvt_wrong", "Nobody has this token"),
        ("Bearer \u00fc\ufffd", "Nobody has this token"),
        ("Bearer " + "A" * 5_000, "Nobody has this token"),
    ],
)
def test_whatever_else_says_who_asks_is_told_to_use_a_token_on_every_route(
    client: Client, said: str, words: str
) -> None:
    User.objects.create_user("ann", password="a right password")  # noqa: S106 - of nobody
    asked = {"headers": {"Authorization": said}}
    body = {"feeder_id": "feeder_00", "steps": [48]}
    for answer in (
        client.get("/api/feeders", **asked),  # type: ignore[arg-type]
        client.post("/api/sweep", body, "application/json", **asked),  # type: ignore[arg-type]
    ):
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
        message = read_json(answer)["error"]["message"]  # type: ignore[index]
        assert message.startswith(words)
        assert "Make a token on your account's page" in message


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Name: enter 1 to 60 characters."),
        ("n" * 61, "Name: enter 1 to 60 characters."),
        ("me\u202eter", "Name: leave out U+202E"),
        ("me\0ter", "Name: leave out U+0000"),
        ("there already", "You have a token named there already"),
    ],
)
def test_a_token_that_cannot_be_made_says_why(ann: Client, name: str, words: str) -> None:
    make(ann, "there already")
    answer, secret = make(ann, name)
    assert (answer.status_code, secret) == (422, "")
    assert words in Document(answer.content.decode()).text
    assert AccessToken.objects.count() == 1


def test_a_person_has_twenty_tokens_at_most(ann: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "at most 20 tokens" in Document(ann.get("/account/").content.decode()).text
    monkeypatch.setattr("simulator.models.tokens.MAX_TOKENS", 2)
    codes = [make(ann, f"meter {n}")[0].status_code for n in range(3)]
    assert codes == [200, 200, 422]
    assert AccessToken.objects.count() == 2


def test_strangers_are_led_to_the_login(client: Client) -> None:
    for address in ("/account/", "/account/tokens/1/withdraw/"):
        assert client.get(address).headers["Location"].startswith("/login/")


def test_the_description_tells_programs_of_the_token(client: Client) -> None:
    description = client.get("/api/openapi.json").json()
    scheme = description["components"]["securitySchemes"]["ByToken"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert {"ByToken": []} in description["paths"]["/api/feeders"]["post"]["security"]
    assert (
        {} in description["paths"]["/api/simulate"]["post"]["security"]
    )  # everybody may, with a token or not
    assert "basic" not in str(description).lower()
