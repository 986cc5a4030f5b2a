"""What the routes about the service itself give."""

from ninja import Schema


class FeedersOut(Schema):
    """The published feeders."""

    feeders: list[str]


class MetricsOut(Schema):
    """Recent request latency in milliseconds, and cache figures; latencies null before the first request."""

    avg_ms: float | None
    p50_ms: float | None
    p95_ms: float | None
    requests: int
    window: int
    cache_hits: int
    cache_misses: int
