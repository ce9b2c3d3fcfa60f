"""Django's settings, all from :mod:`zuji.config.environment`; nothing here is to be edited on a machine."""

import os
import secrets
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from zuji.config import environment
from zuji.config.logs import logging_settings

VALUES = environment.read(os.environ)
PACKAGE = Path(__file__).resolve().parents[1]
DATA = VALUES.data
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)  # the database and the key are nobody else's
(DATA / "static").mkdir(exist_ok=True)


def _secret_key() -> str:
    """The key given, or the one that the first start made for this folder; readable by its owner alone."""
    if VALUES.secret_key:
        return VALUES.secret_key
    kept = DATA / "secret-key"
    try:
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return kept.read_text(encoding="ascii").strip()


def _database() -> dict[str, Any]:
    chosen = VALUES.database
    if chosen is not None and chosen.engine == "postgresql":
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": chosen.name,
            "USER": chosen.user,
            "PASSWORD": chosen.password,
            "HOST": chosen.host,
            "PORT": chosen.port,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": chosen.name if chosen is not None else DATA / "zuji.sqlite3",
        "OPTIONS": {
            # A write takes its lock at once: two writers wait for each other and the audit chain cannot fork.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = list(VALUES.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(VALUES.trusted_origins)
_PLAIN_ORIGINS = [origin for origin in VALUES.trusted_origins if "*" not in origin]
ADDRESS = (VALUES.address or (*_PLAIN_ORIGINS, "http://127.0.0.1:8000")[0]).rstrip("/")
VERSION = version("zuji")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "zuji.registry.audit",
    "zuji.registry.jobs",
    "zuji.registry.replies",
    "zuji.registry.accounts",
    "zuji.registry.factors",
    "zuji.registry.evidence",
    "zuji.registry.inventory",
    "zuji.registry.governance",
    "zuji.registry.national",
    "zuji.registry.products",
    "zuji.registry.electricity",
    "zuji.registry.footprints",
    "zuji.registry.averages",
    "zuji.registry.republication",
    "zuji.web",
]

MIDDLEWARE = [
    "zuji.web.requests.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "zuji.web.middleware.GuardedAnswers",
    "zuji.web.middleware.NoNulls",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zuji.web.middleware.PrivatePages",
    "zuji.web.middleware.Refusals",
]

ROOT_URLCONF = "zuji.config.urls"
WSGI_APPLICATION = "zuji.config.wsgi.application"
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zuji.web.context.site",
            ],
            "builtins": ["django.templatetags.static", "zuji.web.templatetags.zuji"],
        },
    }
]

# Accounts -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the address is unique whatever its case: a constraint on Lower(email)
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "zuji.web.pages.account.adapter.AccountAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {"register": "30/h/ip,5/h/key", "letter": "60/h/ip,30/h/key"}  # besides allauth's own, for sign-in and passwords
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if VALUES.https else 0  # the proxy names the caller, by whom attempts are counted
MFA_ADAPTER = "zuji.web.pages.account.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Zuji 足迹"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
# In the database, so that attempts and used codes are counted for all processes together.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "zuji_cache"},
    # What a process may forget and nobody else has to know: totals of saved answers while somebody types, requests counted.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}},
}

# Letters --------------------------------------------------------------------------------------------------------------
if VALUES.mail is None:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"
    EMAIL_FILE_PATH.mkdir(mode=0o700, exist_ok=True)  # links in letters open accounts
else:
    EMAIL_HOST, EMAIL_PORT = VALUES.mail.host, VALUES.mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = VALUES.mail.user, VALUES.mail.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = VALUES.mail.tls == "always", VALUES.mail.tls == "starttls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = VALUES.mail_from

# Languages: Chinese at the root, English under /en/, so that a link always shows what its sender saw. -----------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = VALUES.time_zone
USE_THOUSAND_SEPARATOR = False

# Static files ---------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static", ("vendor", PACKAGE / "assets" / "vendor")]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# Security -------------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = VALUES.https
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000 if VALUES.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if VALUES.https else None
SESSION_COOKIE_NAME = "zuji_session"
SESSION_COOKIE_SECURE = VALUES.https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = VALUES.session_hours * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "zuji_csrf"
CSRF_COOKIE_SECURE = VALUES.https
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "zuji.web.pages.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20

# Files that people hand in -------------------------------------------------------------------------------------------
FILES = DATA / "files"
BACKGROUND = DATA / "background"  # solved databases, a folder each under its hash
FILE_UPLOAD_TEMP_DIR = FILES / "incoming"  # a server that is killed leaves no trade secret in a folder of everybody's
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
FILE_UPLOAD_HANDLERS = ["zuji.web.uploads.Limited"]
DATA_UPLOAD_MAX_NUMBER_FILES = 20

LOGGING = logging_settings(VALUES.log_level, VALUES.log_format)
