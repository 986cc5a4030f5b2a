"""Latency and cache figures: one source, read in two places."""

from typing import Any

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from simulator.tests.feeders import all_feeders
from simulator.tests.web.addresses import PAGES
from simulator.tests.web.conftest import read_json

pytestmark = pytest.mark.usefixtures("empty_cache")
RUN = PAGES["run"]
FEEDER = all_feeders()["feeder_00"]


def _figures(client: Client) -> Any:
    return read_json(client.get("/api/metrics"))


def _prometheus(client: Client) -> dict[tuple[str, ...], float]:
    text = client.get("/metrics").content.decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_hits_and_misses_are_counted_the_same_in_both_places(client: Client) -> None:
    before = _figures(client)
    for _ in range(3):
        client.get(f"{RUN}guidance/")  # which asks for three: snapshot, sweep of the day, and guidance
    after = _figures(client)
    assert after["cache_misses"] - before["cache_misses"] == 3
    assert after["cache_hits"] - before["cache_hits"] == 6
    metrics = _prometheus(client)
    assert metrics["lvtwin_cache_total", "hit"] == after["cache_hits"]
    assert metrics["lvtwin_cache_total", "miss"] == after["cache_misses"]


def test_a_request_is_counted_once_and_machines_that_look_after_the_site_are_not(client: Client) -> None:
    before = _figures(client)["requests"]
    client.get(RUN)
    client.get("/api/feeders")
    for address in ("/healthz", "/metrics", "/api/metrics", "/static/css/site.css", "/admin/login/"):
        client.get(address).close()
    assert _figures(client)["requests"] - before == 2
    assert _prometheus(client)["lvtwin_requests_total",] - before == 2


def test_latency_quantiles_are_in_order_and_the_same_in_both_places(client: Client) -> None:
    for _ in range(5):
        client.get(RUN)
    figures = _figures(client)
    assert 0 < figures["p50_ms"] <= figures["p95_ms"]
    assert figures["avg_ms"] > 0
    assert figures["window"] <= 1000
    metrics = _prometheus(client)
    assert metrics["lvtwin_request_latency_seconds", "0.5"] == pytest.approx(figures["p50_ms"] / 1000)
    assert metrics["lvtwin_request_latency_seconds", "0.95"] == pytest.approx(figures["p95_ms"] / 1000)


def test_metrics_are_prometheus_text(client: Client) -> None:
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    families = {f.name: f for f in text_string_to_metric_families(answer.content.decode())}
    assert set(families) == {
        "lvtwin_request_latency_seconds",
        "lvtwin_requests",
        "lvtwin_cache",
        "lvtwin_cache_failures",
        "lvtwin_memory_bytes",
    }
    assert {f.type for f in families.values()} == {"gauge", "counter"}
    assert all(f.documentation for f in families.values())


def test_health_is_told_while_the_database_answers(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok", "cache": "ok"})
