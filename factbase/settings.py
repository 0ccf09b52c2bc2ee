"""Every setting, read from the environment; no variable is needed to start.

| variable | meaning | default |
|---|---|---|
| DEMO | 1: begin with the demo; 0: begin with an empty base | 1, in production 0 |
| FACTBASE_DATA | folder for database, secret key, static files | data/demo or data/base |
| PORT | where it listens on this machine | 8000 |
| DATABASE_URL | `postgresql://…` switches from SQLite | SQLite in the data folder |
| DATABASE_OWNER_URL | owner of the tables, for migrations only | DATABASE_URL |
| PUBLIC_URL | https address; turns on the production profile | none |
| SECRET_KEY | overrides the key made in the data folder | none |
| REVIEW_APPROVALS | how many others approve a statement, at least 1 | 1 |
| EMAIL_URL | mail server, for links to those who forgot a password | no mail |
| EMAIL_FROM | the sender of that mail | factbase@ the public host |
| REQUIRE_TOTP | roles that must give a code at sign-in, such as `chief,admin` | none |
| CONTACT_EMAIL | whom readers write to, on the page about this base | none |
| DATA_LICENCE | name of the licence of what the base records | All rights reserved |
| DATA_LICENCE_URL | its address | none |
| API_RATE | questions an anonymous address may ask the API | 600/min |
| FACTBASE_DEBUG | Django's debug pages, never in production | off |
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

from corsheaders.defaults import default_headers
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
PUBLIC_URL = env.str("PUBLIC_URL", "").rstrip("/")
if PUBLIC_URL and not PUBLIC_URL.startswith("https://"):
    _message = "PUBLIC_URL must begin with https://"
    raise ImproperlyConfigured(_message)
IS_PRODUCTION = bool(PUBLIC_URL)
DEBUG = env.bool("FACTBASE_DEBUG", False)
DEMO = env.bool("DEMO", not IS_PRODUCTION)
DATA_DIR = Path(
    env.str("FACTBASE_DATA", "") or BASE_DIR / "data" / ("demo" if DEMO else "base")
).resolve()
PORT = env.int("PORT", 8000)


def secret_key(path: Path) -> str:
    """Return the key in a file that only its owner reads, made on first use.

    Raises:
        ImproperlyConfigured: when the data folder cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text("utf-8")
    except OSError as refusal:
        message = f"The data folder {path.parent} cannot be used: {refusal.strerror}."
        raise ImproperlyConfigured(message) from refusal
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text("utf-8")


SECRET_KEY = env.str("SECRET_KEY", "") or secret_key(DATA_DIR / "secret_key")

# Where it answers
SITE_URL = PUBLIC_URL or f"http://127.0.0.1:{PORT}"
_public_host = urlsplit(PUBLIC_URL).hostname or ""
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *filter(None, [_public_host])]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
ROOT_URLCONF = "factbase.urls"
WSGI_APPLICATION = "factbase.wsgi.application"

INSTALLED_APPS = [
    "factbase.apps.FactbaseConfig",
    "claims.apps.ClaimsConfig",
    "sources.apps.SourcesConfig",
    "factbase.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "factbase.api.validators.for_caches",
    "factbase.middleware.refuse_what_no_database_keeps",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "factbase.middleware.mask_withheld_names",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "factbase.middleware.RoutePolicyMiddleware",
    "factbase.api.validators.EntityTags",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Widgets of ours have their templates beside the pages.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data
#: Seconds that a connection serves one request after the other: opening SQLite's takes
#: five milliseconds, most of what a short answer takes.
KEPT_OPEN = 60
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "factbase.sqlite3",
    "CONN_MAX_AGE": KEPT_OPEN,
    "OPTIONS": {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        # FULL, because NORMAL loses acknowledged writes in a power cut;
        # recursive triggers, because REPLACE INTO passes delete triggers otherwise.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;"
        ),
    },
}
_migrates = len(sys.argv) > 1 and sys.argv[1] in {"migrate", "quickstart"}
_owns = _migrates and env.str("DATABASE_OWNER_URL", "")
_variable = "DATABASE_OWNER_URL" if _owns else "DATABASE_URL"
_url = env.str(_variable, "")
DATABASES = {"default": SQLITE}
if _owns and not env.str("DATABASE_URL", ""):
    _message = "DATABASE_OWNER_URL needs DATABASE_URL beside it: what would serve?"
    raise ImproperlyConfigured(_message)
