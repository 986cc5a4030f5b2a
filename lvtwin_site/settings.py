"""Settings, each from the environment; README.md lists them in a table."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from lvtwin_site.environment import (
    cache,
    database,
    flag,
    megabytes,
    names,
    origins,
    seconds,
    secret_key,
    text,
    tile_origins,
)

BASE_DIR = Path(__file__).resolve().parent.parent

# Who is served, and how safely. HTTPS is production: a browser reaches the site through a TLS proxy.
LVTWIN_HTTPS = flag("LVTWIN_HTTPS")
DEBUG = flag("LVTWIN_DEBUG")
# This machine's own names stay: a container's health check asks by them.
ALLOWED_HOSTS = [*names("LVTWIN_ALLOWED_HOSTS"), "localhost", "127.0.0.1", "[::1]"]
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LVTWIN_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # health checks ask behind the proxy, by plain HTTP
SECURE_HSTS_SECONDS = 31_536_000 if LVTWIN_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = LVTWIN_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if LVTWIN_HTTPS else None
X_FRAME_OPTIONS = "DENY"
SECRET_KEY = secret_key(BASE_DIR / "var" / "secret_key", production=LVTWIN_HTTPS)

INSTALLED_APPS = [
    "simulator.apps.SimulatorConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "corsheaders",
    "csp",
    "django_htmx",
    "ninja",  # its API pages come from static files here, not from a network
]

MIDDLEWARE = [
    "simulator.web.site.middleware.answer_head",
    "simulator.web.site.middleware.measure",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "simulator.web.site.middleware.take_turns",
    "simulator.web.site.middleware.refuse_unreadable",
    "simulator.web.site.writes.write_aside",
    "simulator.web.site.middleware.refuse_large_bodies",
    "simulator.web.people.privacy.keep_private",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "simulator.web.people.tokens.know_by_token",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simulator.web.site.middleware.shape_refused_methods",
    "simulator.web.site.refusals.Refusals",
    "axes.middleware.AxesMiddleware",
    "simulator.web.feeders.unusable.TellUnusable",
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

DATABASES = {"default": database(BASE_DIR / "var" / "lvtwin.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": cache()}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
PASSWORD_HASHERS = ["simulator.web.people.hashing.HasherAside"]

# Wrong passwords are counted by name and address; the figures stand in `simulator.web.people.sign_ins`.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_HANDLER = "simulator.web.people.sign_ins.SignIns"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # what a right password forgives
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # it would grow for ever
AXES_CLIENT_IP_CALLABLE = "simulator.web.people.visitors.address_of"
AXES_LOCKOUT_CALLABLE = "simulator.web.people.accounts.locked_out"

CSRF_FAILURE_VIEW = "simulator.web.site.errors.not_from_here"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "mine"
LOGOUT_REDIRECT_URL = "feeders"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True  # no collectstatic: files are served from where they are

# Nothing but the site's own files, and never inline; tiles only from the server that the operator names.
LVTWIN_TILE_URL = text("LVTWIN_TILE_URL")
# A public tile server wants to know which site asks.
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin" if LVTWIN_TILE_URL else "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *tile_origins(LVTWIN_TILE_URL)],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# Other sites' pages may read the API only when their origins are named.
CORS_ALLOWED_ORIGINS = origins("LVTWIN_CORS_ORIGINS")
CORS_URLS_REGEX = r"^/api/"

# What one question may cost in seconds of processor, for anybody and for people with an account.
LVTWIN_MEMORY_MB = megabytes("LVTWIN_MEMORY_MB", 512)
LVTWIN_MOST_S = seconds("LVTWIN_MOST_S", 10)
LVTWIN_MOST_S_SIGNED_IN = seconds("LVTWIN_MOST_S_SIGNED_IN", 120)

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
LVTWIN_UPLOAD_MAX_SIZE = 5_100_000  # a file of 5 MB and what surrounds it, where files are taken

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {
        "client_fault": {"()": "lvtwin_site.logs.ClientFault"},
        "overload": {"()": "lvtwin_site.logs.Overload"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "simulator": {"level": "INFO"},
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"filters": ["overload"]},
        "waitress.queue": {"level": "ERROR"},  # that requests wait for a moment is no news
        **{
            f"django.security.{name}": {"filters": ["client_fault"]}
            for name in ("DisallowedHost", "RequestDataTooBig", "TooManyFieldsSent", "SuspiciousOperation")
        },
    },
}
