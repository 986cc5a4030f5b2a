"""Latency and cache figures of this process: one place, read as JSON and as Prometheus text."""

from collections import deque
from collections.abc import Iterator
from threading import Lock

import numpy as np
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from simulator.grid.memory import MEMORY

RECENT = 1000


class Metrics:
    """The latest request latencies, and counts since the process began."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._recent_ms: deque[float] = deque(maxlen=RECENT)
        self.requests = self.hits = self.misses = self.cache_failures = 0

    def request(self, milliseconds: float) -> None:
        """Note one answered request."""
        with self._lock:
            self.requests += 1
            self._recent_ms.append(milliseconds)

    def answer(self, *, from_cache: bool) -> None:
        """Note one answer, from the cache or computed."""
        with self._lock:
            self.hits += from_cache
            self.misses += not from_cache

    def cache_failed(self) -> None:
        """Note that the cache could not be used, or held what is not the site's."""
        with self._lock:
            self.cache_failures += 1

    def read(self) -> dict[str, float | int | None]:
        """Return all figures; latencies are None before the first request. Units: milliseconds."""
        with self._lock:
            recent = np.array(self._recent_ms)
            counts = {"cache_hits": self.hits, "cache_misses": self.misses, "requests": self.requests}
        p50, p95 = (float(q) for q in np.quantile(recent, [0.5, 0.95])) if len(recent) else (None, None)
        average = float(recent.mean()) if len(recent) else None
        return {"avg_ms": average, "p50_ms": p50, "p95_ms": p95, **counts, "window": len(recent)}

    def collect(self) -> Iterator[Metric]:
        """Yield the figures as Prometheus metrics."""
        figures = self.read()
        latency = GaugeMetricFamily(
            "lvtwin_request_latency_seconds", "Latency of the latest requests", labels=["quantile"]
        )
        for quantile, key in (("0.5", "p50_ms"), ("0.95", "p95_ms")):
            latency.add_metric([quantile], (figures[key] or 0) / 1000)
        yield latency
        yield CounterMetricFamily("lvtwin_requests", "Requests answered", value=figures["requests"])
        cache = CounterMetricFamily("lvtwin_cache", "Answers by where they came from", labels=["result"])
        cache.add_metric(["hit"], figures["cache_hits"] or 0)
        cache.add_metric(["miss"], figures["cache_misses"] or 0)
        yield cache
        memory = GaugeMetricFamily("lvtwin_memory_bytes", "Kept in memory to be fast", labels=["part"])
        for part, held_bytes in sorted(MEMORY.held().items()):
            memory.add_metric([part], held_bytes)
        yield memory
        words = "Times that the cache could not be used, or held what is not the site's"
        yield CounterMetricFamily("lvtwin_cache_failures", words, value=self.cache_failures)


METRICS = Metrics()
_registry = CollectorRegistry()
_registry.register(METRICS)


def prometheus_text() -> bytes:
    """Return the figures in Prometheus' text format."""
    return generate_latest(_registry)
