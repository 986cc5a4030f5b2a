"""Settings, each from the environment; README.md lists them in a table."""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
LVTWIN_DATA_DIR = BASE_DIR / "data"
env = environ.Env()

# Who is served, and how safely. HTTPS is production: a browser reaches the site through a TLS proxy.
LVTWIN_HTTPS = env.bool("LVTWIN_HTTPS", default=False)
DEBUG = env.bool("LVTWIN_DEBUG", default=False)
ALLOWED_HOSTS = env.list("LVTWIN_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LVTWIN_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # health checks ask behind the proxy, by plain HTTP
SECURE_HSTS_SECONDS = 31_536_000 if LVTWIN_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = LVTWIN_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if LVTWIN_HTTPS else None
X_FRAME_OPTIONS = "DENY"


def secret_key() -> str:
    """Return the signing key: from the environment, else `up`'s own file, else one for this process alone."""
    if named := env.str("LVTWIN_SECRET_KEY", default=""):
        return str(named)
    if LVTWIN_HTTPS:
        raise ImproperlyConfigured(
            "LVTWIN_SECRET_KEY is not set: LVTWIN_HTTPS needs 50 or more random characters."
        )
    file = BASE_DIR / "var" / "secret_key"
    return file.read_text().strip() if file.exists() else secrets.token_urlsafe(64)


SECRET_KEY = secret_key()

INSTALLED_APPS = [
    "simulator.apps.SimulatorConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "corsheaders",
    "csp",
    "django_htmx",
    "ninja",  # its API pages come from static files here, not from a network
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "lvtwin_site.urls"
WSGI_APPLICATION = "lvtwin_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def database() -> dict[str, Any]:
    """Return DATABASES["default"]: SQLite in var/, or what DATABASE_URL names."""
    config: dict[str, Any] = env.db_url("DATABASE_URL", default="sqlite:///")
    if not env.str("DATABASE_URL", default=""):
        config["NAME"] = BASE_DIR / "var" / "lvtwin.sqlite3"
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # Writers queue rather than fail half way, and readers never wait for them.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    elif config["ENGINE"] == "django.db.backends.postgresql":
        config |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    else:
        raise ImproperlyConfigured(
            "DATABASE_URL must be sqlite:///<file> or postgres://<user>:<password>@<host>:<port>/<name>."
        )
    return config


def cache() -> dict[str, Any]:
    """Return CACHES["default"]: this process's memory, or what CACHE_URL names; entries live five minutes."""
    config: dict[str, Any] = env.cache_url("CACHE_URL", default="locmemcache://lvtwin")
    config |= {"TIMEOUT": 300, "KEY_PREFIX": "lvtwin"}
    if config["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache":
        config["OPTIONS"] = {"MAX_ENTRIES": 1000}
    elif config["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
        config["OPTIONS"] = {"socket_connect_timeout": 2, "socket_timeout": 2} | config.get("OPTIONS", {})
    else:
        raise ImproperlyConfigured("CACHE_URL must be locmemcache:// or redis://<host>:<port>/<number>.")
    return config


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": cache()}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "admin:login"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True  # no collectstatic: files are served from where they are

# Nothing but the site's own files, and never inline; tiles only from the server that the operator names.
LVTWIN_TILE_URL = env.str("LVTWIN_TILE_URL", default="")
_tile = urlsplit(LVTWIN_TILE_URL)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *([f"{_tile.scheme}://{_tile.netloc}"] if LVTWIN_TILE_URL else [])],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# Other sites' pages may read the API only when their origins are named.
CORS_ALLOWED_ORIGINS = env.list("LVTWIN_CORS_ORIGINS", default=[])
CORS_URLS_REGEX = r"^/api/"

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"client_fault": {"()": "lvtwin_site.logs.ClientFault"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        **{
            f"django.security.{name}": {"filters": ["client_fault"]}
            for name in ("DisallowedHost", "RequestDataTooBig", "TooManyFieldsSent", "SuspiciousOperation")
        },
    },
}
