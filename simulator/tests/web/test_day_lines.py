"""The list of feeders: each day is solved once for what a feeder is, and a long list has pages."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client

from simulator.grid.changes import with_lower_taps
from simulator.models import DayStatusRecord, FeederRecord
from simulator.models.day_statuses import MAX_QUESTIONS
from simulator.tests.web.conftest import Fetch, read_json
from simulator.web.pages.day_lines import DayLines
from simulator.web.pages.list_forms import usual_list
from simulator.web.work.answers import Answers
from simulator.web.work.askers import ANYBODY
from simulator.web.work.executor import EXECUTOR
from simulator.web.work.job import Job
from simulator.web.work.pool import UnfinishedError

pytestmark = [pytest.mark.usefixtures("empty_cache"), pytest.mark.database]


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The feeders whose day is solved, in order."""
    names: list[str] = []
    compute: Any = EXECUTOR._compute

    def noted(asked: Any, job: Any) -> Any:
        names.append(asked.question.feeder.feeder_id)
        return compute(asked, job)

    monkeypatch.setattr(EXECUTOR, "_compute", noted)
    return names


def _look(client: Client, query: str = "") -> Any:
    """Return the list as JSON, with nothing in the cache."""
    cache.clear()
    return read_json(client.get(f"/feeders.json{query}"))


def test_a_day_that_was_solved_is_not_solved_again_for_a_list(client: Client, solved: list[str]) -> None:
    first = _look(client)
    assert sorted(solved) == sorted(row["feeder_id"] for row in first)
    solved.clear()
    assert _look(client) == first
    page = client.get("/")
    assert solved == []
    assert page.headers["X-LVTwin-Cache"] == "hit"
    assert page.content.count(b"<svg") >= len(first)


def test_another_network_another_profile_or_another_question_is_solved_anew(
    client: Client, solved: list[str]
) -> None:
    before = _look(client)
    solved.clear()
    record = FeederRecord.objects.get(feeder_id="feeder_05")
    record.change_network(with_lower_taps(record.feeder))
    after = _look(client)
    assert solved == ["feeder_05"]
    assert [one == other for one, other in zip(before, after, strict=True)].count(False) == 1
    solved.clear()
    assert _look(client, "?pv_adoption=0.9") != after
    assert len(solved) == len(after)
    assert _look(client) == after


def test_a_day_that_was_kept_with_other_fields_is_solved_anew(
    client: Client, solved: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _look(client)
    DayStatusRecord.objects.update(listed={"of": "an older release"})
    monkeypatch.setattr("simulator.web.pages.day_lines.FORM", ("name", "a field of a later release"))
    solved.clear()
    assert _look(client) == before
    assert len(solved) == len(before)


def test_a_name_that_is_changed_shows_at_once_and_solves_nothing(
    client: Client, read: Fetch, solved: list[str]
) -> None:
    _look(client)
    solved.clear()
    FeederRecord.objects.filter(feeder_id="feeder_05").update(name="Elm Road")
    assert "Elm Road" in read("/").text
    assert solved == []


def test_the_latest_questions_are_kept_and_always_the_usual_one(client: Client) -> None:
    _look(client)
    for percent in range(MAX_QUESTIONS + 3):
        _look(client, f"?pv_adoption=0.{percent + 10}")
    assert DayStatusRecord.objects.values("question").distinct().count() == MAX_QUESTIONS + 1
    feeders = FeederRecord.objects.count()
    assert DayStatusRecord.objects.count() == (MAX_QUESTIONS + 1) * feeders
    FeederRecord.objects.get(feeder_id="feeder_05").delete()
    assert DayStatusRecord.objects.count() == (MAX_QUESTIONS + 1) * (feeders - 1)


def test_what_is_not_known_in_time_is_computed_aside_and_the_page_says_how_far_it_is(
    client: Client, read: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Job] = []

    def aside(key: str, compute: Any, asker: Any, patience_s: float | None) -> None:
        begun.append(Job(key, compute, asker, None))
        raise UnfinishedError(begun[-1])

    monkeypatch.setattr("simulator.web.pages.feeders_view.PATIENCE_S", 0.1)
    monkeypatch.setattr("simulator.web.pages.day_lines.AT_ONCE_S", 0.0)
    monkeypatch.setattr("simulator.web.pages.day_lines.connection.close", lambda: None)  # it is this thread's
    monkeypatch.setattr(EXECUTOR, "aside", aside)
    assert "The answer appears here by itself" in read("/", status=202).text
    begun[0].waiting = 1
    begun[0].run()()
    assert begun[0].future.exception() is None
    assert "within limits all day" in read("/").status


def test_where_nothing_can_be_written_a_list_is_shown_all_the_same(
    read: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise DatabaseError("attempt to write a readonly database")

    monkeypatch.setattr(DayStatusRecord.objects, "keep", fail)
    assert "within limits all day" in read("/").status
    assert DayStatusRecord.objects.count() == 0


def test_a_long_list_is_turned_page_by_page_and_files_have_all(
    client: Client, read: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.web.pages.feeders_view.CARDS", 5)
    count = len(_look(client))
    first, last = read("/?sort=violated&order=desc"), read("/?sort=violated&order=desc&page=4")
    assert first.status == last.status
    assert f"Feeders 1 to 5 of {count}" in first.text
    assert f"Feeders 16 to {count} of {count}" in last.text
    assert "Page after (2 of 4)" in first.text
    assert "Page before (3 of 4)" in last.text
    assert client.get("/feeders.csv").content.count(b"\nfeeder_") + 4 == count  # and the gallery's four
    assert "Page: the list has 4; enter a number up to that." in read("/?page=5", status=422).alerts


@pytest.mark.usefixtures("feeders")
def test_a_line_from_the_database_is_the_line_that_was_computed() -> None:
    records = FeederRecord.objects.all().listed()
    days = DayLines(Answers(ANYBODY), usual_list(), usual_list())
    one, other = days.of(records, None), days.of(records, None)
    for (feeder, day), (same, again) in zip(one.rows, other.rows, strict=True):
        assert feeder == same
        assert (day.tightest, day.violated_steps) == (again.tightest, again.violated_steps)
