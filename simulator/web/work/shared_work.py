"""Long work done by one process for all that share the cache."""

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from simulator.web.work.answer_cache import NOTHING, Claim, is_shared, read, write
from simulator.web.work.job import Job

LOOK_S = 0.3  # how often to look for an answer that another process computes

T = TypeVar("T")


def do_once(key: str, job: Job, compute: Callable[[], T]) -> T:
    """Return an answer: the one that has just become known, another process's, or one computed now."""
    value: T = read(key)
    if value is not NOTHING:
        return value
    if not is_shared():
        return _compute(key, compute)
    claim = Claim(key)
    while not claim.take():
        claim.want()
        value = read(key)
        if value is not NOTHING:
            return value
        job.report(claim.share() or job.share)
        time.sleep(LOOK_S)
    try:
        value = read(key)  # the other process may have kept it just before its claim ended
        if value is not NOTHING:
            return value
        job.tend = partial(_tend, claim)
        return _compute(key, compute)
    finally:
        claim.release()


def _tend(claim: Claim, share: float) -> bool:
    """Renew a claim while its work goes on; tell whether other processes wait for it."""
    claim.renew(share)
    return claim.is_wanted()


def _compute(key: str, compute: Callable[[], T]) -> T:
    value = compute()
    write(key, value)
    return value
