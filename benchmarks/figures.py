"""Measured latencies as a table: what was measured, against what was promised."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np


@dataclass(frozen=True)
class Row:
    """One line: latencies in ms; ``target_ms`` bounds the statistic that ``judged`` names; a remark."""

    what: str
    samples_ms: Sequence[float]
    target_ms: float | None = None
    judged: Literal["median", "p95"] = "median"
    remark: str = ""

    @property
    def median_ms(self) -> float:
        """The median latency."""
        return float(np.median(self.samples_ms))

    @property
    def p95_ms(self) -> float:
        """The latency that 95 % stay within."""
        return float(np.quantile(self.samples_ms, 0.95))

    @property
    def verdict(self) -> str:
        """Whether the target is met, in words."""
        if self.target_ms is None:
            return ""
        measured = self.median_ms if self.judged == "median" else self.p95_ms
        return "met" if measured <= self.target_ms else f"MISSED by {measured - self.target_ms:.0f} ms"

    @property
    def target(self) -> str:
        """The target in words."""
        return "" if self.target_ms is None else f"{self.judged} {self.target_ms:g}"


def stopwatch(act: Callable[[], object]) -> float:
    """Return how long an act takes, in ms."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def render_rows(rows: Sequence[Row]) -> str:
    """Return the rows as an aligned table."""
    table = [("", "runs", "median ms", "p95 ms", "target", "verdict", "")]
    for row in rows:
        numbers = (str(len(row.samples_ms)), f"{row.median_ms:.1f}", f"{row.p95_ms:.1f}")
        table.append((row.what, *numbers, row.target, row.verdict, row.remark))
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(_line(cells, widths) for cells in table)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    aligned = (
        cell.rjust(width) if 1 <= i <= 3 else cell.ljust(width)
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(aligned).rstrip()
