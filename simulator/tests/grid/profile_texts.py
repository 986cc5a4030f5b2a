"""Profile files as tests write them: days and years in many dialects."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

TIMES = [f"{step // 4:02d}:{step % 4 * 15:02d}" for step in range(96)]
DAY = [round(0.05 + 0.009 * step, 4) for step in range(96)]


def column(values: Sequence[float], decimal: str = ".") -> list[str]:
    """Return values as text."""
    return [str(value).replace(".", decimal) for value in values]


def stamps(first: date, minutes: int, count: int, form: str = "%Y-%m-%d %H:%M") -> list[str]:
    """Return times one after the other, as clocks without summer time show them."""
    start = datetime.combine(first, time(), UTC)
    return [(start + timedelta(minutes=minutes * step)).strftime(form) for step in range(count)]


def joined(*columns: Sequence[str], separator: str = ";", head: Sequence[str] = (), end: str = "\n") -> str:
    """Return columns as the text of a file, under a header if there is one."""
    rows = [*([tuple(head)] if head else []), *zip(*columns, strict=True)]
    return end.join(separator.join(row) for row in rows) + end
