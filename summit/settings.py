"""Settings of the project, all from the environment (or a file `.env` beside manage.py).

The default is production: without DEBUG=1 it refuses to start unless SECRET_KEY and
ALLOWED_HOSTS are set. The README lists every variable.
"""

from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)

if not DEBUG:
    missing = [name for name in ("SECRET_KEY", "ALLOWED_HOSTS") if not env.str(name, default="")]
    if missing:
        raise ImproperlyConfigured(
            f"Set {' and '.join(missing)} in the environment to run in production, "
            "or DEBUG=1 to develop on this machine."
        )

SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-on-this-machine")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
HTTPS_ONLY = env.bool("HTTPS_ONLY", default=not DEBUG)

# The base of every absolute address: the Host header is never used for one.
PUBLIC_URL = env.str(
    "PUBLIC_URL",
    default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
    if HTTPS_ONLY
    else f"http://{ALLOWED_HOSTS[0].lstrip('.')}:{env.str('PORT', default='8000')}",
).rstrip("/")
# Where readers report an error in a quote.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default=f"editors@{urlsplit(PUBLIC_URL).hostname}")

INSTALLED_APPS = [
    "summit.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.forms",
    "axes",
    "csp",
    "django_filters",
    "simple_history",
    "taggit",
    "quotes",
    "quotes.search",
    "quotes.history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "summit.policy.PolicyMiddleware",
    "quotes.views.language.language_of_the_path",
    "summit.busy.BusyMiddleware",  # sessions, and what they write
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "summit.urls"
WSGI_APPLICATION = "summit.wsgi.application"

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
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Seconds that a request waits for somebody else's write before it is answered by a page that says
# so (summit/busy.py); manage.py gives commands longer.
LOCK_WAIT = env.int("LOCK_WAIT", default=2)
SYNCHRONOUS = env.str("SQLITE_SYNCHRONOUS", default="NORMAL", choices=["NORMAL", "FULL"])
# kB for a connection's page cache: 192 MB for all that gunicorn has (see gunicorn.conf.py).
CACHE_SIZE = 192 * 1024 // env.int("CONNECTIONS", default=3)

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={SYNCHRONOUS};"
        f" PRAGMA cache_size=-{CACHE_SIZE};",
        # A write transaction takes its lock at once and waits for it, instead of failing midway.
        "transaction_mode": "IMMEDIATE",
        "timeout": LOCK_WAIT,
    }
else:
    # Enough that the bitmap of a frequent word's rows stays exact: rows need no second look.
    DATABASES["default"]["OPTIONS"] = {
        "options": f"-c work_mem=64MB -c jit=off -c lock_timeout={1000 * LOCK_WAIT}"
    }
# Also on SQLite, whose page cache lives as long as the connection.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体"), ("zh-hant", "繁體"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

FIXTURE_DIRS = [BASE_DIR / "fixtures"]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else's pages need them
WHITENOISE_ROOT = BASE_DIR / "icons"  # what browsers ask for at the root: /favicon.ico and so on
MEDIA_URL = env.str("MEDIA_URL", default="/media/")
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "summit.static_files.MinifiedCompressedManifestStaticFilesStorage"
    },
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_REDIRECT_URL = "admin:index"  # where signing in leads if it should lead elsewhere
# What a form of two inlines with 300 rows each sends (quotes/admin/locked_rows.py), and some more.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000
SESSION_COOKIE_AGE = 12 * 3600  # from signing in: a working day
# Proxies, or networks of them, that are believed when they say where a request came from.
try:
    TRUSTED_PROXIES = [
        ip_network(proxy.strip())
        for proxy in env.list("TRUSTED_PROXIES", default=["127.0.0.1", "::1"])
    ]
except ValueError as error:
    raise ImproperlyConfigured(
        f"TRUSTED_PROXIES: {error}. Name each address or network: whom everybody can pretend to "
        "be is not to be trusted."
    ) from error
# Sign-in is locked for one name from one address: by the name alone, strangers could lock an
# editor out; by the address alone, one colleague could lock out the office. The database is what
# all processes share; axes removes its rows there as soon as they are older than the cool-off.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "summit.sign_in.client_address"
AXES_LOCKOUT_CALLABLE = "summit.sign_in.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # the desk has one log for everything, quotes/admin/log.py
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, *([MEDIA_URL] if "//" in MEDIA_URL else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
if HTTPS_ONLY:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Django's own handlers mail the admins and print only in DEBUG; one stream is enough.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "axes": {"level": "WARNING"},
    },
}
