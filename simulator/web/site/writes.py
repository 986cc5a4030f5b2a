"""Waiting for the database: others compute meanwhile."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from simulator.web.work.executor import EXECUTOR

_WAITS = ("BEGIN", "INSERT", "UPDATE", "DELETE")
_LOCKS = (" FOR UPDATE", " FOR NO KEY UPDATE")


def write_aside(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let a request wait for others' writes without its turn to compute, which others have."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with connection.execute_wrapper(_execute):
            return get_response(request)

    return middleware


def _execute(run: Callable[..., Any], sql: str, *rest: Any) -> Any:
    if not _may_wait(sql):
        return run(sql, *rest)
    with EXECUTOR.turn.aside():
        return run(sql, *rest)


def _may_wait(sql: str) -> bool:
    if connection.vendor == "sqlite" and connection.in_atomic_block:
        return False  # BEGIN IMMEDIATE has waited for all that follows
    return sql.lstrip().upper().startswith(_WAITS) or any(lock in sql for lock in _LOCKS)
