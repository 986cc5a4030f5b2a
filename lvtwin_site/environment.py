"""Reads the environment for `settings`, and refuses a value that it would have to guess at.

Every function raises ImproperlyConfigured, naming the variable and what it accepts.
"""

import secrets
import warnings
from math import inf, nan
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

from lvtwin_site.bootstrap.key import MIN_LENGTH, is_strong

env = environ.Env()

POSTGRESQL = "django.db.backends.postgresql"
SQLITE = "django.db.backends.sqlite3"
LOCAL_MEMORY = "simulator.web.work.memory_cache.MemoryCache"
DJANGO_S_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
REDIS = "django.core.cache.backends.redis.RedisCache"

# Writers queue rather than fail half way, and readers never wait for them.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
REACHED_WITHIN_S = 3


def text(name: str) -> str:
    """Return a variable, or nothing: an empty one counts as absent, as compose files leave it."""
    return str(env.str(name, default="")).strip()


def names(name: str) -> list[str]:
    """Return a comma-separated list."""
    return [item.strip() for item in text(name).split(",") if item.strip()]


def flag(name: str) -> bool:
    """Return a switch, off when absent."""
    value = text(name).lower()
    if value not in ("", "true", "false", "1", "0"):
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value in ("true", "1")


def seconds(name: str, default: float) -> float:
    """Return a length of time above zero, in seconds."""
    return _above_zero(name, default, "seconds")


def megabytes(name: str, default: float) -> float:
    """Return a size above zero, in millions of bytes."""
    return _above_zero(name, default, "megabytes")


def _above_zero(name: str, default: float, unit: str) -> float:
    try:
        value = float(text(name) or default)
    except ValueError:
        value = nan
    if not 0 < value < inf:
        raise ImproperlyConfigured(f"{name} must be a number of {unit} above zero, not {text(name)!r}.")
    return value


def secret_key(file: Path, *, production: bool) -> str:
    """Return the signing key: from the environment, else `up`'s own file, else one for this process alone."""
    if key := text("LVTWIN_SECRET_KEY"):
        if not is_strong(key):
            raise ImproperlyConfigured(
                f"LVTWIN_SECRET_KEY can be guessed: it must hold at least {MIN_LENGTH} random characters."
            )
        return key
    if production:
        raise ImproperlyConfigured(
            "LVTWIN_SECRET_KEY is not set: with LVTWIN_HTTPS it must hold a long random string."
        )
    stored = file.read_text().strip() if file.exists() else ""
    return stored if is_strong(stored) else secrets.token_urlsafe(64)


def database(default: Path) -> dict[str, Any]:
    """Return DATABASES["default"]: what DATABASE_URL names, else SQLite in the file `default`."""
    wait_s = seconds("LVTWIN_DATABASE_WAIT_S", 20)
    sqlite = {"OPTIONS": SQLITE_OPTIONS | {"timeout": wait_s}}
    if not (url := text("DATABASE_URL")):
        return {"ENGINE": SQLITE, "NAME": default, **sqlite}
    config: dict[str, Any] = parsed(env.db_url_config, url)
    if config.get("NAME") and config["ENGINE"] == SQLITE:
        return config | sqlite
    if config.get("NAME") and config["ENGINE"] == POSTGRESQL:
        waits = {"connect_timeout": REACHED_WITHIN_S, "options": f"-c lock_timeout={wait_s * 1000:.0f}ms"}
        options = waits | config.get("OPTIONS", {})
        return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}
    raise ImproperlyConfigured(
        "DATABASE_URL must be sqlite:////<file> or postgres://<user>:<password>@<host>:<port>/<name>."
    )


def cache() -> dict[str, Any]:
    """Return CACHES["default"]: what CACHE_URL names, else this process's memory; 300 s an entry."""
    config: dict[str, Any] = parsed(env.cache_url_config, text("CACHE_URL") or "locmemcache://")
    shared = config | {"TIMEOUT": 300, "KEY_PREFIX": "lvtwin"}
    if config.get("BACKEND") == DJANGO_S_MEMORY:
        return shared | {"BACKEND": LOCAL_MEMORY}
    if config.get("BACKEND") == REDIS and not config["LOCATION"].endswith("//"):
        # A cache that is gone is done without, in half a second.
        waits = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "retry": Retry(NoBackoff(), 0)}
        return shared | {
            "OPTIONS": {**waits, "serializer": "simulator.web.work.signed_pickles.SignedPickles"}
        }
    raise ImproperlyConfigured("CACHE_URL must be locmemcache:// or redis://<host>:<port>/<number>.")


def parsed(parse: Any, url: str) -> dict[str, Any]:
    """Parse a URL; one that cannot be read gives nothing, which its reader refuses by name."""
    try:
        with warnings.catch_warnings(action="error"):
            return dict(parse(url))
    except (ValueError, Warning, ImproperlyConfigured):
        return {}


def origin(name: str, url: str) -> str:
    """Return the scheme and host of a web address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ImproperlyConfigured(f"{name} must start with http:// or https:// and a host, not {url!r}.")
    return f"{parts.scheme}://{parts.netloc}"


def tile_origins(url: str) -> list[str]:
    """Return where a browser may fetch map tiles: nowhere, or one server; `{s}` stands for its aliases."""
    return [origin("LVTWIN_TILE_URL", url).replace("{s}", "*")] if url else []


def origins(name: str) -> list[str]:
    """Return a comma-separated list of origins: a scheme and a host each, and nothing after it."""
    for item in (items := names(name)):
        if origin(name, item) != item:
            raise ImproperlyConfigured(f"{name} takes origins without a path, not {item!r}.")
    return items