if _url:
    if not _url.startswith(("postgres://", "postgresql://")):
        _message = f"{_variable} must begin with postgresql://"
        raise ImproperlyConfigured(_message)
    _database = env.dj_db_url(_variable, conn_max_age=KEPT_OPEN)
    if not _database.get("NAME"):
        _message = f"{_variable} names no database: postgresql://user@host/NAME"
        raise ImproperlyConfigured(_message)
    DATABASES["default"] = {
        **_database,
        "CONN_HEALTH_CHECKS": True,
        # An unreachable server is reported, not waited for.
        "OPTIONS": {"connect_timeout": 5},
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
_validators = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_validators}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_validators}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_validators}.CommonPasswordValidator"},
    {"NAME": f"{_validators}.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "home"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "factbase.accounts.locks.answer"
AXES_CLIENT_IP_CALLABLE = "factbase.accounts.locks.client_address"
AXES_SENSITIVE_PARAMETERS = [  # what it neither prints nor keeps
    *("username", "ip_address", "csrfmiddlewaretoken", "code", "email"),
    *("old_password", "new_password1", "new_password2"),
]
AXES_DISABLE_ACCESS_LOG = True  # who signed in from where is kept nowhere
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "Factbase"
REQUIRE_TOTP: list[str] = env.list("REQUIRE_TOTP", [])
_roles = {"contributor", "reviewer", "editor", "chief", "admin"}
if not set(REQUIRE_TOTP) <= _roles:
    _message = f"REQUIRE_TOTP names roles out of {', '.join(sorted(_roles))}"
    raise ImproperlyConfigured(_message)
PASSWORD_RESET_TIMEOUT = 24 * 3600
REVIEW_APPROVALS = max(1, env.int("REVIEW_APPROVALS", 1))
CONTACT_EMAIL = env.str("CONTACT_EMAIL", "")
DATA_LICENCE = env.str("DATA_LICENCE", "") or _("All rights reserved")
DATA_LICENCE_URL = env.str("DATA_LICENCE_URL", "")

# Mail, which nothing but a forgotten password needs
CAN_MAIL = bool(env.str("EMAIL_URL", ""))
if CAN_MAIL:
    _mail = env.dj_email_url("EMAIL_URL")
    if "EMAIL_BACKEND" not in _mail:
        _message = "EMAIL_URL must begin with submission:// or smtp://"
        raise ImproperlyConfigured(_message)
    globals().update(_mail)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", f"factbase@{_public_host or 'localhost'}")

# Languages
LANGUAGE_CODE = "en"
LANGUAGES = [("ar", _("Arabic")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "factbase" / "locale"]
FORMAT_MODULE_PATH = ["factbase.formats"]
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "UTC"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

# Static files
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# What a browser may do with our pages
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "factbase.errors.csrf_failure"
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"/(api|annotations)/|/articles/[^/]+/annotations/|.*\.jsonld"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = [*default_headers, "if-none-match"]
CORS_EXPOSE_HEADERS = ["ETag", "Link", "Retry-After", "Content-Disposition"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True

# API for readers
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication"
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["factbase.api.rendering.ExactJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "factbase.api.schema.Schema",
    "DEFAULT_PAGINATION_CLASS": "factbase.api.paging.KeysetPagination",
    "EXCEPTION_HANDLER": "factbase.api.problems.handle",
    "DEFAULT_THROTTLE_CLASSES": ["factbase.api.throttling.ReaderThrottle"],
    # In production the one proxy in front says who asks; elsewhere nobody's word counts.
    "NUM_PROXIES": int(IS_PRODUCTION),
    "COERCE_DECIMAL_TO_STRING": False,
    "URL_FORMAT_OVERRIDE": None,
}
API_RATE: str | None = env.str("API_RATE", "600/min")
if not re.fullmatch(r"[1-9]\d*/(s|m|h|d|sec|min|hour|day)", API_RATE or ""):
    _message = "API_RATE is a number by a time, such as 600/min"
    raise ImproperlyConfigured(_message)
SPECTACULAR_SETTINGS = {
    "AUTHENTICATION_WHITELIST": [],  # readers need no account
    "TITLE": "Factbase",
    "DESCRIPTION": "Who said what number, where and when; and what was taken back since.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "factbase.api.schema.add_forms",
        "factbase.api.schema.add_problems",
        "factbase.api.examples.add_examples",
    ],
    "ENUM_NAME_OVERRIDES": {
        "SourceKind": "sources.models.SourceKind",
        "SpeakerKind": "sources.models.SpeakerKind",
        "DerivationKind": "sources.models.DerivationKind",
        "QuoteKind": "claims.models.QuoteKind",
        "WithdrawalKind": "claims.models.WithdrawalKind",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "factbase.logs.UnnamingFormatter",
            "format": "{levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
